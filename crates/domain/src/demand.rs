//! Days of cover as a value with its states: "not known" is a state of its own, never 0 and never a magic number.

use serde::{Deserialize, Serialize};

/// Why a measure can't be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum UnknownReason {
    /// Stock has never been read.
    NoStock,
    /// Orders have never been read.
    NoOrders,
    /// Fewer than three days with stock in the window.
    TooFewDaysInStock,
}

/// How long the stock lasts at the present velocity (formulas: available / velocity).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Cover {
    /// Tenths of a day: 63 is 6.3 days.
    Days {
        /// Tenths of a day.
        tenths: i64,
    },
    /// There is stock and nobody buys.
    Infinite,
    /// Nothing is left.
    OutOfStock,
    /// Can't be said.
    Unknown {
        /// Why.
        reason: UnknownReason,
    },
}

/// What cover means, as Ozon's cabinet words it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// Less than 28 days, the empty shelf included.
    Deficit,
    /// 28 days and more, less than 56.
    Popular,
    /// 56 to 120 days.
    Actual,
    /// More than 120 days.
    Surplus,
    /// Not one sale in the window of 28 days.
    NoSales,
}

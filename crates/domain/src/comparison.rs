//! Our numbers beside the marketplace's own, with the reason of each difference.

use crate::{Marketplace, ProductId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ComparedFigure {
    /// Pieces that the marketplace's own warehouses can sell.
    Available,
    /// Pieces that can be sold, at all warehouses.
    Stock,
    /// Average daily sales from them in 28 whole days, thousandths of a piece.
    Ads,
    /// Orders a day in 28 whole days, those that were cancelled later too, thousandths of a piece.
    OrdersADay,
    /// Days that this stock lasts at these sales, tenths of a day.
    DaysOfCover,
    /// Days that the average stock of the 28 days lasts at these orders, tenths of a day.
    Turnover,
    /// The marketplace's word for it.
    Grade,
    /// Our own days of cover, over all warehouses and the days with stock, beside the marketplace's; tenths of a day.
    OwnCover,
}

/// Why two figures differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DifferenceReason {
    /// We have not read what it takes.
    NotKnown,
    /// The marketplace does not tell it.
    NotTold,
    /// They are of different moments: something was sold, supplied or cancelled in between.
    OtherMoment,
    /// It follows from the stock that differs.
    FromStock,
    /// It follows from the sales that differ.
    FromSales,
    /// The marketplace names a state instead: it is still collecting, or waits for a supply.
    OtherState,
    /// Of the stock of past days we know what the last reading of each said, the marketplace what midnight did.
    OtherReadings,
    /// Another measure: ours leaves out the days without stock and counts every warehouse.
    OtherMeasure,
    /// Nothing that we know explains it.
    Unexplained,
}

/// A figure of ours beside the marketplace's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FigureComparison {
    /// Which.
    pub figure: ComparedFigure,
    /// Ours, in the figure's unit.
    pub ours: Option<i64>,
    /// Ours, where it is a word.
    #[cfg_attr(feature = "openapi", schema(example = "deficit"))]
    pub ours_word: Option<String>,
    /// Theirs, in the same unit.
    pub theirs: Option<i64>,
    /// Theirs, where it is a word, as they write it.
    #[cfg_attr(feature = "openapi", schema(example = "DEFICIT"))]
    pub theirs_word: Option<String>,
    /// Whether they say the same within the marketplace's own rounding; `None`: one of them is missing.
    pub agrees: Option<bool>,
    /// Why not.
    pub reason: Option<DifferenceReason>,
}

/// A figure that only the marketplace tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ToldFigure {
    /// Its name in our words.
    #[cfg_attr(feature = "openapi", schema(example = "in_supply"))]
    pub name: String,
    /// Of which place; empty: of all of them.
    pub place: String,
    /// The figure.
    pub value: Option<i64>,
    /// Its unit: `pieces`, `thousandths`, `hours`, `days`, `minor`.
    #[cfg_attr(feature = "openapi", schema(example = "pieces"))]
    pub unit: Option<String>,
    /// A word in its place.
    pub word: Option<String>,
    /// When it was told.
    pub as_of: DateTime<Utc>,
}

/// A product's numbers, ours beside the marketplace's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProductComparison {
    /// Whose.
    pub product_id: ProductId,
    /// On which marketplace.
    pub marketplace: Marketplace,
    /// When our stock was read.
    pub ours_as_of: Option<DateTime<Utc>>,
    /// When the marketplace told its figures; `None`: it has told none.
    pub theirs_as_of: Option<DateTime<Utc>>,
    /// What both tell; empty where the marketplace tells nothing that can be compared.
    pub figures: Vec<FigureComparison>,
    /// What only the marketplace tells.
    pub told: Vec<ToldFigure>,
}

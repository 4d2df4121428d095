//! Orders as both doors list them: one row is one unit.

use crate::{AccountId, Marketplace, ProductId, problem::FieldError};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// The most days that can be asked for at once.
pub const MAX_ORDER_DAYS: i64 = 400;

/// A question to the orders, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OrderQuery {
    /// From this day of the marketplace's calendar on.
    pub from: Option<NaiveDate>,
    /// Until this day, included.
    pub to: Option<NaiveDate>,
    /// Only this shop's.
    pub account: Option<AccountId>,
    /// Only this product's.
    pub product: Option<ProductId>,
    /// Only the cancelled ones, or only the others.
    pub cancelled: Option<bool>,
    /// Rows a page, 1 to 200.
    pub limit: u32,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl Default for OrderQuery {
    fn default() -> Self {
        Self {
            from: None,
            to: None,
            account: None,
            product: None,
            cancelled: None,
            limit: 50,
            cursor: None,
        }
    }
}

impl OrderQuery {
    /// The rules of the contract.
    pub fn check(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        if !(1..=200).contains(&self.limit) {
            errors.push(FieldError::query("limit", "out_of_range", "use 1 to 200"));
        }
        if let (Some(from), Some(to)) = (self.from, self.to)
            && to < from
        {
            errors.push(FieldError::query("to", "too_small", "use a day not before `from`"));
        }
        errors
    }
}

/// One ordered unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Order {
    /// The marketplace's key (WB `srid`; Ozon posting number and sku).
    pub key: String,
    /// Whose shop.
    pub account_id: AccountId,
    /// On which marketplace.
    pub marketplace: Marketplace,
    /// The product; `null` for a card that is not among ours.
    pub product_id: Option<ProductId>,
    /// The marketplace's number of the card, as text.
    pub marketplace_article: String,
    /// The seller's article, when the card is known.
    pub seller_article: Option<String>,
    /// The title, when the card is known.
    pub product_name: Option<String>,
    /// The size's barcode, when told.
    pub barcode: Option<String>,
    /// When it was ordered.
    pub ordered_at: DateTime<Utc>,
    /// The day in the marketplace's own calendar.
    pub day: NaiveDate,
    /// When it was cancelled; `null`: it was not.
    pub cancelled_at: Option<DateTime<Utc>>,
    /// What the buyer pays, minor units.
    pub price_minor: i64,
    /// ISO 4217.
    pub currency: String,
    /// Where it ships from, when told.
    pub warehouse_name: Option<String>,
    /// Where it goes, when told.
    pub region: Option<String>,
}

/// A page of orders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderPage {
    /// The rows, the newest first.
    pub items: Vec<Order>,
    /// Where to read on; `null` at the end.
    pub next_cursor: Option<String>,
}

/// The orders of a day, in one currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderDay {
    /// The day in the marketplace's own calendar.
    pub day: NaiveDate,
    /// Units ordered and not cancelled.
    pub ordered: i64,
    /// Units ordered that day and cancelled since.
    pub cancelled: i64,
    /// What the first cost the buyers, minor units.
    pub revenue_minor: i64,
    /// ISO 4217.
    pub currency: String,
}

/// Orders by day: what a filter adds up to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderDays {
    /// The first day of the question.
    pub from: NaiveDate,
    /// The last one.
    pub to: NaiveDate,
    /// The days that have orders, the newest first.
    pub days: Vec<OrderDay>,
}

//! Sales and returns as both doors list them, and what a shop's products cost.

use crate::{AccountId, Marketplace, OfferId, ProductId, observed::SaleKind, problem::FieldError};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// A question to the sales and returns, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SaleQuery {
    /// From this day of the marketplace's calendar on.
    pub from: Option<NaiveDate>,
    /// Until this day, included.
    pub to: Option<NaiveDate>,
    /// Only this shop's.
    pub account: Option<AccountId>,
    /// Only this product's.
    pub product: Option<ProductId>,
    /// Only sales, or only returns.
    pub kind: Option<SaleKind>,
    /// Rows a page, 1 to 200.
    pub limit: u32,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl Default for SaleQuery {
    fn default() -> Self {
        Self {
            from: None,
            to: None,
            account: None,
            product: None,
            kind: None,
            limit: 50,
            cursor: None,
        }
    }
}

impl SaleQuery {
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

/// A sale or a return.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Sale {
    /// The marketplace's key (WB `saleID`; Ozon posting number and sku, or the return's id).
    pub key: String,
    /// Whether it reached its buyer or came back.
    pub kind: SaleKind,
    /// The key of its order, when told.
    pub order_key: Option<String>,
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
    /// When it happened.
    pub happened_at: DateTime<Utc>,
    /// The day in the marketplace's own calendar.
    pub day: NaiveDate,
    /// Pieces.
    pub quantity: i64,
    /// What the buyer paid for a piece, minor units; `null`: not told yet.
    pub price_minor: Option<i64>,
    /// What the seller gets of it, minor units; `null`: not told yet.
    pub payout_minor: Option<i64>,
    /// ISO 4217.
    pub currency: String,
    /// Where it shipped from, when told.
    pub warehouse_name: Option<String>,
    /// Where it went, when told.
    pub region: Option<String>,
}

/// A shop that a list was read from, and how old what it holds is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SourceAge {
    /// Which shop.
    pub account_id: AccountId,
    /// What it is called.
    #[cfg_attr(feature = "openapi", schema(example = "Уют на Ozon"))]
    pub shop: String,
    /// On which marketplace.
    pub marketplace: Marketplace,
    /// When this kind of data was last read in full; `null`: never.
    pub as_of: Option<DateTime<Utc>>,
}

/// A page of sales and returns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SalePage {
    /// The rows, the newest first.
    pub items: Vec<Sale>,
    /// Where to read on; `null` at the end.
    pub next_cursor: Option<String>,
    /// Where they are from, shop by shop.
    pub sources: Vec<SourceAge>,
}

/// The sales and returns of a day, in one currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SaleDay {
    /// The day in the marketplace's own calendar.
    pub day: NaiveDate,
    /// Pieces that reached their buyers.
    pub sold: i64,
    /// Pieces that came back.
    pub returned: i64,
    /// What the buyers paid for the first, as far as it is told, minor units.
    pub sold_minor: i64,
    /// What they had paid for the second, as far as it is told, minor units.
    pub returned_minor: i64,
    /// What the seller gets for both, as far as it is told, minor units, returns against it; `null`: of none.
    pub payout_minor: Option<i64>,
    /// Pieces whose price is not told yet: the sums lack them.
    pub unpriced: i64,
    /// Pieces of which it is not told what the seller gets: the payout lacks them.
    pub unpaid: i64,
    /// ISO 4217.
    pub currency: String,
}

/// Sales by day: what a filter adds up to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SaleDays {
    /// The first day of the question.
    pub from: NaiveDate,
    /// The last one.
    pub to: NaiveDate,
    /// The days that have sales or returns, the newest first.
    pub days: Vec<SaleDay>,
    /// Where they are from, shop by shop.
    pub sources: Vec<SourceAge>,
}

/// What a size costs from a moment on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OfferPrice {
    /// Which size.
    pub offer_id: OfferId,
    /// The size as the buyer reads it; `null` for things without one.
    pub size: Option<String>,
    /// From when, as far as we saw.
    pub since: DateTime<Utc>,
    /// Before the seller's discount, minor units.
    pub price_minor: i64,
    /// The seller's discount in percent, when told.
    pub discount_percent: Option<i64>,
    /// After the seller's discount, minor units.
    pub discounted_minor: i64,
    /// What a buyer sees, where told, minor units.
    pub buyer_minor: Option<i64>,
    /// ISO 4217.
    pub currency: String,
}

/// What a product costs and what it cost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProductPrices {
    /// Whose.
    pub product_id: ProductId,
    /// Whose word it is.
    pub marketplace: Marketplace,
    /// When prices were last read in full; `null`: never.
    pub as_of: Option<DateTime<Utc>>,
    /// Its sizes' prices now.
    pub now: Vec<OfferPrice>,
    /// Every price that they had, the latest first, page by page; those of now are among them.
    pub history: Vec<OfferPrice>,
    /// Where to read on; `null` at the end.
    pub next_cursor: Option<String>,
}

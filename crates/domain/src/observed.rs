//! What an adapter saw at a marketplace, in our words: input of a sync, never an answer.

use crate::product::StockSource;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObservedProduct {
    /// WB `nmID`, Ozon `product_id`.
    pub article: i64,
    /// The seller's article.
    pub seller_article: String,
    /// The title.
    pub title: String,
    /// The brand.
    pub brand: Option<String>,
    /// The category.
    pub subject: Option<String>,
    /// A small photo.
    pub photo_url: Option<String>,
    /// When the marketplace last touched it.
    pub changed_at: DateTime<Utc>,
    /// Its sizes.
    pub offers: Vec<ObservedOffer>,
}

/// A size of a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObservedOffer {
    /// WB `chrtID`, Ozon `sku`.
    pub number: i64,
    /// The size's name.
    pub size: Option<String>,
    /// Its barcodes.
    pub barcodes: Vec<String>,
}

/// A warehouse as named in an answer: data, not an enum (WB hides its own behind -999999).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ObservedWarehouse {
    /// Whose.
    pub source: StockSource,
    /// The marketplace's number; may be negative.
    pub number: i64,
    /// Its name.
    pub name: String,
    /// Its region.
    pub region: Option<String>,
}

/// A level: one size at one warehouse. A pair that a complete snapshot leaves out is 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObservedLevel {
    /// WB `chrtID`, Ozon `sku`.
    pub offer: i64,
    /// Index into the snapshot's warehouses.
    pub warehouse: usize,
    /// Pieces that can be sold.
    pub quantity: i64,
    /// Pieces on the way to buyers.
    pub in_way_to_client: i64,
    /// Pieces on the way back.
    pub in_way_from_client: i64,
}

/// All levels of one source at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StockSnapshot {
    /// The warehouses that the levels name by index.
    pub warehouses: Vec<ObservedWarehouse>,
    /// The levels.
    pub levels: Vec<ObservedLevel>,
}

/// A line of an order: one unit on Wildberries, some equal ones on Ozon. The same key seen again replaces it when `changed_at` is later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObservedOrder {
    /// WB `srid`; Ozon posting number and sku.
    pub key: String,
    /// WB `nmID`, Ozon `sku`; the card may be in the trash.
    pub article: i64,
    /// The size's barcode, when told.
    pub barcode: Option<String>,
    /// When it was ordered.
    pub ordered_at: DateTime<Utc>,
    /// When the marketplace last changed it.
    pub changed_at: DateTime<Utc>,
    /// When it was cancelled; `None`: it was not.
    pub cancelled_at: Option<DateTime<Utc>>,
    /// How many pieces.
    pub quantity: i64,
    /// What the buyer pays for one, minor units.
    pub price_minor: i64,
    /// ISO 4217.
    pub currency: String,
    /// From whose warehouse it ships, when told.
    pub source: Option<StockSource>,
    /// Where it ships from, when told.
    pub warehouse_name: Option<String>,
    /// Where it goes, when told.
    pub region: Option<String>,
}

/// Whether it stayed with its buyer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum SaleKind {
    /// It reached them.
    Sale,
    /// It came back.
    Return,
}

impl SaleKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Sale, Self::Return];

    /// The word of the database and the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sale => "sale",
            Self::Return => "return",
        }
    }
}

/// A sale or a return. The same key seen again replaces it when `changed_at` is later, or when an amount is told that
/// was not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObservedSale {
    /// WB `saleID`; Ozon posting number and sku, or the id of the return.
    pub key: String,
    /// Which of both.
    pub kind: SaleKind,
    /// The key of its order, when told.
    pub order_key: Option<String>,
    /// WB `nmID`, Ozon `sku`; the card may be in the trash.
    pub article: i64,
    /// WB `chrtID`, Ozon `sku`, when told.
    pub offer: Option<i64>,
    /// The size's barcode, when told.
    pub barcode: Option<String>,
    /// When it was sold or came back.
    pub happened_at: DateTime<Utc>,
    /// When the marketplace last changed it.
    pub changed_at: DateTime<Utc>,
    /// How many pieces.
    pub quantity: i64,
    /// What the buyer paid for one, minor units; `None`: not told yet.
    pub price_minor: Option<i64>,
    /// What the seller gets for one, minor units; `None`: not told yet, or not by this method.
    pub payout_minor: Option<i64>,
    /// ISO 4217.
    pub currency: String,
    /// Where it shipped from, when told.
    pub warehouse_name: Option<String>,
    /// Where it went, when told.
    pub region: Option<String>,
}

/// What a size costs now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObservedPrice {
    /// WB `chrtID`, Ozon `sku`.
    pub offer: i64,
    /// Before the seller's discount, minor units.
    pub price_minor: i64,
    /// The seller's discount in whole percent, when the marketplace tells it.
    pub discount_percent: Option<i64>,
    /// After the seller's discount, minor units.
    pub discounted_minor: i64,
    /// What a buyer sees, where the marketplace tells it, minor units.
    pub buyer_minor: Option<i64>,
    /// ISO 4217.
    pub currency: String,
}

//! What an adapter saw at a marketplace, in our words: input of a sync, never an answer.

use crate::product::StockSource;
use chrono::{DateTime, Utc};

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

/// One ordered unit. The same key seen again replaces it when `changed_at` is later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObservedOrder {
    /// WB `srid`; Ozon posting number and sku.
    pub key: String,
    /// WB `nmID`, Ozon `product_id`; the card may be in the trash.
    pub article: i64,
    /// The size's barcode, when told.
    pub barcode: Option<String>,
    /// When it was ordered.
    pub ordered_at: DateTime<Utc>,
    /// When the marketplace last changed it.
    pub changed_at: DateTime<Utc>,
    /// When it was cancelled; `None`: it was not.
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

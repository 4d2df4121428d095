//! The shop in numbers, as the original API's analytics answered them.
//!
//! What was never read is not counted as nothing: such a product is in no bucket of stock, in no list and in no
//! average. How many there are is said beside the numbers, and a number that nothing is known of is `None`.

use crate::{ProductId, SyncRunId, sync::SyncStatus};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The whole shop at a glance. Products that the marketplace no longer lists are left out, here and below.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Dashboard {
    /// Products.
    #[cfg_attr(feature = "openapi", schema(example = 250))]
    pub total_products: i64,
    /// Pieces that can be sold, over the products whose stock is known; `None` when no product's is.
    #[cfg_attr(feature = "openapi", schema(example = 12_480))]
    pub total_stock: Option<i64>,
    /// Units ordered in the whole known past, cancelled ones not counted; `None` when no product's are known.
    #[cfg_attr(feature = "openapi", schema(example = 31_007))]
    pub total_orders: Option<i64>,
    /// Products with less than the company's threshold, those that are out of stock among them.
    #[cfg_attr(feature = "openapi", schema(example = 18))]
    pub low_stock_count: i64,
    /// Products with nothing left.
    #[cfg_attr(feature = "openapi", schema(example = 7))]
    pub out_of_stock_count: i64,
    /// Products whose stock was never read: neither low nor out of stock, and not in the average.
    #[cfg_attr(feature = "openapi", schema(example = 2))]
    pub unknown_stock_count: i64,
    /// Pieces a product whose stock is known, to hundredths; 0 without products, `None` when nothing is known.
    #[cfg_attr(feature = "openapi", schema(example = 50.32))]
    pub average_stock_per_product: Option<f64>,
    /// The latest synchronisation; `None`: there was none.
    pub last_sync: Option<LastSync>,
    /// 100 less the percentage of low and of empty products, an empty one being both, never below 0, to tenths.
    /// Of the products whose stock is known; 100 without products, `None` when nothing is known.
    #[cfg_attr(feature = "openapi", schema(example = 89.9))]
    pub health_score: Option<f64>,
}

/// The latest synchronisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LastSync {
    /// When it ended; until then, when it began.
    pub timestamp: DateTime<Utc>,
    /// How it stands.
    pub status: SyncStatus,
    /// Cards read; `None` before they were.
    #[cfg_attr(feature = "openapi", schema(example = 250))]
    pub products_synced: Option<i64>,
    /// From its first step to its end; `None` until then.
    #[cfg_attr(feature = "openapi", schema(example = 8412))]
    pub duration_ms: Option<i64>,
}

/// A product that runs low.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LowStockProduct {
    /// Its id.
    pub id: ProductId,
    /// The marketplace's number for it, as text.
    #[cfg_attr(feature = "openapi", schema(example = "168432190"))]
    pub marketplace_article: String,
    /// The seller's own article.
    #[cfg_attr(feature = "openapi", schema(example = "КР-350-БЕЛ"))]
    pub seller_article: String,
    /// The title.
    #[cfg_attr(feature = "openapi", schema(example = "Кружка керамическая 350 мл"))]
    pub product_name: String,
    /// Pieces that can be sold.
    #[cfg_attr(feature = "openapi", schema(example = 4))]
    pub total_stock: i64,
    /// Units ordered in the whole known past; `None`: never read.
    #[cfg_attr(feature = "openapi", schema(example = 312))]
    pub total_orders: Option<i64>,
    /// When its numbers last changed.
    pub updated_at: DateTime<Utc>,
}

/// A product that sells well.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TopProduct {
    /// Its id.
    pub id: ProductId,
    /// The marketplace's number for it, as text.
    #[cfg_attr(feature = "openapi", schema(example = "168432190"))]
    pub marketplace_article: String,
    /// The seller's own article.
    #[cfg_attr(feature = "openapi", schema(example = "КР-350-БЕЛ"))]
    pub seller_article: String,
    /// The title.
    #[cfg_attr(feature = "openapi", schema(example = "Кружка керамическая 350 мл"))]
    pub product_name: String,
    /// Pieces that can be sold; `None`: never read.
    #[cfg_attr(feature = "openapi", schema(example = 128))]
    pub total_stock: Option<i64>,
    /// Units ordered in the whole known past.
    #[cfg_attr(feature = "openapi", schema(example = 512))]
    pub total_orders: i64,
    /// Pieces in stock for each unit ordered, to hundredths; `None` without orders or while stock is unknown.
    #[cfg_attr(feature = "openapi", schema(example = 0.25))]
    pub stock_to_orders_ratio: Option<f64>,
    /// When its numbers last changed.
    pub updated_at: DateTime<Utc>,
}

/// A synchronisation as a line of a log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SyncHistoryEntry {
    /// Its id; `/api/v1/syncs/{id}` has its steps.
    pub id: SyncRunId,
    /// When a worker took it; `None` while it waits for one.
    pub started_at: Option<DateTime<Utc>>,
    /// When it ended; `None` until then.
    pub completed_at: Option<DateTime<Utc>>,
    /// How it stands.
    pub status: SyncStatus,
    /// Cards read; `None` before they were.
    #[cfg_attr(feature = "openapi", schema(example = 250))]
    pub products_synced: Option<i64>,
    /// From its first step to its end; `None` until then.
    #[cfg_attr(feature = "openapi", schema(example = 8412))]
    pub duration_ms: Option<i64>,
    /// What went wrong first, if something did.
    #[cfg_attr(feature = "openapi", schema(example = json!(null)))]
    pub message: Option<String>,
}

/// How many products have how many pieces.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StockDistribution {
    /// None.
    #[cfg_attr(feature = "openapi", schema(example = 7))]
    pub out_of_stock: i64,
    /// 1 to 5.
    #[cfg_attr(feature = "openapi", schema(example = 9))]
    pub critical: i64,
    /// 6 to 20.
    #[cfg_attr(feature = "openapi", schema(example = 24))]
    pub low: i64,
    /// 21 to 50.
    #[cfg_attr(feature = "openapi", schema(example = 80))]
    pub medium: i64,
    /// 51 to 100.
    #[cfg_attr(feature = "openapi", schema(example = 96))]
    pub good: i64,
    /// More than 100.
    #[cfg_attr(feature = "openapi", schema(example = 32))]
    pub excellent: i64,
    /// Never read: in none of the others.
    #[cfg_attr(feature = "openapi", schema(example = 2))]
    pub unknown: i64,
}

/// A warehouse with what lies in it and what was ordered from it, by its name: shops of one company share a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WarehouseTotals {
    /// The name as the marketplace tells it.
    #[cfg_attr(feature = "openapi", schema(example = "Коледино"))]
    pub warehouse_name: String,
    /// Pieces that can be sold; `None` while no stock was ever read.
    #[cfg_attr(feature = "openapi", schema(example = 1840))]
    pub total_stock: Option<i64>,
    /// Units ordered from it, cancelled ones not counted; `None` while no orders were ever read.
    #[cfg_attr(feature = "openapi", schema(example = 4211))]
    pub total_orders: Option<i64>,
    /// Products with at least one piece there.
    #[cfg_attr(feature = "openapi", schema(example = 133))]
    pub product_count: i64,
}

//! Products, their offers, stock and history, as both doors answer them.

use crate::{
    AccountId, Marketplace, OfferId, ProductId, WarehouseId,
    catalogue::{ProductFilter, SortKey, Tag},
    comparison::ToldFigure,
    demand::Cover,
    problem::FieldError,
    today::{Abc, Xyz},
    validation::fold,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// By what a list is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ProductSort {
    /// When its numbers last changed.
    #[default]
    UpdatedAt,
    /// The title, in the alphabet's order.
    ProductName,
    /// The seller's article.
    SellerArticle,
    /// Pieces that can be sold.
    TotalStock,
    /// Orders of the whole known past.
    TotalOrders,
    /// Orders of the last 7 days.
    #[serde(rename = "orders_7")]
    Orders7,
    /// Orders of the last 28 days.
    #[serde(rename = "orders_28")]
    Orders28,
    /// Days of cover; what is out of stock first, the infinite last.
    Cover,
    /// When it was first seen.
    CreatedAt,
    /// Pieces on the way to buyers.
    InWayToClient,
    /// Pieces on the way back.
    InWayFromClient,
    /// What orders will be missed before a delivery can arrive, at the selling price.
    AtRisk,
    /// What should be ordered, at the selling price.
    OrderMinor,
    /// What lies dead, at the selling price.
    DeadMinor,
    /// Revenue of the last 28 days.
    #[serde(rename = "revenue_28")]
    Revenue28,
    /// Revenue missed in the last 28 days while it was out of stock.
    #[serde(rename = "lost_minor_28")]
    LostMinor28,
}

impl ProductSort {
    /// Whether what it sorts by does not change with time, so that the past can be sorted by it.
    pub const fn is_timeless(self) -> bool {
        matches!(self, Self::ProductName | Self::SellerArticle | Self::CreatedAt)
    }

    /// Each, with its word in the API and in addresses.
    pub const ALL: [(Self, &'static str); 16] = [
        (Self::UpdatedAt, "updated_at"),
        (Self::ProductName, "product_name"),
        (Self::SellerArticle, "seller_article"),
        (Self::TotalStock, "total_stock"),
        (Self::TotalOrders, "total_orders"),
        (Self::Orders7, "orders_7"),
        (Self::Orders28, "orders_28"),
        (Self::Cover, "cover"),
        (Self::CreatedAt, "created_at"),
        (Self::InWayToClient, "in_way_to_client"),
        (Self::InWayFromClient, "in_way_from_client"),
        (Self::AtRisk, "at_risk"),
        (Self::OrderMinor, "order_minor"),
        (Self::DeadMinor, "dead_minor"),
        (Self::Revenue28, "revenue_28"),
        (Self::LostMinor28, "lost_minor_28"),
    ];

    /// Its word.
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(sort, _)| *sort == self).map_or("", |(_, word)| word)
    }

    /// By its word; `stock` and `name` are understood as well.
    pub fn of_word(word: &str) -> Option<Self> {
        match word {
            "stock" => Some(Self::TotalStock),
            "name" => Some(Self::ProductName),
            _ => Self::ALL.iter().find(|(_, known)| *known == word).map(|(sort, _)| *sort),
        }
    }
}

/// Which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum SortOrder {
    /// Smallest first.
    Asc,
    /// Largest first.
    #[default]
    Desc,
}

/// A question to the catalogue. Unknown quantities sort last in either order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProductQuery {
    /// 1-based page; ignored when `cursor` is given.
    pub page: u32,
    /// Rows a page, 1 to 200.
    pub page_size: u32,
    /// Part of a title, an article or a barcode.
    pub search: Option<String>,
    /// At least so many pieces.
    pub min_stock: Option<i64>,
    /// At most so many pieces.
    pub max_stock: Option<i64>,
    /// Only what lies below the tenant's threshold.
    pub low_stock_only: bool,
    /// By what.
    pub sort_by: ProductSort,
    /// Which way.
    pub sort_order: SortOrder,
    /// `next_cursor` of the page before: reads on from there, whatever was inserted since.
    pub cursor: Option<String>,
    /// `previous_cursor` of the page after: reads back from there.
    pub before: Option<String>,
    /// By several columns, the first first; when there are any, `sort_by` and `sort_order` don't count.
    pub sort: Vec<SortKey>,
    /// What is shown at all.
    pub filter: ProductFilter,
}

impl Default for ProductQuery {
    fn default() -> Self {
        Self {
            page: 1,
            page_size: 50,
            search: None,
            min_stock: None,
            max_stock: None,
            low_stock_only: false,
            sort_by: ProductSort::default(),
            sort_order: SortOrder::default(),
            cursor: None,
            before: None,
            sort: Vec::new(),
            filter: ProductFilter::default(),
        }
    }
}

impl ProductQuery {
    /// By what the list is sorted, the first first; there is at least one.
    pub fn keys(&self) -> Vec<SortKey> {
        if self.sort.is_empty() {
            vec![SortKey { sort: self.sort_by, order: self.sort_order }]
        } else {
            self.sort.clone()
        }
    }

    /// Whether it leaves nothing out: what is typed and says nothing does not count.
    pub fn is_whole(&self) -> bool {
        let typed = self.search.as_deref().map(fold).unwrap_or_default();
        typed.is_empty()
            && self.min_stock.is_none()
            && self.max_stock.is_none()
            && !self.low_stock_only
            && self.filter.is_empty()
    }

    /// The rules of the contract.
    pub fn check(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        if self.page < 1 {
            errors.push(FieldError::query("page", "too_small", "pages begin at 1"));
        } else if self.page > i32::MAX.unsigned_abs() {
            errors.push(FieldError::query("page", "too_large", "there are not so many pages"));
        }
        if !(1..=200).contains(&self.page_size) {
            errors.push(FieldError::query("page_size", "out_of_range", "use 1 to 200"));
        }
        for (name, value) in [("min_stock", self.min_stock), ("max_stock", self.max_stock)] {
            if value.is_some_and(|n| n < 0) {
                errors.push(FieldError::query(name, "too_small", "use 0 or more"));
            }
        }
        if self.search.as_ref().is_some_and(|text| text.chars().count() > 200) {
            errors.push(FieldError::query("search", "too_long", "use at most 200 characters"));
        }
        if self.cursor.is_some() && self.before.is_some() {
            errors.push(FieldError::query("before", "unknown", "use either cursor or before"));
        }
        errors.extend(self.filter.check());
        errors
    }
}

/// A product in a list. `None` is "never read", not zero.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProductSummary {
    /// Its id.
    pub id: ProductId,
    /// Whose shop it is in.
    pub account_id: AccountId,
    /// On which marketplace.
    pub marketplace: Marketplace,
    /// The marketplace's number for it (WB `nmID`), as text: it may pass 2^53.
    pub marketplace_article: String,
    /// The seller's own article.
    pub seller_article: String,
    /// The title.
    pub product_name: String,
    /// The brand, when the card has one.
    pub brand: Option<String>,
    /// The marketplace's category.
    pub subject: Option<String>,
    /// The first photo, small.
    pub photo_url: Option<String>,
    /// Pieces that can be sold now, over all warehouses.
    pub total_stock: Option<i64>,
    /// Pieces on the way to buyers.
    pub in_way_to_client: Option<i64>,
    /// Pieces on the way back.
    pub in_way_from_client: Option<i64>,
    /// Units ordered in the last 7 whole days, cancelled ones not counted.
    pub orders_7: Option<i64>,
    /// The same of 28 days.
    pub orders_28: Option<i64>,
    /// The same of the whole known past.
    pub total_orders: Option<i64>,
    /// How long the stock lasts.
    pub cover: Cover,
    /// Closing stock of each of the last 28 days, oldest first, today last; `None` before the first reading.
    pub stock_28: Vec<Option<i64>>,
    /// When stock was last read.
    pub stock_as_of: Option<DateTime<Utc>>,
    /// When any of this last changed.
    pub updated_at: DateTime<Utc>,
    /// Revenue of the last 28 days, minor units.
    #[serde(default)]
    pub revenue_28: Option<i64>,
    /// Its class by revenue.
    #[serde(default)]
    pub abc: Option<Abc>,
    /// Its class by how evenly it sells.
    #[serde(default)]
    pub xyz: Option<Xyz>,
    /// How many should be ordered now; 0: none.
    #[serde(default)]
    pub order_units: Option<i64>,
    /// The company's own tags on it, by name.
    #[serde(default)]
    pub tags: Vec<Tag>,
    /// Whether it is one thing with a product of another shop.
    #[serde(default)]
    pub linked: bool,
}

/// A page of products.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProductPage {
    /// The rows.
    pub items: Vec<ProductSummary>,
    /// How many the filter has; of a filter that leaves more than 10,000 that number, and `more` says so.
    pub total: i64,
    /// Whether there are more than `total`: nobody counted them, and nothing of `totals` is known.
    #[serde(default)]
    pub more: bool,
    /// Sums over the filter, not the page.
    pub totals: ProductTotals,
    /// This page's number; 0 when asked by cursor.
    pub page: u32,
    /// Rows a page.
    pub page_size: u32,
    /// How many pages.
    pub total_pages: i64,
    /// Where to read on; `None` at the end.
    pub next_cursor: Option<String>,
    /// Where to read back from, as `before`; `None` at the beginning.
    #[serde(default)]
    pub previous_cursor: Option<String>,
}

/// The names of a catalogue, for a search that asks nobody: the browser keeps them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProductNames {
    /// A line a product that is listed, by name: its id, the seller's article and its name, with tabs between. One text,
    /// since a hundred thousand objects would take the browser longer to read than to search.
    #[cfg_attr(
        feature = "openapi",
        schema(example = "0190b5f2-7c1e-7000-8000-000000000001\tMUG-350-WHT\tMug 350 ml\n")
    )]
    pub lines: String,
    /// Whether there are more than fit.
    pub more: bool,
}

/// Sums over all rows of a filter; `None` when nothing of it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProductTotals {
    /// Pieces that can be sold.
    pub total_stock: Option<i64>,
    /// Pieces on the way to buyers.
    pub in_way_to_client: Option<i64>,
    /// Pieces on the way back.
    pub in_way_from_client: Option<i64>,
    /// Units ordered in 7 days.
    pub orders_7: Option<i64>,
    /// Units ordered in 28 days.
    pub orders_28: Option<i64>,
}

/// Whose warehouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum StockSource {
    /// The marketplace's (FBO).
    Marketplace,
    /// The seller's own (FBS).
    Seller,
}

impl StockSource {
    /// The word of the API and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Marketplace => "marketplace",
            Self::Seller => "seller",
        }
    }
}

/// A product's stock at one warehouse.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WarehouseStock {
    /// Which warehouse.
    pub warehouse_id: WarehouseId,
    /// Its name as the marketplace tells it.
    pub warehouse_name: String,
    /// Its region, when told.
    pub region: Option<String>,
    /// Whose it is.
    pub source: StockSource,
    /// Pieces that can be sold.
    pub quantity: i64,
    /// Pieces on the way to buyers.
    pub in_way_to_client: i64,
    /// Pieces on the way back.
    pub in_way_from_client: i64,
    /// When it last changed.
    pub changed_at: DateTime<Utc>,
    /// Units that shipped from it in the 28 whole days of the velocity, cancelled ones not counted; `null`: orders don't
    /// say where they ship from, or were never read.
    #[serde(default)]
    pub orders_28: Option<i64>,
}

/// A size of a product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Offer {
    /// Its id.
    pub id: OfferId,
    /// The marketplace's number for it (WB `chrtID`), as text.
    pub marketplace_offer: String,
    /// The size as the buyer reads it; `None` for things without one.
    pub size: Option<String>,
    /// Its barcodes.
    #[cfg_attr(feature = "openapi", schema(example = json!(["2037401234567"])))]
    pub barcodes: Vec<String>,
    /// Pieces over all warehouses.
    pub quantity: Option<i64>,
}

/// A product with everything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProductDetail {
    /// What the list shows.
    #[serde(flatten)]
    pub summary: ProductSummary,
    /// Stock by warehouse.
    pub warehouse_data: Vec<WarehouseStock>,
    /// Its sizes.
    pub offers: Vec<Offer>,
    /// The inputs of cover, so that a number can say how it was computed.
    pub velocity: VelocityInputs,
    /// When it was first seen.
    pub created_at: DateTime<Utc>,
    /// Set when the marketplace no longer lists it.
    pub archived_at: Option<DateTime<Utc>>,
    /// The marketplace's own figures of it, each with its age: Wildberries' turnover, sale rate, hours out of stock and
    /// lost orders, Ozon's average daily sales, days of cover and grade. They are its word, not ours.
    #[serde(default)]
    pub figures: Vec<ToldFigure>,
    /// How rare and how uneven its demand is; `None`: too few weeks in stock, nothing sold, or as of a past moment.
    #[serde(default)]
    pub demand: Option<crate::today::DemandClass>,
}

/// From what velocity was computed (formulas: units ordered / days with stock in the window).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VelocityInputs {
    /// Days of the window: 28.
    pub window_days: i64,
    /// Units ordered in it.
    pub units: Option<i64>,
    /// Days of it that ended with stock.
    pub days_in_stock: Option<i64>,
    /// Units a day in thousandths; `None` when it can't be said.
    pub per_day_thousandths: Option<i64>,
}

/// One day of a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProductDay {
    /// The day in the marketplace's own calendar (Moscow for Wildberries).
    pub day: NaiveDate,
    /// Closing stock; `None` before the first reading.
    pub stock: Option<i64>,
    /// Units ordered, cancelled ones not counted; `None` before the first reading.
    pub ordered: Option<i64>,
    /// Units cancelled of those ordered that day.
    pub cancelled: Option<i64>,
    /// What the ordered units cost the buyers, minor units.
    pub revenue_minor: Option<i64>,
    /// Units that came back that day, whenever they were ordered; `None` before the first reading.
    #[serde(default)]
    pub returned: Option<i64>,
    /// What it was listed at when the day ended, after the seller's discount: the lowest of its sizes, minor units;
    /// `None` before the first reading of prices.
    #[serde(default)]
    pub listed_minor: Option<i64>,
}

/// A warehouse's part of a product's stock, day by day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlaceDays {
    /// Which warehouse; `None`: all that are not named here, together.
    pub warehouse_id: Option<WarehouseId>,
    /// Its name.
    #[cfg_attr(feature = "openapi", schema(example = "Коледино"))]
    pub name: Option<String>,
    /// Pieces when each day of the history ended, in their order.
    pub stock: Vec<Option<i64>>,
}

/// What somebody did to a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum EditKind {
    /// Lead time, pack, minimum or cost were said anew.
    Terms,
    /// A note was written.
    NoteAdded,
    /// A note was taken away.
    NoteDeleted,
}

/// An edit that concerns a product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProductEdit {
    /// When.
    pub at: DateTime<Utc>,
    /// On which of the history's days.
    pub day: NaiveDate,
    /// What.
    pub kind: EditKind,
    /// For what the terms were said: the product, its brand, its shop, the company.
    pub scope: Option<crate::ordering::SettingScope>,
    /// Which of them; costs only for those who see costs.
    pub fields: Vec<String>,
}

/// A product over time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProductHistory {
    /// Whose.
    pub product_id: ProductId,
    /// The currency of `revenue_minor`.
    pub currency: String,
    /// Day by day, oldest first, without gaps.
    pub days: Vec<ProductDay>,
    /// The days of them on which the shop was read, oldest first.
    #[serde(default)]
    pub synced: Vec<NaiveDate>,
    /// Stock by warehouse: the fullest of the period, then the others together; empty where none is known.
    #[serde(default)]
    pub places: Vec<PlaceDays>,
    /// What people did to it in this time, oldest first.
    #[serde(default)]
    pub edits: Vec<ProductEdit>,
}

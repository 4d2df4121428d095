//! The catalogue as it is read: a page with its sums, one product with everything, its history. Never writes.

use crate::{
    error::{Error, Result},
    measures::INFINITE_COVER,
    products_query::{self, Value},
    statement::{Statement, bind_all},
    tenant::TenantTx,
    tx::on_engine,
};
use chrono::{DateTime, Utc};
use domain::{
    AccountId, Marketplace, ProductId,
    demand::{Cover, UnknownReason},
    product::{ProductQuery, ProductSummary, ProductTotals},
};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

pub use products_query::Cursor;

/// A product's row as it is listed, with the moments that say what of it is known.
#[derive(Clone, Debug)]
pub struct ListedProduct {
    /// What the list shows; `stock_28` is empty, since it takes the changes as well.
    pub summary: ProductSummary,
    /// When it was first seen.
    pub created_at: DateTime<Utc>,
    /// Set when the marketplace no longer lists it.
    pub archived_at: Option<DateTime<Utc>>,
    /// Of the last 28 whole days, how many ended with stock when it was last computed.
    pub days_in_stock_28: Option<i64>,
    /// The first reading of its account's stock.
    pub stock_since: Option<DateTime<Utc>>,
    /// As far back as its account's orders were read.
    pub orders_since: Option<DateTime<Utc>>,
    /// When its measures were computed.
    pub measured_at: Option<DateTime<Utc>>,
    /// What its stock grew by on each day (days since 1970-01-01) until it was measured; only a list's page brings it.
    pub deltas: Vec<(i64, i64)>,
}

/// A page of rows with what belongs to the whole filter.
#[derive(Clone, Debug)]
pub struct ListedPage {
    /// The rows.
    pub rows: Vec<ListedProduct>,
    /// How many the filter has in all.
    pub total: i64,
    /// Sums over the filter.
    pub totals: ProductTotals,
    /// Where to read on; `None` at the end.
    pub next: Option<Cursor>,
}

/// The sum of a product's changes of stock on one day (days since 1970-01-01).
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRow)]
pub struct DayDelta {
    #[sqlx(try_from = "Uuid")]
    /// Of which product.
    pub product_id: ProductId,
    /// On which day.
    pub day: i64,
    /// What the quantity grew by.
    pub delta: i64,
}

#[derive(FromRow)]
pub(crate) struct Row {
    pub(crate) id: Uuid,
    account_id: Uuid,
    marketplace: String,
    article: i64,
    seller_article: String,
    title: String,
    brand: Option<String>,
    subject: Option<String>,
    photo_url: Option<String>,
    seller_article_key: String,
    title_key: String,
    archived_at: Option<DateTime<Utc>>,
    total_stock: Option<i64>,
    in_way_to_client: Option<i64>,
    in_way_from_client: Option<i64>,
    orders_7: Option<i64>,
    orders_28: Option<i64>,
    total_orders: Option<i64>,
    days_in_stock_28: Option<i64>,
    cover_tenths: Option<i64>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    stock_since: Option<DateTime<Utc>>,
    stock_as_of: Option<DateTime<Utc>>,
    orders_since: Option<DateTime<Utc>>,
    measured_at: Option<DateTime<Utc>>,
}

#[derive(FromRow)]
struct PageRow {
    #[sqlx(flatten)]
    row: Row,
    deltas: Option<String>,
    counted: Option<i64>,
    sum_stock: Option<i64>,
    sum_to_client: Option<i64>,
    sum_from_client: Option<i64>,
    sum_orders_7: Option<i64>,
    sum_orders_28: Option<i64>,
}

#[derive(Clone, Copy, FromRow)]
struct TotalsRow {
    total: i64,
    total_stock: Option<i64>,
    in_way_to_client: Option<i64>,
    in_way_from_client: Option<i64>,
    orders_7: Option<i64>,
    orders_28: Option<i64>,
}

impl Row {
    pub(crate) fn listed(self) -> Result<ListedProduct> {
        let marketplace: Marketplace = self.marketplace.parse().map_err(|_| Error::Corrupt {
            column: "marketplace",
            value: self.marketplace.clone(),
        })?;
        let cover = cover(self.total_stock, self.orders_28, self.cover_tenths);
        Ok(ListedProduct {
            summary: ProductSummary {
                id: ProductId(self.id),
                account_id: AccountId(self.account_id),
                marketplace,
                marketplace_article: self.article.to_string(),
                seller_article: self.seller_article,
                product_name: self.title,
                brand: self.brand,
                subject: self.subject,
                photo_url: self.photo_url,
                total_stock: self.total_stock,
                in_way_to_client: self.in_way_to_client,
                in_way_from_client: self.in_way_from_client,
                orders_7: self.orders_7,
                orders_28: self.orders_28,
                total_orders: self.total_orders,
                cover,
                stock_28: Vec::new(),
                stock_as_of: self.stock_as_of,
                updated_at: self.updated_at,
            },
            created_at: self.created_at,
            archived_at: self.archived_at,
            days_in_stock_28: self.days_in_stock_28,
            stock_since: self.stock_since,
            orders_since: self.orders_since,
            measured_at: self.measured_at,
            deltas: Vec::new(),
        })
    }

    /// The value by which the row was sorted: with its id, the place where the next page begins.
    fn cursor(&self, query: &ProductQuery) -> Cursor {
        use domain::product::ProductSort as S;
        let value = match query.sort_by {
            S::UpdatedAt => Value::Moment(self.updated_at),
            S::CreatedAt => Value::Moment(self.created_at),
            S::ProductName => Value::Text(self.title_key.clone()),
            S::SellerArticle => Value::Text(self.seller_article_key.clone()),
            S::TotalStock => Value::number(self.total_stock),
            S::TotalOrders => Value::number(self.total_orders),
            S::Orders7 => Value::number(self.orders_7),
            S::Orders28 => Value::number(self.orders_28),
            S::Cover => Value::number(self.cover_tenths),
        };
        Cursor { sort: query.sort_by, order: query.sort_order, value, id: self.id }
    }
}

/// Cover as it was stored: its sort key and what stands beside it say which state it was.
fn cover(stock: Option<i64>, orders: Option<i64>, tenths: Option<i64>) -> Cover {
    match (stock, tenths) {
        (Some(stock), _) if stock <= 0 => Cover::OutOfStock,
        (_, Some(INFINITE_COVER)) => Cover::Infinite,
        (Some(_), Some(tenths)) => Cover::Days { tenths },
        (None, _) => Cover::Unknown { reason: UnknownReason::NoStock },
        (_, None) if orders.is_none() => Cover::Unknown { reason: UnknownReason::NoOrders },
        _ => Cover::Unknown { reason: UnknownReason::TooFewDaysInStock },
    }
}

impl PageRow {
    fn listed(self) -> Result<ListedProduct> {
        let deltas = match &self.deltas {
            Some(text) => deltas(text)?,
            None => Vec::new(),
        };
        Ok(ListedProduct { deltas, ..self.row.listed()? })
    }

    /// The sums of the whole catalogue, unless they are out of date.
    fn counted(&self) -> Option<TotalsRow> {
        Some(TotalsRow {
            total: self.counted?,
            total_stock: self.sum_stock,
            in_way_to_client: self.sum_to_client,
            in_way_from_client: self.sum_from_client,
            orders_7: self.sum_orders_7,
            orders_28: self.sum_orders_28,
        })
    }
}

/// Reads `day:change,day:change`.
fn deltas(text: &str) -> Result<Vec<(i64, i64)>> {
    let pair = |pair: &str| -> Option<(i64, i64)> {
        let (day, delta) = pair.split_once(':')?;
        Some((day.parse().ok()?, delta.parse().ok()?))
    };
    text.split(',')
        .map(pair)
        .collect::<Option<_>>()
        .ok_or_else(|| Error::Corrupt { column: "deltas", value: text.to_owned() })
}

impl TenantTx {
    /// A page of listed products, each with the changes of its stock since a day. `after` must be a cursor of the same
    /// sort and order; without one the page is found by its number.
    pub async fn list_products(
        &mut self,
        query: &ProductQuery,
        after: Option<&Cursor>,
        from_day: i64,
    ) -> Result<ListedPage> {
        let Statement { text, values } =
            products_query::page(self.tenant(), query, after, from_day);
        let mut rows: Vec<PageRow> =
            on_engine!(&mut self.tx, |conn| bind_all!(sqlx::query_as(AssertSqlSafe(text)), values)
                .fetch_all(conn)
                .await?);
        let counted =
            rows.first().and_then(PageRow::counted).filter(|_| products_query::is_whole(query));
        let totals: TotalsRow = match counted {
            Some(totals) => totals,
            None => {
                let Statement { text, values } = products_query::totals(self.tenant(), query);
                on_engine!(&mut self.tx, |conn| bind_all!(
                    sqlx::query_as(AssertSqlSafe(text)),
                    values
                )
                .fetch_one(conn)
                .await?)
            }
        };
        let more = rows.len() > query.page_size as usize;
        rows.truncate(query.page_size as usize);
        let next = if more { rows.last().map(|row| row.row.cursor(query)) } else { None };
        Ok(ListedPage {
            rows: rows.into_iter().map(PageRow::listed).collect::<Result<_>>()?,
            total: totals.total,
            totals: ProductTotals {
                total_stock: totals.total_stock,
                in_way_to_client: totals.in_way_to_client,
                in_way_from_client: totals.in_way_from_client,
                orders_7: totals.orders_7,
                orders_28: totals.orders_28,
            },
            next,
        })
    }

    /// A product's row, archived or not.
    pub async fn listed_product(&mut self, id: ProductId) -> Result<Option<ListedProduct>> {
        let tenant = self.tenant();
        let row: Option<Row> = on_engine!(&mut self.tx, |conn| sqlx::query_as(products_query::ONE)
            .bind(tenant)
            .bind(id.0)
            .fetch_optional(conn)
            .await?);
        row.map(Row::listed).transpose()
    }
}

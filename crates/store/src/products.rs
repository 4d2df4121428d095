//! The catalogue as it is read: a page with its sums, one product with everything, its history. Never writes.

use crate::{
    curve::StockCurve,
    engine::bulk::{self, Fixed, Rows},
    error::{Error, Result},
    measures::INFINITE_COVER,
    products_cursor::{Cursor, Value},
    products_query::{
        COUNTED_AT_MOST, From, Statement, Way, bind_all, is_along, is_bounded, is_searched,
    },
    tenant::TenantTx,
    tx::on_engine,
};
use chrono::{DateTime, Utc};
use domain::{
    AccountId, Marketplace, ProductId, TagId,
    catalogue::{SortKey, Tag, TagColor},
    demand::{Cover, UnknownReason},
    product::{ProductQuery, ProductSort, ProductSummary, ProductTotals},
    today::{Abc, Xyz},
};
use sqlx::{AssertSqlSafe, FromRow, Row as _, postgres::PgRow, sqlite::SqliteRow};
use std::collections::HashMap;
use uuid::Uuid;

/// A product's row as it is listed, with the moments that say what of it is known.
#[derive(Clone, Debug)]
pub struct ListedProduct {
    /// What the list shows; `stock_28` is empty, since it depends on the day.
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
    /// How its stock ended each of the days before it was measured.
    pub curve: StockCurve,
}

/// A page of rows with what belongs to the whole filter.
#[derive(Clone, Debug)]
pub struct ListedPage {
    /// The rows.
    pub rows: Vec<ListedProduct>,
    /// How many the filter has, as far as they are counted.
    pub total: i64,
    /// Whether there are more than that.
    pub more: bool,
    /// Sums over the filter.
    pub totals: ProductTotals,
    /// Where to read on; `None` at the end.
    pub next: Option<Cursor>,
    /// Where to read back from; `None` at the beginning.
    pub previous: Option<Cursor>,
}

/// Which part of a list is wanted.
#[derive(Clone, Copy, Debug)]
pub enum Part<'c> {
    /// The question's page, by its number.
    Page,
    /// What comes after a row.
    After(&'c Cursor),
    /// What comes before a row.
    Before(&'c Cursor),
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

pub(crate) struct Row {
    pub(crate) id: Uuid,
    account_id: Uuid,
    article: i64,
    seller_article: String,
    title: String,
    brand: Option<String>,
    subject: Option<String>,
    photo_url: Option<String>,
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
    revenue_28: Option<i64>,
    abc: Option<String>,
    xyz: Option<String>,
    order_units: Option<i64>,
    curve: Option<Vec<u8>>,
    marketplace: String,
    stock_since: Option<DateTime<Utc>>,
    stock_as_of: Option<DateTime<Utc>>,
    orders_since: Option<DateTime<Utc>>,
    measured_at: Option<DateTime<Utc>>,
    pub(crate) tagged: bool,
    linked: bool,
}

struct PageRow {
    row: Row,
    title_key: Option<String>,
    seller_article_key: Option<String>,
    at_risk_minor: Option<i64>,
    order_minor: Option<i64>,
    dead_minor: Option<i64>,
    lost_minor_28: Option<i64>,
    exact: i64,
    counted: Option<i64>,
    sum_stock: Option<i64>,
    sum_to_client: Option<i64>,
    sum_from_client: Option<i64>,
    sum_orders_7: Option<i64>,
    sum_orders_28: Option<i64>,
}

/// Reads rows by the places of their columns: a list is read thousands of times a second, and looking forty names up in
/// each of its rows takes longer than reading what stands there.
macro_rules! in_order {
    ($name:ident { $($inner:ident,)? } from $first:literal { $($field:ident,)+ }) => {
        in_order!(PgRow, $name { $($inner,)? } from $first { $($field,)+ });
        in_order!(SqliteRow, $name { $($inner,)? } from $first { $($field,)+ });
    };
    ($row:ty, $name:ident { $($inner:ident,)? } from $first:literal { $($field:ident,)+ }) => {
        impl FromRow<'_, $row> for $name {
            fn from_row(row: &$row) -> sqlx::Result<Self> {
                let mut places = $first..;
                let mut next = || places.next().unwrap_or(usize::MAX);
                Ok(Self {
                    $($inner: FromRow::from_row(row)?,)?
                    $($field: row.try_get(next())?,)+
                })
            }
        }
    };
}

in_order!(Row {} from 0_usize {
    id, account_id, article, seller_article, title, brand, subject, photo_url, archived_at, total_stock,
    in_way_to_client, in_way_from_client, orders_7, orders_28, total_orders, days_in_stock_28, cover_tenths, created_at,
    updated_at, revenue_28, abc, xyz, order_units, curve, marketplace, stock_since, stock_as_of, orders_since,
    measured_at, tagged, linked,
});
in_order!(PageRow { row, } from 31_usize {
    title_key, seller_article_key, at_risk_minor, order_minor, dead_minor, lost_minor_28, exact, counted, sum_stock,
    sum_to_client, sum_from_client, sum_orders_7, sum_orders_28,
});

/// How many rows a filter has and their sums, as far as they are counted.
struct Counted {
    total: i64,
    more: bool,
    sums: ProductTotals,
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
                revenue_28: self.revenue_28,
                abc: class(&Abc::ALL.map(|class| (class, class.as_str())), self.abc, "abc")?,
                xyz: class(&Xyz::ALL.map(|class| (class, class.as_str())), self.xyz, "xyz")?,
                order_units: self.order_units,
                tags: Vec::new(),
                linked: self.linked,
            },
            created_at: self.created_at,
            archived_at: self.archived_at,
            days_in_stock_28: self.days_in_stock_28,
            stock_since: self.stock_since,
            orders_since: self.orders_since,
            measured_at: self.measured_at,
            curve: StockCurve::unpack(self.curve.as_deref())?,
        })
    }
}

/// A class by its stored letter.
fn class<C: Copy>(
    all: &[(C, &str)],
    letter: Option<String>,
    column: &'static str,
) -> Result<Option<C>> {
    let Some(letter) = letter else { return Ok(None) };
    match all.iter().find(|(_, known)| *known == letter) {
        Some((class, _)) => Ok(Some(*class)),
        None => Err(Error::Corrupt { column, value: letter }),
    }
}

/// Cover as it was stored: its sort key and what stands beside it say which state it was.
pub(crate) fn cover(stock: Option<i64>, orders: Option<i64>, tenths: Option<i64>) -> Cover {
    match (stock, tenths) {
        (Some(stock), _) if stock <= 0 => Cover::OutOfStock,
        (_, Some(INFINITE_COVER)) => Cover::Infinite,
        (Some(_), Some(tenths)) => Cover::Days { tenths },
        (None, _) => Cover::Unknown { reason: UnknownReason::NoStock },
        (_, None) if orders.is_none() => Cover::Unknown { reason: UnknownReason::NoOrders },
        _ => Cover::Unknown { reason: UnknownReason::TooFewDaysInStock },
    }
}

impl TotalsRow {
    /// Of all rows.
    fn whole(self) -> Counted {
        Counted {
            total: self.total,
            more: false,
            sums: ProductTotals {
                total_stock: self.total_stock,
                in_way_to_client: self.in_way_to_client,
                in_way_from_client: self.in_way_from_client,
                orders_7: self.orders_7,
                orders_28: self.orders_28,
            },
        }
    }

    /// Of so many rows at most; the sums of some of them would be no sums.
    fn bounded(self) -> Counted {
        if self.total <= COUNTED_AT_MOST {
            return self.whole();
        }
        Counted { total: COUNTED_AT_MOST, more: true, sums: ProductTotals::default() }
    }
}

impl PageRow {
    /// The row's place in the list.
    fn cursor(&self, query: &ProductQuery) -> Cursor {
        let keys = query.keys();
        Cursor {
            sort: SortKey::write(&keys),
            values: keys.iter().map(|key| self.value(key.sort)).collect(),
            exact: is_searched(query).then_some(self.exact),
            id: self.row.id,
        }
    }

    /// The value by which a column sorts it.
    fn value(&self, sort: ProductSort) -> Value {
        use ProductSort as S;
        match sort {
            S::UpdatedAt => Value::Moment(self.row.updated_at),
            S::CreatedAt => Value::Moment(self.row.created_at),
            S::ProductName => Value::Text(self.title_key.clone().unwrap_or_default()),
            S::SellerArticle => Value::Text(self.seller_article_key.clone().unwrap_or_default()),
            S::TotalStock => Value::number(self.row.total_stock),
            S::TotalOrders => Value::number(self.row.total_orders),
            S::Orders7 => Value::number(self.row.orders_7),
            S::Orders28 => Value::number(self.row.orders_28),
            S::Cover => Value::number(self.row.cover_tenths),
            S::InWayToClient => Value::number(self.row.in_way_to_client),
            S::InWayFromClient => Value::number(self.row.in_way_from_client),
            S::AtRisk => Value::number(self.at_risk_minor),
            S::OrderMinor => Value::number(self.order_minor),
            S::DeadMinor => Value::number(self.dead_minor),
            S::Revenue28 => Value::number(self.row.revenue_28),
            S::LostMinor28 => Value::number(self.lost_minor_28),
        }
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

const TAGS_OF: &str = "with {rows}
 select g.product_id, t.id, t.name, t.color
 from v cross join product_tags g cross join tags t
 where g.tenant_id = $1 and g.product_id = v.id and t.tenant_id = $1 and t.id = g.tag_id
 order by g.product_id, t.name_key";

impl TenantTx {
    /// A part of the listed products. A cursor must be of the same order.
    pub async fn list_products(
        &mut self,
        query: &ProductQuery,
        part: Part<'_>,
    ) -> Result<ListedPage> {
        let size = query.page_size as usize;
        let from = match part {
            Part::Page => {
                From::Row(i64::from(query.page.saturating_sub(1)) * i64::from(query.page_size))
            }
            Part::After(cursor) => From::After(cursor),
            Part::Before(cursor) => From::Before(cursor),
        };
        let way = if query.is_whole() { Way::Walked } else { Way::Gathered };
        let mut rows = self.page_rows(query, from, way).await?;
        let totals: TotalsRow = match rows.first().and_then(PageRow::counted) {
            Some(totals) => totals,
            None => self.product_totals(query).await?,
        };
        let totals = if is_bounded(query) { totals.bounded() } else { totals.whole() };
        if totals.more && is_along(query) {
            rows = self.page_rows(query, from, Way::Walked).await?;
        } else if totals.more {
            rows = self.page_rows(query, from, Way::Near).await?;
            if rows.len() <= size {
                rows = self.page_rows(query, from, Way::All).await?;
            }
        }
        let more = rows.len() > size;
        rows.truncate(size);
        let backward = matches!(part, Part::Before(_));
        if backward {
            rows.reverse();
        }
        let (before, after) = match part {
            Part::Page => (query.page > 1, more),
            Part::After(_) => (true, more),
            Part::Before(_) => (more, true),
        };
        let (first, last) = (rows.first(), rows.last());
        let previous = first.filter(|_| before).map(|row| row.cursor(query));
        let next = last.filter(|_| after).map(|row| row.cursor(query));
        let tagged: Vec<Uuid> =
            rows.iter().filter(|row| row.row.tagged).map(|row| row.row.id).collect();
        let mut tags = self.tags_of(&tagged).await?;
        let mut rows: Vec<ListedProduct> =
            rows.into_iter().map(|row| row.row.listed()).collect::<Result<_>>()?;
        for row in &mut rows {
            row.summary.tags = tags.remove(&row.summary.id.0).unwrap_or_default();
        }
        Ok(ListedPage {
            rows,
            total: totals.total,
            more: totals.more,
            totals: totals.sums,
            next,
            previous,
        })
    }

    /// One more than asked for: whether it goes on.
    async fn page_rows(
        &mut self,
        query: &ProductQuery,
        from: From<'_>,
        way: Way,
    ) -> Result<Vec<PageRow>> {
        let mut statement = Statement::new(self.tenant(), self.tx.engine());
        let text = statement.page(query, from, query.page_size.saturating_add(1), way);
        Ok(on_engine!(&mut self.tx, |conn| {
            bind_all!(sqlx::query_as(AssertSqlSafe(text)), &statement.bound).fetch_all(conn).await?
        }))
    }

    async fn product_totals(&mut self, query: &ProductQuery) -> Result<TotalsRow> {
        let mut statement = Statement::new(self.tenant(), self.tx.engine());
        let text = statement.totals(query);
        Ok(on_engine!(&mut self.tx, |conn| {
            bind_all!(sqlx::query_as(AssertSqlSafe(text)), &statement.bound).fetch_one(conn).await?
        }))
    }

    /// The tags of some products, by name.
    async fn tags_of(&mut self, products: &[Uuid]) -> Result<HashMap<Uuid, Vec<Tag>>> {
        let fixed = [Fixed::Id(self.tenant())];
        let ids = Rows::new(products.len()).id("id", products.iter().copied());
        let rows: Vec<(Uuid, Uuid, String, String)> =
            bulk::fetch(&mut self.tx, TAGS_OF, &fixed, &ids).await?;
        let mut of: HashMap<Uuid, Vec<Tag>> = HashMap::new();
        for (product, id, name, color) in rows {
            let Some(color) = TagColor::of_word(&color) else {
                return Err(Error::Corrupt { column: "color", value: color });
            };
            of.entry(product).or_default().push(Tag { id: TagId(id), name, color });
        }
        Ok(of)
    }

    /// A product's row, archived or not.
    pub async fn listed_product(&mut self, id: ProductId) -> Result<Option<ListedProduct>> {
        let mut statement = Statement::new(self.tenant(), self.tx.engine());
        let text = statement.one(id.0);
        let row: Option<Row> = on_engine!(&mut self.tx, |conn| {
            bind_all!(sqlx::query_as(AssertSqlSafe(text)), &statement.bound)
                .fetch_optional(conn)
                .await?
        });
        let Some(row) = row else { return Ok(None) };
        let mut tags = if row.tagged { self.tags_of(&[id.0]).await? } else { HashMap::new() };
        let mut listed = row.listed()?;
        listed.summary.tags = tags.remove(&id.0).unwrap_or_default();
        Ok(Some(listed))
    }
}

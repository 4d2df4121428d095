//! Orders as they are read: pages by key, the newest first, and their sums by day. Never writes.

use crate::{
    error::{Error, Result},
    tenant::TenantTx,
    tx::on_engine,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::{
    AccountId, Marketplace, ProductId,
    order::{Order, OrderDay, OrderQuery},
};
use serde::{Deserialize, Serialize};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

/// Where a list of orders (or sales) stands: those of one moment are told apart by shop and key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromRow)]
pub struct OrderKey {
    #[serde(rename = "t")]
    pub(crate) ordered_at: DateTime<Utc>,
    #[serde(rename = "a")]
    pub(crate) account_id: Uuid,
    #[serde(rename = "k")]
    pub(crate) key: String,
}

impl OrderKey {
    /// As text for a client, who is not to read it.
    pub fn to_text(&self) -> String {
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(self).unwrap_or_default())
    }

    /// Reads what [`Self::to_text`] wrote; `None`: it is no such text.
    pub fn from_text(text: &str) -> Option<Self> {
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()
    }

    /// Before the newest order of a question. A day of any calendar lies within the two around it in UTC, and the index
    /// is by time.
    pub(crate) fn first(query: &OrderQuery) -> Self {
        let day = query.to.and_then(|day| day.checked_add_signed(TimeDelta::days(2)));
        let day = day.filter(|day| *day < LATEST).unwrap_or(LATEST);
        Self { ordered_at: midnight(day), account_id: Uuid::max(), key: String::new() }
    }

    /// Behind the oldest order of a question.
    pub(crate) fn last(query: &OrderQuery) -> Self {
        Self { ordered_at: earliest(query), account_id: Uuid::nil(), key: String::new() }
    }
}

/// Later than every order, and a year of four digits: SQLite compares moments as text.
const LATEST: NaiveDate = match NaiveDate::from_ymd_opt(9999, 1, 1) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

fn midnight(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(chrono::NaiveTime::MIN).and_utc()
}

/// The moment before which no order of the question lies.
pub(crate) fn earliest(query: &OrderQuery) -> DateTime<Utc> {
    let day = query.from.and_then(|day| day.checked_sub_signed(TimeDelta::days(1)));
    day.map(midnight).filter(|at| *at > DateTime::UNIX_EPOCH).unwrap_or(DateTime::UNIX_EPOCH)
}

/// The number of a day, or of one outside of every calendar.
pub(crate) fn number(day: Option<NaiveDate>, otherwise: i64) -> i64 {
    day.map_or(otherwise, |day| day.to_epoch_days().into())
}

/// `$2` to `$10`, as [`filtered`] binds them.
fn filter(query: &OrderQuery) -> String {
    // Named plainly, the index of the product's orders can be used.
    let product = if query.product.is_some() { "o.product_id = $9" } else { "$9 is null" };
    format!(
        "(o.ordered_at, o.account_id, o.key) < ($2, $3, $4) and o.ordered_at >= $5
         and o.day between $6 and $7 and ($8 is null or o.account_id = $8) and {product}
         and ($10 is null or ($10 = 1) = (o.cancelled_at is not null))"
    )
}

const NEWEST_FIRST: &str = "order by o.ordered_at desc, o.account_id desc, o.key desc";

/// The key after `$11` orders.
pub(crate) fn bound(query: &OrderQuery) -> String {
    let filter = filter(query);
    format!(
        "select o.ordered_at, o.account_id, o.key from orders o where o.tenant_id = $1 and {filter} {NEWEST_FIRST} limit 1 offset $11"
    )
}

/// Orders down to a key (`$13` to `$15`) as one text; `$11` and `$12` are the separators, `line` says what of each.
pub(crate) fn packed(query: &OrderQuery, line: &str) -> String {
    let filter = filter(query);
    format!(
        "select string_agg(line, $12 order by ordered_at desc, account_id desc, key desc) from (
           select o.ordered_at, o.account_id, o.key, {line} as line
           from orders o
             join accounts a on a.tenant_id = o.tenant_id and a.id = o.account_id
             left join products p on p.tenant_id = o.tenant_id and p.id = o.product_id
           where o.tenant_id = $1 and {filter} and (o.ordered_at, o.account_id, o.key) >= ($13, $14, $15)) found"
    )
}

/// Binds a tenant, a question, where it stands, and the moment before which nothing is wanted: `$1` to `$10`.
macro_rules! filtered {
    ($found:expr, $tenant:expr, $query:expr, $after:expr, $since:expr) => {
        $found
            .bind($tenant)
            .bind($after.ordered_at)
            .bind($after.account_id)
            .bind($after.key.clone())
            .bind($since)
            .bind($crate::orders_list::number($query.from, i64::MIN))
            .bind($crate::orders_list::number($query.to, i64::MAX))
            .bind($query.account.map(|id| id.0))
            .bind($query.product.map(|id| id.0))
            .bind($query.cancelled.map(i64::from))
    };
}
pub(crate) use filtered;

#[derive(FromRow)]
struct Row {
    account_id: Uuid,
    key: String,
    marketplace: String,
    product_id: Option<Uuid>,
    article: i64,
    seller_article: Option<String>,
    title: Option<String>,
    barcode: Option<String>,
    ordered_at: DateTime<Utc>,
    day: i64,
    cancelled_at: Option<DateTime<Utc>>,
    price_minor: i64,
    currency: String,
    warehouse_name: Option<String>,
    region: Option<String>,
}

impl Row {
    fn key(&self) -> OrderKey {
        let (ordered_at, account_id, key) = (self.ordered_at, self.account_id, self.key.clone());
        OrderKey { ordered_at, account_id, key }
    }

    fn order(self) -> Result<Order> {
        let marketplace: Marketplace = self.marketplace.parse().map_err(|_| Error::Corrupt {
            column: "marketplace",
            value: self.marketplace.clone(),
        })?;
        Ok(Order {
            key: self.key,
            account_id: AccountId(self.account_id),
            marketplace,
            product_id: self.product_id.map(ProductId),
            marketplace_article: self.article.to_string(),
            seller_article: self.seller_article,
            product_name: self.title,
            barcode: self.barcode,
            ordered_at: self.ordered_at,
            day: date(self.day),
            cancelled_at: self.cancelled_at,
            price_minor: self.price_minor,
            currency: self.currency,
            warehouse_name: self.warehouse_name,
            region: self.region,
        })
    }
}

/// The day with a number; one outside of every calendar is the last there is.
pub(crate) fn date(number: i64) -> NaiveDate {
    i32::try_from(number).ok().and_then(NaiveDate::from_epoch_days).unwrap_or(NaiveDate::MAX)
}

#[derive(FromRow)]
struct DayRow {
    day: i64,
    currency: String,
    ordered: i64,
    cancelled: i64,
    revenue_minor: i64,
}

impl TenantTx {
    /// A page of orders, the newest first, and where to read on.
    pub async fn list_orders(
        &mut self,
        query: &OrderQuery,
        after: Option<OrderKey>,
    ) -> Result<(Vec<Order>, Option<OrderKey>)> {
        let tenant = self.tenant();
        let after = after.unwrap_or_else(|| OrderKey::first(query));
        let filter = filter(query);
        let text = format!(
            "select o.account_id, o.key, a.marketplace, o.product_id, o.article, p.seller_article, p.title, o.barcode,
               o.ordered_at, o.day, o.cancelled_at, o.price_minor, o.currency, o.warehouse_name, o.region
             from orders o
               join accounts a on a.tenant_id = o.tenant_id and a.id = o.account_id
               left join products p on p.tenant_id = o.tenant_id and p.id = o.product_id
             where o.tenant_id = $1 and {filter} {NEWEST_FIRST} limit $11"
        );
        let mut rows: Vec<Row> = on_engine!(&mut self.tx, |conn| {
            let found = sqlx::query_as(AssertSqlSafe(text));
            // One more than asked for: whether it goes on.
            filtered!(found, tenant, query, after, earliest(query))
                .bind(i64::from(query.limit) + 1)
                .fetch_all(conn)
                .await?
        });
        let more = rows.len() > query.limit as usize;
        rows.truncate(query.limit as usize);
        let next = if more { rows.last().map(Row::key) } else { None };
        Ok((rows.into_iter().map(Row::order).collect::<Result<_>>()?, next))
    }

    /// What the orders of a question add up to, day by day and currency by currency, the newest day first.
    pub async fn order_days(&mut self, query: &OrderQuery) -> Result<Vec<OrderDay>> {
        let tenant = self.tenant();
        let after = OrderKey::first(query);
        let filter = filter(query);
        let text = format!(
            "select o.day, o.currency, count(*) - count(o.cancelled_at) as ordered, count(o.cancelled_at) as cancelled,
               cast(sum(case when o.cancelled_at is null then o.price_minor else 0 end) as bigint) as revenue_minor
             from orders o where o.tenant_id = $1 and {filter} group by o.day, o.currency order by o.day desc, o.currency"
        );
        let rows: Vec<DayRow> = on_engine!(&mut self.tx, |conn| {
            let found = sqlx::query_as(AssertSqlSafe(text));
            filtered!(found, tenant, query, after, earliest(query)).fetch_all(conn).await?
        });
        Ok(rows
            .into_iter()
            .map(|row| OrderDay {
                day: date(row.day),
                ordered: row.ordered,
                cancelled: row.cancelled,
                revenue_minor: row.revenue_minor,
                currency: row.currency,
            })
            .collect())
    }
}

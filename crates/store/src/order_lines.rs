//! Lines of orders as they are stored, for a marketplace that tells neither when an order changed nor that a line of
//! it went to another one, and that names what was ordered by its size alone.

use crate::{
    engine::bulk::{self, Fixed, Rows},
    error::{Error, Result},
    products_detail::source,
    tenant::TenantTx,
    tx::on_engine,
};
use chrono::{DateTime, Utc};
use domain::{AccountId, observed::ObservedOrder};
use sqlx::FromRow;
use std::collections::HashSet;
use uuid::Uuid;

#[derive(FromRow)]
struct LineRow {
    key: String,
    article: i64,
    barcode: Option<String>,
    ordered_at: DateTime<Utc>,
    changed_at: DateTime<Utc>,
    cancelled_at: Option<DateTime<Utc>>,
    quantity: i64,
    price_minor: i64,
    currency: String,
    source: Option<String>,
    warehouse_name: Option<String>,
    region: Option<String>,
}

/// Keys of one order begin alike; the table's key is in the order of bytes, so they lie side by side.
const LINES: &str = "with {rows}
 select o.key, o.article, o.barcode, o.ordered_at, o.changed_at, o.cancelled_at, o.quantity, o.price_minor, o.currency,
   o.source, o.warehouse_name, o.region
 from v {each orders o: o.tenant_id = $1 and o.account_id = $2 and o.key >= v.first and o.key < v.past}";

const SALES: &str = "with {rows}
 select s.key from v {each sales s: s.tenant_id = $1 and s.account_id = $2 and s.key = v.key}";

const ADOPT_ORDERS: &str =
    "update orders set product_id = (select f.product_id from offers f where f.tenant_id = $1
      and f.account_id = $2 and f.number = orders.article)
     where tenant_id = $1 and account_id = $2 and product_id is null
       and article in (select f.number from offers f where f.tenant_id = $1 and f.account_id = $2)
     returning product_id, day";

const ADOPT_SALES: &str =
    "update sales set product_id = (select f.product_id from offers f where f.tenant_id = $1
      and f.account_id = $2 and f.number = sales.article)
     where tenant_id = $1 and account_id = $2 and product_id is null
       and article in (select f.number from offers f where f.tenant_id = $1 and f.account_id = $2)
     returning product_id, day";

impl TenantTx {
    /// Gives orders and sales whose size was not known the card of it, once it is. Their `article` is the size's
    /// number. Returns how many.
    pub async fn adopt_by_offer(&mut self, account: AccountId) -> Result<u64> {
        let tenant = self.tenant();
        let orders: Vec<(Option<Uuid>, i64)> = on_engine!(&mut self.tx, |conn| {
            sqlx::query_as(ADOPT_ORDERS).bind(tenant).bind(account.0).fetch_all(conn).await?
        });
        self.roll_up(&orders).await?;
        let sales: Vec<(Option<Uuid>, i64)> = on_engine!(&mut self.tx, |conn| {
            sqlx::query_as(ADOPT_SALES).bind(tenant).bind(account.0).fetch_all(conn).await?
        });
        self.roll_up_sales(&sales).await?;
        Ok((orders.len() + sales.len()) as u64)
    }

    /// The lines of some orders, whose keys are the order's number, a stroke and the line.
    pub async fn order_lines<'n>(
        &mut self,
        account: AccountId,
        numbers: impl ExactSizeIterator<Item = &'n str> + Clone,
    ) -> Result<Vec<ObservedOrder>> {
        let fixed = [Fixed::Id(self.tenant()), Fixed::Id(account.0)];
        // Behind the stroke comes the nought.
        let bounds: Vec<[String; 2]> =
            numbers.map(|number| [format!("{number}/"), format!("{number}0")]).collect();
        let rows = Rows::new(bounds.len())
            .text("first", bounds.iter().map(|[first, _]| first.as_str()))
            .text("past", bounds.iter().map(|[_, past]| past.as_str()));
        let found: Vec<LineRow> = bulk::fetch(&mut self.tx, LINES, &fixed, &rows).await?;
        found.into_iter().map(TryInto::try_into).collect()
    }

    /// How many lines of orders between two moments are stored, those aside that went over to another order.
    pub async fn order_lines_between(
        &mut self,
        account: AccountId,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<i64> {
        let tenant = self.tenant();
        Ok(on_engine!(&mut self.tx, |conn| {
            sqlx::query_scalar(
                "select count(*) from orders where tenant_id = $1 and account_id = $2
                   and ordered_at >= $3 and ordered_at < $4 and quantity > 0",
            )
            .bind(tenant)
            .bind(account.0)
            .bind(from)
            .bind(until)
            .fetch_one(conn)
            .await?
        }))
    }

    /// How many returns between two moments are stored, by when they last changed.
    pub async fn returns_between(
        &mut self,
        account: AccountId,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<i64> {
        let tenant = self.tenant();
        Ok(on_engine!(&mut self.tx, |conn| {
            sqlx::query_scalar(
                "select count(*) from sales where tenant_id = $1 and account_id = $2
                   and changed_at >= $3 and changed_at < $4 and kind = 'return'",
            )
            .bind(tenant)
            .bind(account.0)
            .bind(from)
            .bind(until)
            .fetch_one(conn)
            .await?
        }))
    }

    /// Which of these sales are stored.
    pub async fn known_sales<'k>(
        &mut self,
        account: AccountId,
        keys: impl ExactSizeIterator<Item = &'k str> + Clone,
    ) -> Result<HashSet<String>> {
        let fixed = [Fixed::Id(self.tenant()), Fixed::Id(account.0)];
        let rows = Rows::new(keys.len()).text("key", keys);
        let found: Vec<(String,)> = bulk::fetch(&mut self.tx, SALES, &fixed, &rows).await?;
        Ok(found.into_iter().map(|(key,)| key).collect())
    }
}

impl TryFrom<LineRow> for ObservedOrder {
    type Error = Error;

    fn try_from(row: LineRow) -> Result<Self> {
        let source = row.source.as_deref().map(source).transpose()?;
        Ok(Self {
            key: row.key,
            article: row.article,
            barcode: row.barcode,
            ordered_at: row.ordered_at,
            changed_at: row.changed_at,
            cancelled_at: row.cancelled_at,
            quantity: row.quantity,
            price_minor: row.price_minor,
            currency: row.currency,
            source,
            warehouse_name: row.warehouse_name,
            region: row.region,
        })
    }
}

//! Orders, a row a line, and the daily sums of those that a write touched. Never a sum of its own making:
//! what `daily_sales` says is always what `orders` says.

use crate::{
    engine::bulk::{self, Fixed, Rows},
    error::Result,
    tenant::TenantTx,
    tx::on_engine,
};
use domain::{AccountId, ProductId, observed::ObservedOrder, product::StockSource};
use std::collections::HashSet;
use uuid::Uuid;

/// An order with what only we know of it.
#[derive(Clone, Copy, Debug)]
pub struct NewOrder<'a> {
    /// What was seen.
    pub observed: &'a ObservedOrder,
    /// Its card, when we know it.
    pub product: Option<ProductId>,
    /// The day of the marketplace's calendar on which it was ordered, days since 1970-01-01.
    pub day: i64,
}

/// A later change of a known order wins; its day and card stay, an unknown card is filled in.
const UPSERT: &str = "with {rows}
 insert into orders (tenant_id, account_id, key, product_id, article, barcode, ordered_at, day, changed_at,
   cancelled_at, quantity, price_minor, currency, source, warehouse_name, region)
 select $1, $2, v.key, v.product_id, v.article, v.barcode, v.ordered_at, v.day, v.changed_at, v.cancelled_at,
   v.quantity, v.price_minor, v.currency, v.source, v.warehouse_name, v.region
 from v where true
 on conflict (tenant_id, account_id, key) do update set
   product_id = coalesce(orders.product_id, excluded.product_id),
   barcode = excluded.barcode, changed_at = excluded.changed_at, cancelled_at = excluded.cancelled_at,
   quantity = excluded.quantity, price_minor = excluded.price_minor, currency = excluded.currency,
   source = excluded.source, warehouse_name = excluded.warehouse_name, region = excluded.region
 where excluded.changed_at > orders.changed_at
 returning product_id, day";

const ADOPT: &str =
    "update orders set product_id = (select p.id from products p where p.tenant_id = $1
      and p.account_id = $2 and p.article = orders.article)
     where tenant_id = $1 and account_id = $2 and product_id is null
       and article in (select p.article from products p where p.tenant_id = $1 and p.account_id = $2)
     returning product_id, day";

const ROLL_UP: &str = "with {rows}
 insert into daily_sales (tenant_id, product_id, day, ordered, cancelled, revenue_minor)
 select $1, v.product_id, v.day,
   cast(sum(case when o.cancelled_at is null then o.quantity else 0 end) as bigint),
   cast(sum(case when o.cancelled_at is null then 0 else o.quantity end) as bigint),
   cast(sum(case when o.cancelled_at is null then o.quantity * o.price_minor else 0 end) as bigint)
 from v {each orders o: o.tenant_id = $1 and o.product_id = v.product_id and o.day = v.day}
 group by v.product_id, v.day
 on conflict (tenant_id, product_id, day) do update set
   ordered = excluded.ordered, cancelled = excluded.cancelled, revenue_minor = excluded.revenue_minor";

impl TenantTx {
    /// Writes orders and the daily sums that they touch; returns how many were new or changed. Keys must not
    /// repeat within one call.
    pub async fn upsert_orders(
        &mut self,
        account: AccountId,
        orders: &[NewOrder<'_>],
    ) -> Result<u64> {
        let fixed = [Fixed::Id(self.tenant()), Fixed::Id(account.0)];
        let rows = Rows::new(orders.len())
            .text("key", orders.iter().map(|o| o.observed.key.as_str()))
            .maybe_id("product_id", orders.iter().map(|o| o.product.map(|id| id.0)))
            .number("article", orders.iter().map(|o| o.observed.article))
            .maybe_text("barcode", orders.iter().map(|o| o.observed.barcode.as_deref()))
            .moment("ordered_at", orders.iter().map(|o| o.observed.ordered_at))
            .number("day", orders.iter().map(|o| o.day))
            .moment("changed_at", orders.iter().map(|o| o.observed.changed_at))
            .maybe_moment("cancelled_at", orders.iter().map(|o| o.observed.cancelled_at))
            .number("quantity", orders.iter().map(|o| o.observed.quantity))
            .number("price_minor", orders.iter().map(|o| o.observed.price_minor))
            .text("currency", orders.iter().map(|o| o.observed.currency.as_str()))
            .maybe_text("source", orders.iter().map(|o| o.observed.source.map(StockSource::as_str)))
            .maybe_text(
                "warehouse_name",
                orders.iter().map(|o| o.observed.warehouse_name.as_deref()),
            )
            .maybe_text("region", orders.iter().map(|o| o.observed.region.as_deref()));
        let touched: Vec<(Option<Uuid>, i64)> =
            bulk::fetch(&mut self.tx, UPSERT, &fixed, &rows).await?;
        self.roll_up(&touched).await?;
        Ok(touched.len() as u64)
    }

    /// Gives orders whose card was not known the card, once it is. Returns how many.
    pub async fn adopt_orders(&mut self, account: AccountId) -> Result<u64> {
        let tenant = self.tenant();
        let touched: Vec<(Option<Uuid>, i64)> = on_engine!(&mut self.tx, |conn| {
            sqlx::query_as(ADOPT).bind(tenant).bind(account.0).fetch_all(conn).await?
        });
        self.roll_up(&touched).await?;
        Ok(touched.len() as u64)
    }

    pub(crate) async fn roll_up(&mut self, touched: &[(Option<Uuid>, i64)]) -> Result<()> {
        let days = self.roll_up_by(ROLL_UP, touched).await?;
        self.touch(days.iter().map(|(product, _)| *product));
        Ok(())
    }

    /// Adds up the days of products that rows lie on by a statement over them, and hands them back, each once. Rows of
    /// an unknown card have none.
    pub(crate) async fn roll_up_by(
        &mut self,
        statement: &'static str,
        touched: &[(Option<Uuid>, i64)],
    ) -> Result<Vec<(Uuid, i64)>> {
        let days: HashSet<(Uuid, i64)> =
            touched.iter().filter_map(|(product, day)| Some(((*product)?, *day))).collect();
        // In the order of the key: neighbours lie on the same page.
        let mut days: Vec<(Uuid, i64)> = days.into_iter().collect();
        days.sort_unstable();
        let rows = Rows::new(days.len())
            .id("product_id", days.iter().map(|(product, _)| *product))
            .number("day", days.iter().map(|(_, day)| *day));
        let fixed = [Fixed::Id(self.tenant())];
        bulk::execute(&mut self.tx, statement, &fixed, &rows).await?;
        Ok(days)
    }
}

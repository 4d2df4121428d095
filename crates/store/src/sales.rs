//! Sales and returns, a row each, and the daily sums of those that a write touched. Never a sum of its own making:
//! what `daily_sales` says of them is always what `sales` says.

use crate::{
    engine::bulk::{self, Fixed, Rows},
    error::Result,
    tenant::TenantTx,
    tx::on_engine,
};
use chrono::{DateTime, Utc};
use domain::{AccountId, ProductId, observed::ObservedSale};
use uuid::Uuid;

/// A sale or return with what only we know of it.
#[derive(Clone, Copy, Debug)]
pub struct NewSale<'a> {
    /// What was seen.
    pub observed: &'a ObservedSale,
    /// Its card, when we know it.
    pub product: Option<ProductId>,
    /// The day of the marketplace's calendar on which it happened, days since 1970-01-01.
    pub day: i64,
}

/// A later change wins, and so does an amount that was not told before or is told anew: marketplaces fill amounts in
/// without touching the date of the change. What is not told takes nothing away; the day and the card stay.
const UPSERT: &str = "with {rows}
 insert into sales (tenant_id, account_id, key, kind, order_key, product_id, article, offer_number, barcode,
   happened_at, day, changed_at, quantity, price_minor, payout_minor, currency, warehouse_name, region)
 select $1, $2, v.key, v.kind, v.order_key, v.product_id, v.article, v.offer_number, v.barcode, v.happened_at,
   v.day, v.changed_at, v.quantity, v.price_minor, v.payout_minor, v.currency, v.warehouse_name, v.region
 from v where true
 on conflict (tenant_id, account_id, key) do update set
   product_id = coalesce(sales.product_id, excluded.product_id),
   kind = excluded.kind, order_key = excluded.order_key, offer_number = excluded.offer_number,
   barcode = excluded.barcode, changed_at = excluded.changed_at, quantity = excluded.quantity,
   price_minor = coalesce(excluded.price_minor, sales.price_minor),
   payout_minor = coalesce(excluded.payout_minor, sales.payout_minor),
   currency = excluded.currency, warehouse_name = excluded.warehouse_name, region = excluded.region
 where excluded.changed_at > sales.changed_at
   or (excluded.changed_at = sales.changed_at
     and (coalesce(excluded.price_minor, sales.price_minor) is distinct from sales.price_minor
       or coalesce(excluded.payout_minor, sales.payout_minor) is distinct from sales.payout_minor))
 returning product_id, day";

const ADOPT: &str =
    "update sales set product_id = (select p.id from products p where p.tenant_id = $1
      and p.account_id = $2 and p.article = sales.article)
     where tenant_id = $1 and account_id = $2 and product_id is null
       and article in (select p.article from products p where p.tenant_id = $1 and p.account_id = $2)
     returning product_id, day";

const ROLL_UP: &str = "with {rows}
 insert into daily_sales (tenant_id, product_id, day, ordered, cancelled, revenue_minor, sold, returned, sold_minor,
   returned_minor)
 select $1, v.product_id, v.day, 0, 0, 0,
   cast(sum(case when s.kind = 'sale' then s.quantity else 0 end) as bigint),
   cast(sum(case when s.kind = 'return' then s.quantity else 0 end) as bigint),
   cast(sum(case when s.kind = 'sale' then s.quantity * coalesce(s.price_minor, 0) else 0 end) as bigint),
   cast(sum(case when s.kind = 'return' then s.quantity * coalesce(s.price_minor, 0) else 0 end) as bigint)
 from v {each sales s: s.tenant_id = $1 and s.product_id = v.product_id and s.day = v.day}
 group by v.product_id, v.day
 on conflict (tenant_id, product_id, day) do update set
   sold = excluded.sold, returned = excluded.returned, sold_minor = excluded.sold_minor,
   returned_minor = excluded.returned_minor";

impl TenantTx {
    /// Writes sales and returns and the daily sums that they touch; returns how many were new or changed. Keys must
    /// not repeat within one call.
    pub async fn upsert_sales(&mut self, account: AccountId, sales: &[NewSale<'_>]) -> Result<u64> {
        let fixed = [Fixed::Id(self.tenant()), Fixed::Id(account.0)];
        let rows = Rows::new(sales.len())
            .text("key", sales.iter().map(|s| s.observed.key.as_str()))
            .text("kind", sales.iter().map(|s| s.observed.kind.as_str()))
            .maybe_text("order_key", sales.iter().map(|s| s.observed.order_key.as_deref()))
            .maybe_id("product_id", sales.iter().map(|s| s.product.map(|id| id.0)))
            .number("article", sales.iter().map(|s| s.observed.article))
            .maybe_number("offer_number", sales.iter().map(|s| s.observed.offer))
            .maybe_text("barcode", sales.iter().map(|s| s.observed.barcode.as_deref()))
            .moment("happened_at", sales.iter().map(|s| s.observed.happened_at))
            .number("day", sales.iter().map(|s| s.day))
            .moment("changed_at", sales.iter().map(|s| s.observed.changed_at))
            .number("quantity", sales.iter().map(|s| s.observed.quantity))
            .maybe_number("price_minor", sales.iter().map(|s| s.observed.price_minor))
            .maybe_number("payout_minor", sales.iter().map(|s| s.observed.payout_minor))
            .text("currency", sales.iter().map(|s| s.observed.currency.as_str()))
            .maybe_text(
                "warehouse_name",
                sales.iter().map(|s| s.observed.warehouse_name.as_deref()),
            )
            .maybe_text("region", sales.iter().map(|s| s.observed.region.as_deref()));
        let touched: Vec<(Option<Uuid>, i64)> =
            bulk::fetch(&mut self.tx, UPSERT, &fixed, &rows).await?;
        self.roll_up_sales(&touched).await?;
        Ok(touched.len() as u64)
    }

    /// Gives sales whose card was not known the card, once it is. Returns how many.
    pub async fn adopt_sales(&mut self, account: AccountId) -> Result<u64> {
        let tenant = self.tenant();
        let touched: Vec<(Option<Uuid>, i64)> = on_engine!(&mut self.tx, |conn| {
            sqlx::query_as(ADOPT).bind(tenant).bind(account.0).fetch_all(conn).await?
        });
        self.roll_up_sales(&touched).await?;
        Ok(touched.len() as u64)
    }

    /// The earliest change, not before a moment, of a sale that lacks an amount; `None`: all amounts are told.
    pub async fn untold_since(
        &mut self,
        account: AccountId,
        from: DateTime<Utc>,
    ) -> Result<Option<DateTime<Utc>>> {
        let tenant = self.tenant();
        Ok(on_engine!(&mut self.tx, |conn| {
            sqlx::query_scalar(
                "select changed_at from sales
                 where tenant_id = $1 and account_id = $2 and changed_at >= $3
                   and (price_minor is null or payout_minor is null)
                 order by changed_at limit 1",
            )
            .bind(tenant)
            .bind(account.0)
            .bind(from)
            .fetch_optional(conn)
            .await?
        }))
    }

    pub(crate) async fn roll_up_sales(&mut self, touched: &[(Option<Uuid>, i64)]) -> Result<()> {
        self.roll_up_by(ROLL_UP, touched).await?;
        Ok(())
    }
}

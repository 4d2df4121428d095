//! Units ordered from one side's warehouses, for figures that count those alone.

use crate::{error::Result, tenant::TenantTx, tx::on_engine};
use chrono::{DateTime, Utc};
use domain::{ProductId, product::StockSource};
use sqlx::FromRow;

/// Units of a product from one side's warehouses, on some days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRow)]
pub struct SourceUnits {
    /// Not cancelled.
    pub kept: i64,
    /// Cancelled since a moment.
    pub lately_cancelled: i64,
}

impl TenantTx {
    /// Units of a product that were ordered on some days from these warehouses; `lately`: since when a cancellation is
    /// counted apart.
    pub async fn units_from(
        &mut self,
        product: ProductId,
        source: StockSource,
        days: [i64; 2],
        lately: DateTime<Utc>,
    ) -> Result<SourceUnits> {
        let tenant = self.tenant();
        let [first, last] = days;
        Ok(on_engine!(&mut self.tx, |conn| {
            sqlx::query_as(
                "select cast(coalesce(sum(case when cancelled_at is null then quantity else 0 end), 0) as bigint) as kept,
                   cast(coalesce(sum(case when cancelled_at >= $6 then quantity else 0 end), 0) as bigint)
                     as lately_cancelled
                 from orders
                 where tenant_id = $1 and product_id = $2 and day between $3 and $4 and source = $5",
            )
            .bind(tenant)
            .bind(product.0)
            .bind(first)
            .bind(last)
            .bind(source.as_str())
            .bind(lately)
            .fetch_one(conn)
            .await?
        }))
    }
}

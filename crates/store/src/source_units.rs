//! Units ordered from one side's warehouses, for figures that count those alone.

use crate::{error::Result, tenant::TenantTx, tx::on_engine};
use domain::{ProductId, product::StockSource};

impl TenantTx {
    /// Units of a product that were ordered on some days and are not cancelled, from these warehouses.
    pub async fn units_from(
        &mut self,
        product: ProductId,
        source: StockSource,
        first_day: i64,
        last_day: i64,
    ) -> Result<i64> {
        let tenant = self.tenant();
        Ok(on_engine!(&mut self.tx, |conn| {
            sqlx::query_scalar(
                "select cast(coalesce(sum(quantity), 0) as bigint) from orders
                 where tenant_id = $1 and product_id = $2 and day between $3 and $4 and cancelled_at is null
                   and source = $5",
            )
            .bind(tenant)
            .bind(product.0)
            .bind(first_day)
            .bind(last_day)
            .bind(source.as_str())
            .fetch_one(conn)
            .await?
        }))
    }
}

//! The sums of each account's listed products, counted once when they have changed. Whoever changes products says
//! that the sums are old; a list believes them only while those of every account are new.

use crate::{error::Result, tenant::TenantTx, tx::on_engine};
use chrono::{DateTime, Utc};
use domain::AccountId;

impl TenantTx {
    /// From now on nobody believes an account's sums.
    pub(crate) async fn forget_totals(&mut self, account: AccountId) -> Result<()> {
        let tenant = self.tenant();
        on_engine!(&mut self.tx, |conn| sqlx::query(
            "update catalogue_totals set counted_at = null
             where tenant_id = $1 and account_id = $2 and counted_at is not null"
        )
        .bind(tenant)
        .bind(account.0)
        .execute(conn)
        .await
        .map(drop)?);
        Ok(())
    }

    /// Counts an account's listed products and adds up their measures, if they have changed: at the end of whatever may
    /// have changed them.
    pub async fn count_totals(&mut self, account: AccountId, now: DateTime<Utc>) -> Result<()> {
        let tenant = self.tenant();
        let counted: Option<i64> = on_engine!(&mut self.tx, |conn| sqlx::query_scalar(
            "select products from catalogue_totals
             where tenant_id = $1 and account_id = $2 and counted_at is not null"
        )
        .bind(tenant)
        .bind(account.0)
        .fetch_optional(conn)
        .await?);
        if counted.is_some() {
            return Ok(());
        }
        on_engine!(&mut self.tx, |conn| {
            sqlx::query(
                "insert into catalogue_totals (tenant_id, account_id, counted_at, products, total_stock,
                   in_way_to_client, in_way_from_client, orders_7, orders_28)
                 select $1, $2, $3, count(*), cast(sum(total_stock) as bigint), cast(sum(in_way_to_client) as bigint),
                   cast(sum(in_way_from_client) as bigint), cast(sum(orders_7) as bigint),
                   cast(sum(orders_28) as bigint)
                 from products where tenant_id = $1 and account_id = $2 and archived_at is null
                 on conflict (tenant_id, account_id) do update set
                   counted_at = excluded.counted_at, products = excluded.products,
                   total_stock = excluded.total_stock, in_way_to_client = excluded.in_way_to_client,
                   in_way_from_client = excluded.in_way_from_client, orders_7 = excluded.orders_7,
                   orders_28 = excluded.orders_28",
            )
            .bind(tenant)
            .bind(account.0)
            .bind(now)
            .execute(conn)
            .await
            .map(drop)?;
        });
        Ok(())
    }
}

//! Plans. Every company has one row.

use crate::{error::Result, system::SystemTx, tx::on_engine};
use chrono::{DateTime, Utc};
use domain::TenantId;

impl SystemTx {
    /// The free plan of a new company.
    pub(crate) async fn add_subscription(
        &mut self,
        tenant: TenantId,
        now: DateTime<Utc>,
    ) -> Result<()> {
        on_engine!(&mut self.tx, |conn| sqlx::query(
            "insert into subscriptions (tenant_id, plan, created_at) values ($1, 'free', $2)"
        )
        .bind(tenant.0)
        .bind(now)
        .execute(conn)
        .await
        .map(drop)?);
        Ok(())
    }

    /// The plan's word; `None`: there is no such company.
    pub async fn plan(&mut self, tenant: TenantId) -> Result<Option<String>> {
        Ok(on_engine!(&mut self.tx, |conn| sqlx::query_scalar(
            "select plan from subscriptions where tenant_id = $1"
        )
        .bind(tenant.0)
        .fetch_optional(conn)
        .await?))
    }
}

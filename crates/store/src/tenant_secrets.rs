//! A company's own keys (Google Sheets), encrypted before they come here.

use crate::{error::Result, tenant::TenantTx, tx::on_engine};
use chrono::{DateTime, Utc};

impl TenantTx {
    /// Stores a sealed key, replacing the one that was there.
    pub async fn put_tenant_secret(
        &mut self,
        field: &str,
        ciphertext: &str,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let tenant = self.tenant();
        on_engine!(&mut self.tx, |conn| sqlx::query(
            "insert into tenant_secrets (tenant_id, field, ciphertext, updated_at)
             values ($1, $2, $3, $4)
             on conflict (tenant_id, field)
             do update set ciphertext = excluded.ciphertext, updated_at = excluded.updated_at"
        )
        .bind(tenant)
        .bind(field)
        .bind(ciphertext)
        .bind(now)
        .execute(conn)
        .await
        .map(drop)?);
        Ok(())
    }

    /// Forgets a key; false when there was none.
    pub async fn remove_tenant_secret(&mut self, field: &str) -> Result<bool> {
        let tenant = self.tenant();
        let done = on_engine!(&mut self.tx, |conn| sqlx::query(
            "delete from tenant_secrets where tenant_id = $1 and field = $2"
        )
        .bind(tenant)
        .bind(field)
        .execute(conn)
        .await?
        .rows_affected());
        Ok(done == 1)
    }

    /// A sealed key of the company.
    pub async fn tenant_secret(&mut self, field: &str) -> Result<Option<String>> {
        let tenant = self.tenant();
        Ok(on_engine!(&mut self.tx, |conn| sqlx::query_scalar(
            "select ciphertext from tenant_secrets where tenant_id = $1 and field = $2"
        )
        .bind(tenant)
        .bind(field)
        .fetch_optional(conn)
        .await?))
    }
}

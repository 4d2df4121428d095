//! A shop's keys, encrypted before they come here.

use crate::{error::Result, tenant::TenantTx, tx::on_engine};
use chrono::{DateTime, Utc};
use domain::AccountId;

impl TenantTx {
    /// Stores a sealed key, replacing the one that was there.
    pub async fn put_account_secret(
        &mut self,
        account: AccountId,
        field: &str,
        ciphertext: &str,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let tenant = self.tenant();
        on_engine!(&mut self.tx, |conn| sqlx::query(
            "insert into account_secrets (tenant_id, account_id, field, ciphertext, updated_at)
             values ($1, $2, $3, $4, $5)
             on conflict (tenant_id, account_id, field)
             do update set ciphertext = excluded.ciphertext, updated_at = excluded.updated_at"
        )
        .bind(tenant)
        .bind(account.0)
        .bind(field)
        .bind(ciphertext)
        .bind(now)
        .execute(conn)
        .await
        .map(drop)?);
        Ok(())
    }

    /// Forgets a key; false when there was none.
    pub async fn remove_account_secret(&mut self, account: AccountId, field: &str) -> Result<bool> {
        let tenant = self.tenant();
        let done = on_engine!(&mut self.tx, |conn| {
            sqlx::query(
            "delete from account_secrets where tenant_id = $1 and account_id = $2 and field = $3"
        )
        .bind(tenant)
        .bind(account.0)
        .bind(field)
        .execute(conn)
        .await?
        .rows_affected()
        });
        Ok(done == 1)
    }

    /// A shop's sealed key.
    pub async fn account_secret(
        &mut self,
        account: AccountId,
        field: &str,
    ) -> Result<Option<String>> {
        let tenant = self.tenant();
        Ok(on_engine!(&mut self.tx, |conn| sqlx::query_scalar(
            "select ciphertext from account_secrets
             where tenant_id = $1 and account_id = $2 and field = $3"
        )
        .bind(tenant)
        .bind(account.0)
        .bind(field)
        .fetch_optional(conn)
        .await?))
    }
}

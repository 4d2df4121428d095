//! When an account may next call a group of a marketplace's methods. An answer can forbid it for hours, so it
//! is kept here and not in a worker's memory.

use crate::{error::Result, tenant::TenantTx, tx::on_engine};
use chrono::{DateTime, Utc};
use domain::AccountId;
use std::collections::HashMap;

impl TenantTx {
    /// The next allowed moment of each group of methods that has one.
    pub async fn pacing(&mut self, account: AccountId) -> Result<HashMap<String, DateTime<Utc>>> {
        let tenant = self.tenant();
        let rows: Vec<(String, DateTime<Utc>)> = on_engine!(&mut self.tx, |conn| {
            sqlx::query_as(
            "select method_group, next_allowed_at from pacing where tenant_id = $1 and account_id = $2"
        )
        .bind(tenant)
        .bind(account.0)
        .fetch_all(conn)
        .await?
        });
        Ok(rows.into_iter().collect())
    }

    /// Sets when a group may next be called. A moment never moves back: two workers may both have asked.
    pub async fn set_pacing(
        &mut self,
        account: AccountId,
        method_group: &str,
        next_allowed_at: DateTime<Utc>,
    ) -> Result<()> {
        let tenant = self.tenant();
        on_engine!(&mut self.tx, |conn| {
            sqlx::query(
            "insert into pacing (tenant_id, account_id, method_group, next_allowed_at) values ($1, $2, $3, $4)
             on conflict (tenant_id, account_id, method_group) do update
               set next_allowed_at = excluded.next_allowed_at
             where excluded.next_allowed_at > pacing.next_allowed_at"
        )
        .bind(tenant)
        .bind(account.0)
        .bind(method_group)
        .bind(next_allowed_at)
        .execute(conn).await?;
        });
        Ok(())
    }
}

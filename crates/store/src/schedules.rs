//! When a kind of a shop's data is to be read next. Whoever looks first makes the run; how often each kind is due is
//! decided elsewhere.

use crate::{
    caller::{Actor, Caller},
    engine::Store,
    error::Result,
    subscriptions::in_force,
    system::Reason,
    tenant::TenantTx,
    tx::on_engine,
};
use chrono::{DateTime, Utc};
use domain::{AccountId, SyncRunId, TenantId};
use uuid::Uuid;

/// A shop of which something is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueShop {
    tenant: TenantId,
    account: AccountId,
    /// Since when.
    pub due_at: DateTime<Utc>,
}

impl DueShop {
    /// The shop.
    pub fn account(&self) -> AccountId {
        self.account
    }

    /// Whose it is.
    pub fn tenant(&self) -> TenantId {
        self.tenant
    }
}

impl Store {
    /// Shops of which something is due, the longest overdue first.
    pub async fn due_shops(&self, now: DateTime<Utc>, limit: u32) -> Result<Vec<DueShop>> {
        let mut tx = self.system_read(Reason::WorkerPickUp).await?;
        let rows: Vec<(Uuid, Uuid, DateTime<Utc>)> = on_engine!(&mut tx.tx, |conn| {
            sqlx::query_as(
                "select tenant_id, account_id, min(due_at) from
                   (select tenant_id, account_id, due_at from schedules
                    where due_at <= $1 order by due_at limit $2) as due
                 group by tenant_id, account_id order by 3",
            )
            .bind(now)
            .bind(i64::from(limit))
            .fetch_all(conn)
            .await?
        });
        let due = |(tenant, account, due_at)| DueShop {
            tenant: TenantId(tenant),
            account: AccountId(account),
            due_at,
        };
        Ok(rows.into_iter().map(due).collect())
    }

    /// Who makes the run of a shop that is due; `None`: the company is gone or suspended, and its shops are due no more
    /// until somebody asks.
    pub async fn caller_for_due(&self, due: &DueShop, run: SyncRunId) -> Result<Option<Caller>> {
        let mut tx = self.system_read(Reason::WorkerPickUp).await?;
        let row: Option<(String, Option<DateTime<Utc>>)> = on_engine!(&mut tx.tx, |conn| {
            sqlx::query_as(
                "select b.plan, t.demo_until from tenants t join subscriptions b on b.tenant_id = t.id
                 where t.id = $1 and t.is_active"
            )
            .bind(due.tenant.0)
            .fetch_optional(conn)
            .await?
        });
        row.map(|(plan, demo_until)| {
            let plan = in_force(&plan, demo_until)?;
            let (tenant, actor) = (due.tenant, Actor::Job { run });
            Ok(Caller { tenant, actor, plan, operates: false })
        })
        .transpose()
    }

    /// Puts a shop off whose company can't have it read now.
    pub async fn put_off(&self, due: &DueShop, until: DateTime<Utc>) -> Result<()> {
        let mut tx = self.system_write(Reason::WorkerPickUp).await?;
        on_engine!(&mut tx.tx, |conn| {
            sqlx::query(
            "update schedules set due_at = $3 where tenant_id = $1 and account_id = $2 and due_at < $3"
        )
        .bind(due.tenant.0)
        .bind(due.account.0)
        .bind(until)
        .execute(conn)
        .await?;
        });
        tx.commit().await
    }
}

impl TenantTx {
    /// What of a shop is due when, the soonest first.
    pub async fn schedule(&mut self, account: AccountId) -> Result<Vec<(String, DateTime<Utc>)>> {
        let tenant = self.tenant();
        Ok(on_engine!(&mut self.tx, |conn| sqlx::query_as(
            "select kind, due_at from schedules where tenant_id = $1 and account_id = $2
             order by due_at, kind"
        )
        .bind(tenant)
        .bind(account.0)
        .fetch_all(conn)
        .await?))
    }

    /// Sets when a kind is due.
    pub async fn set_due(
        &mut self,
        account: AccountId,
        kind: &str,
        due_at: DateTime<Utc>,
    ) -> Result<()> {
        let tenant = self.tenant();
        on_engine!(&mut self.tx, |conn| sqlx::query(
            "insert into schedules (tenant_id, account_id, kind, due_at) values ($1, $2, $3, $4)
             on conflict (tenant_id, account_id, kind) do update set due_at = excluded.due_at"
        )
        .bind(tenant)
        .bind(account.0)
        .bind(kind)
        .bind(due_at)
        .execute(conn)
        .await
        .map(drop)?);
        Ok(())
    }

    /// Forgets what of a shop is due until a moment.
    pub async fn clear_due(&mut self, account: AccountId, until: DateTime<Utc>) -> Result<()> {
        let tenant = self.tenant();
        on_engine!(&mut self.tx, |conn| sqlx::query(
            "delete from schedules where tenant_id = $1 and account_id = $2 and due_at <= $3"
        )
        .bind(tenant)
        .bind(account.0)
        .bind(until)
        .execute(conn)
        .await
        .map(drop)?);
        Ok(())
    }
}

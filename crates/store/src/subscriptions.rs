//! Plans. Every company has one row.

use crate::{
    error::{Error, Result},
    system::SystemTx,
    tenant::TenantTx,
    tx::on_engine,
};
use chrono::{DateTime, Utc};
use domain::{Plan, TenantId};

/// What a company has of all that its plan limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Counts {
    /// Products that are not archived.
    pub products: i64,
    /// Shops.
    pub accounts: i64,
    /// People.
    pub members: i64,
}

impl TenantTx {
    /// The plan whose limits hold: a demo has those of [`Plan::Pro`].
    pub async fn plan(&mut self) -> Result<Plan> {
        let tenant = self.tenant();
        let row: Option<(String, Option<DateTime<Utc>>)> = on_engine!(&mut self.tx, |conn| {
            sqlx::query_as(
                "select s.plan, t.demo_until from subscriptions s
                 join tenants t on t.id = s.tenant_id where s.tenant_id = $1",
            )
            .bind(tenant)
            .fetch_optional(conn)
            .await?
        });
        match row {
            Some((word, demo_until)) => in_force(&word, demo_until),
            // The company was removed a moment ago.
            None => Ok(Plan::default()),
        }
    }

    /// What there is of all that a plan limits.
    pub async fn counts(&mut self) -> Result<Counts> {
        let tenant = self.tenant();
        Ok(on_engine!(&mut self.tx, |conn| {
            sqlx::query_as(
            "select
               (select count(*) from products where tenant_id = $1 and archived_at is null) as products,
               (select count(*) from accounts where tenant_id = $1) as accounts,
               (select count(*) from memberships where tenant_id = $1) as members"
        )
        .bind(tenant)
        .fetch_one(conn)
        .await?
        }))
    }
}

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

    /// Gives a company another plan; false when there is no such company.
    pub async fn set_plan(&mut self, tenant: TenantId, plan: Plan) -> Result<bool> {
        let done = on_engine!(&mut self.tx, |conn| sqlx::query(
            "update subscriptions set plan = $2 where tenant_id = $1"
        )
        .bind(tenant.0)
        .bind(plan.as_str())
        .execute(conn)
        .await?
        .rows_affected());
        Ok(done == 1)
    }
}

/// Reads a stored plan.
pub(crate) fn plan(word: &str) -> Result<Plan> {
    word.parse()
        .map_err(|_| Error::Corrupt { column: "subscriptions.plan", value: word.to_owned() })
}

/// The plan whose limits hold: a demo has those of [`Plan::Pro`].
pub(crate) fn in_force(word: &str, demo_until: Option<DateTime<Utc>>) -> Result<Plan> {
    if demo_until.is_some() { Ok(Plan::Pro) } else { plan(word) }
}

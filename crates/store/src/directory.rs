//! The installation's companies as its operator sees them: never their data, never their keys.

use crate::{error::Result, subscriptions, system::SystemTx, tx::on_engine};
use chrono::{DateTime, Utc};
use domain::{Plan, TenantId};
use uuid::Uuid;

/// A company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Company {
    /// The id.
    pub id: TenantId,
    /// Its name.
    pub name: String,
    /// The e-mail of its oldest owner; a demo's visitor has none.
    pub owner: Option<String>,
    /// What it has subscribed to.
    pub plan: Plan,
    /// False when suspended.
    pub is_active: bool,
    /// Set in a demo: when it will be removed.
    pub demo_until: Option<DateTime<Utc>>,
    /// When it registered.
    pub created_at: DateTime<Utc>,
    /// Its people.
    pub members: i64,
    /// Its products that are not archived.
    pub products: i64,
}

#[derive(sqlx::FromRow)]
struct CompanyRow {
    id: Uuid,
    name: String,
    owner: Option<String>,
    plan: String,
    is_active: bool,
    demo_until: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    members: i64,
    products: i64,
}

impl SystemTx {
    /// Every company, the oldest first.
    pub async fn companies(&mut self) -> Result<Vec<Company>> {
        let rows: Vec<CompanyRow> = on_engine!(&mut self.tx, |conn| {
            sqlx::query_as(
            "select t.id, t.name, s.plan, t.is_active, t.demo_until, t.created_at,
               (select u.email from memberships m join users u on u.id = m.user_id
                where m.tenant_id = t.id and m.role = 'owner'
                order by m.created_at, m.user_id limit 1) as owner,
               (select count(*) from memberships m where m.tenant_id = t.id) as members,
               (select count(*) from products p where p.tenant_id = t.id and p.archived_at is null) as products
             from tenants t join subscriptions s on s.tenant_id = t.id
             order by t.created_at, t.id"
        )
        .fetch_all(conn)
        .await?
        });
        rows.into_iter()
            .map(|row| {
                Ok(Company {
                    id: TenantId(row.id),
                    name: row.name,
                    owner: row.owner,
                    plan: subscriptions::plan(&row.plan)?,
                    is_active: row.is_active,
                    demo_until: row.demo_until,
                    created_at: row.created_at,
                    members: row.members,
                    products: row.products,
                })
            })
            .collect()
    }

    /// The companies to which the person with this e-mail belongs.
    pub async fn companies_by_email(&mut self, email_key: &str) -> Result<Vec<TenantId>> {
        let ids: Vec<Uuid> = on_engine!(&mut self.tx, |conn| sqlx::query_scalar(
            "select m.tenant_id from memberships m join users u on u.id = m.user_id
             where u.email_key = $1 order by m.created_at, m.tenant_id"
        )
        .bind(email_key)
        .fetch_all(conn)
        .await?);
        Ok(ids.into_iter().map(TenantId).collect())
    }
}

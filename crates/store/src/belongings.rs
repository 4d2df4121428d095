//! A person across companies: where they belong, what is kept about them, and how their account goes.

use crate::{engine::lock, error::Result, system::SystemTx, tx::on_engine, users::role};
use chrono::{DateTime, Utc};
use domain::{Role, SessionId, TenantId, UserId, danger::PersonalSession};
use uuid::Uuid;

/// A company that a person belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Belonging {
    /// The company.
    pub tenant: TenantId,
    /// Its name.
    pub name: String,
    /// What they may do there.
    pub role: Role,
    /// False when it is suspended.
    pub is_active: bool,
    /// When it will be removed, if it is a demo.
    pub demo_until: Option<DateTime<Utc>>,
    /// How many belong to it.
    pub members: i64,
    /// How many own it.
    pub owners: i64,
}

#[derive(sqlx::FromRow)]
struct BelongingRow {
    tenant_id: Uuid,
    name: String,
    role: String,
    is_active: bool,
    demo_until: Option<DateTime<Utc>>,
    members: i64,
    owners: i64,
}

#[derive(sqlx::FromRow)]
struct SessionRow {
    id: Uuid,
    tenant_id: Uuid,
    created_at: DateTime<Utc>,
    last_seen_at: DateTime<Utc>,
    address: String,
    user_agent: Option<String>,
}

impl SystemTx {
    /// Where a person belongs, by id of the company: whoever locks several locks them in this order.
    pub async fn belongings(&mut self, user: UserId) -> Result<Vec<Belonging>> {
        let rows: Vec<BelongingRow> = on_engine!(&mut self.tx, |conn| sqlx::query_as(
            "select m.tenant_id, t.name, m.role, t.is_active, t.demo_until,
                    (select count(*) from memberships a where a.tenant_id = m.tenant_id) as members,
                    (select count(*) from memberships o
                     where o.tenant_id = m.tenant_id and o.role = 'owner') as owners
             from memberships m join tenants t on t.id = m.tenant_id
             where m.user_id = $1 order by m.tenant_id"
        )
        .bind(user.0)
        .fetch_all(conn)
        .await?);
        rows.into_iter()
            .map(|row| {
                Ok(Belonging {
                    tenant: TenantId(row.tenant_id),
                    name: row.name,
                    role: role(&row.role)?,
                    is_active: row.is_active,
                    demo_until: row.demo_until,
                    members: row.members,
                    owners: row.owners,
                })
            })
            .collect()
    }

    /// Makes the transactions of a tenant that ask for it wait for each other until they end.
    pub async fn lock_tenant(&mut self, tenant: TenantId) -> Result<()> {
        lock::tenant(&mut self.tx, tenant).await
    }

    /// An active person with this e-mail who belongs to no company, and so can't sign in anywhere: who, and the
    /// hash of their password.
    pub async fn without_company(&mut self, email_key: &str) -> Result<Option<(UserId, String)>> {
        let row: Option<(Uuid, String)> = on_engine!(&mut self.tx, |conn| sqlx::query_as(
            "select u.id, u.password_hash from users u
             where u.email_key = $1 and u.is_active = $2 and u.password_hash is not null
               and not exists (select m.tenant_id from memberships m where m.user_id = u.id)"
        )
        .bind(email_key)
        .bind(true)
        .fetch_optional(conn)
        .await?);
        Ok(row.map(|(id, hash)| (UserId(id), hash)))
    }

    /// A person's sign-ins everywhere, the last used first.
    pub async fn sign_ins_of(&mut self, user: UserId) -> Result<Vec<PersonalSession>> {
        let rows: Vec<SessionRow> = on_engine!(&mut self.tx, |conn| sqlx::query_as(
            "select id, tenant_id, created_at, last_seen_at, address, user_agent
             from sessions where user_id = $1 order by last_seen_at desc, tenant_id, id"
        )
        .bind(user.0)
        .fetch_all(conn)
        .await?);
        Ok(rows
            .into_iter()
            .map(|row| PersonalSession {
                id: SessionId(row.id),
                tenant_id: TenantId(row.tenant_id),
                created_at: row.created_at,
                last_seen_at: row.last_seen_at,
                address: row.address,
                user_agent: row.user_agent,
            })
            .collect())
    }

    /// The sign-ins of everybody in a company.
    pub async fn sign_ins_in(&mut self, tenant: TenantId) -> Result<Vec<SessionId>> {
        let ids: Vec<Uuid> = on_engine!(&mut self.tx, |conn| sqlx::query_scalar(
            "select id from sessions where tenant_id = $1"
        )
        .bind(tenant.0)
        .fetch_all(conn)
        .await?);
        Ok(ids.into_iter().map(SessionId).collect())
    }

    /// Takes away the API keys and invitations that a person made anywhere they belong. Tells the keys' hashes.
    pub async fn remove_made_by(&mut self, user: UserId) -> Result<Vec<String>> {
        on_engine!(&mut self.tx, |conn| {
            sqlx::query(
            "delete from invitations
             where tenant_id in (select tenant_id from memberships where user_id = $1) and made_by = $1"
        )
        .bind(user.0)
        .execute(conn)
        .await
        .map(drop)?;
        });
        Ok(on_engine!(&mut self.tx, |conn| {
            sqlx::query_scalar(
            "delete from api_keys
             where tenant_id in (select tenant_id from memberships where user_id = $1) and made_by = $1
             returning key_hash"
        )
        .bind(user.0)
        .fetch_all(conn)
        .await?
        }))
    }

    /// Removes a person with their memberships and sign-ins everywhere; false when there is none.
    pub async fn remove_user(&mut self, user: UserId) -> Result<bool> {
        let done = on_engine!(&mut self.tx, |conn| sqlx::query("delete from users where id = $1")
            .bind(user.0)
            .execute(conn)
            .await?
            .rows_affected());
        Ok(done == 1)
    }
}

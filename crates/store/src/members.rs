//! The people of a company: who they are, and how they leave. Whoever changes them holds the tenant's lock.

use crate::{error::Result, tenant::TenantTx, tx::on_engine};
use chrono::{DateTime, Utc};
use domain::{Role, SessionId, UserId, team::Member};
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct MemberRow {
    user_id: Uuid,
    email: Option<String>,
    role: String,
    created_at: DateTime<Utc>,
    last_used_at: Option<DateTime<Utc>>,
}

impl TenantTx {
    /// The members, owners first, then by the time they came. `is_you` is left false.
    pub async fn members(&mut self) -> Result<Vec<Member>> {
        let tenant = self.tenant();
        let rows: Vec<MemberRow> = on_engine!(&mut self.tx, |conn| sqlx::query_as(
            "select m.user_id, u.email, m.role, m.created_at,
                    (select max(s.last_seen_at) from sessions s
                     where s.tenant_id = m.tenant_id and s.user_id = m.user_id) as last_used_at
             from memberships m join users u on u.id = m.user_id
             where m.tenant_id = $1 order by m.created_at, m.user_id"
        )
        .bind(tenant)
        .fetch_all(conn)
        .await?);
        let mut members = rows
            .into_iter()
            .map(|row| {
                Ok(Member {
                    user_id: UserId(row.user_id),
                    email: row.email,
                    role: crate::users::role(&row.role)?,
                    since: row.created_at,
                    last_used_at: row.last_used_at,
                    is_you: false,
                })
            })
            .collect::<Result<Vec<_>>>()?;
        // Stable: within a role the order of the query stays.
        members.sort_by_key(|member| Role::ALL.iter().position(|role| *role == member.role));
        Ok(members)
    }

    /// What a person may do here; `None`: nobody of this company.
    pub async fn role_of(&mut self, user: UserId) -> Result<Option<Role>> {
        let tenant = self.tenant();
        let role: Option<String> = on_engine!(&mut self.tx, |conn| sqlx::query_scalar(
            "select role from memberships where tenant_id = $1 and user_id = $2"
        )
        .bind(tenant)
        .bind(user.0)
        .fetch_optional(conn)
        .await?);
        role.map(|word| crate::users::role(&word)).transpose()
    }

    /// How many own the company.
    pub async fn owners(&mut self) -> Result<i64> {
        let tenant = self.tenant();
        Ok(on_engine!(&mut self.tx, |conn| sqlx::query_scalar(
            "select count(*) from memberships where tenant_id = $1 and role = 'owner'"
        )
        .bind(tenant)
        .fetch_one(conn)
        .await?))
    }

    /// The sign-ins of a person in this company.
    pub async fn sessions_of(&mut self, user: UserId) -> Result<Vec<SessionId>> {
        let tenant = self.tenant();
        let ids: Vec<Uuid> = on_engine!(&mut self.tx, |conn| sqlx::query_scalar(
            "select id from sessions where tenant_id = $1 and user_id = $2"
        )
        .bind(tenant)
        .bind(user.0)
        .fetch_all(conn)
        .await?);
        Ok(ids.into_iter().map(SessionId).collect())
    }

    /// Takes a person out of the company, with their sign-ins; false when nobody of this company.
    pub async fn remove_member(&mut self, user: UserId) -> Result<bool> {
        let tenant = self.tenant();
        let done = on_engine!(&mut self.tx, |conn| sqlx::query(
            "delete from memberships where tenant_id = $1 and user_id = $2"
        )
        .bind(tenant)
        .bind(user.0)
        .execute(conn)
        .await?
        .rows_affected());
        Ok(done == 1)
    }
}

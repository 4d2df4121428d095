//! Who belongs to which company, and as what.

use crate::{error::Result, system::SystemTx, tenant::TenantTx, tx::on_engine};
use chrono::{DateTime, Utc};
use domain::{Role, TenantId, UserId, auth::Session};
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct SessionRow {
    email: Option<String>,
    name: String,
    role: String,
    demo_until: Option<DateTime<Utc>>,
}

impl SystemTx {
    /// Lets a person into a company.
    pub async fn add_membership(
        &mut self,
        tenant: TenantId,
        user: UserId,
        role: Role,
        now: DateTime<Utc>,
    ) -> Result<()> {
        on_engine!(&mut self.tx, |conn| sqlx::query(
            "insert into memberships (tenant_id, user_id, role, created_at) values ($1, $2, $3, $4)"
        )
        .bind(tenant.0)
        .bind(user.0)
        .bind(role.as_str())
        .bind(now)
        .execute(conn)
        .await
        .map(drop)?);
        Ok(())
    }
}

impl SystemTx {
    /// Whether a person belongs to a company.
    pub async fn has_member(&mut self, tenant: TenantId, user: UserId) -> Result<bool> {
        let found: Option<Uuid> = on_engine!(&mut self.tx, |conn| sqlx::query_scalar(
            "select user_id from memberships where tenant_id = $1 and user_id = $2"
        )
        .bind(tenant.0)
        .bind(user.0)
        .fetch_optional(conn)
        .await?);
        Ok(found.is_some())
    }
}

impl TenantTx {
    /// What every page's frame needs to know of a member; `None`: nobody of this company.
    pub async fn session_of(&mut self, user: UserId) -> Result<Option<Session>> {
        let tenant = self.tenant();
        let row: Option<SessionRow> = on_engine!(&mut self.tx, |conn| sqlx::query_as(
            "select u.email, t.name, m.role, t.demo_until
             from memberships m
             join users u on u.id = m.user_id
             join tenants t on t.id = m.tenant_id
             where m.tenant_id = $1 and m.user_id = $2"
        )
        .bind(tenant)
        .bind(user.0)
        .fetch_optional(conn)
        .await?);
        row.map(|row| {
            Ok(Session {
                user_id: user,
                email: row.email,
                tenant_id: TenantId(tenant),
                tenant_name: row.name,
                role: crate::users::role(&row.role)?,
                demo_until: row.demo_until,
                locale: None,
                is_operator: false,
            })
        })
        .transpose()
    }

    /// Gives a member another role; false when nobody of this company.
    pub async fn set_role(&mut self, user: UserId, role: Role) -> Result<bool> {
        let tenant: Uuid = self.tenant();
        let done = on_engine!(&mut self.tx, |conn| sqlx::query(
            "update memberships set role = $3 where tenant_id = $1 and user_id = $2"
        )
        .bind(tenant)
        .bind(user.0)
        .bind(role.as_str())
        .execute(conn)
        .await?
        .rows_affected());
        Ok(done == 1)
    }
}

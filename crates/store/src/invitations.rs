//! Open invitations by the hashes of their tokens. Accepted, revoked and long ended ones are deleted.

use crate::{error::Result, system::SystemTx, tenant::TenantTx, tx::on_engine};
use chrono::{DateTime, Utc};
use domain::{InvitationId, Role, TenantId, UserId, invitation::Invitation};
use uuid::Uuid;

/// An invitation to add.
#[derive(Clone, Copy, Debug)]
pub struct NewInvitationRow<'a> {
    /// The id.
    pub id: InvitationId,
    /// SHA-256 of the token, hex.
    pub hash: &'a str,
    /// The one address that may accept, as typed.
    pub email: Option<&'a str>,
    /// `domain::validation::email_key` of it.
    pub email_key: Option<&'a str>,
    /// What whoever accepts may do.
    pub role: Role,
    /// Who makes it; `None`: an API key.
    pub made_by: Option<UserId>,
    /// When.
    pub now: DateTime<Utc>,
    /// Until when.
    pub expires_at: DateTime<Utc>,
}

/// An open invitation as whoever holds its token finds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenInvitation {
    /// Where it leads.
    pub tenant: TenantId,
    /// The company's name.
    pub tenant_name: String,
    /// Its id.
    pub id: InvitationId,
    /// What whoever accepts may do.
    pub role: Role,
    /// The one address that may accept, as typed.
    pub email: Option<String>,
    /// The same as a key.
    pub email_key: Option<String>,
    /// Until when.
    pub expires_at: DateTime<Utc>,
}

#[derive(sqlx::FromRow)]
struct InvitationRow {
    id: Uuid,
    email: Option<String>,
    role: String,
    made_by: Option<String>,
    created_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
}

#[derive(sqlx::FromRow)]
struct OpenRow {
    tenant_id: Uuid,
    name: String,
    id: Uuid,
    role: String,
    email: Option<String>,
    email_key: Option<String>,
    expires_at: DateTime<Utc>,
}

impl TenantTx {
    /// The company's open invitations, the newest first.
    pub async fn invitations(&mut self, now: DateTime<Utc>) -> Result<Vec<Invitation>> {
        let tenant = self.tenant();
        let rows: Vec<InvitationRow> = on_engine!(&mut self.tx, |conn| sqlx::query_as(
            "select i.id, i.email, i.role, u.email as made_by, i.created_at, i.expires_at
             from invitations i
             left join memberships m on m.tenant_id = i.tenant_id and m.user_id = i.made_by
             left join users u on u.id = m.user_id
             where i.tenant_id = $1 and i.expires_at > $2 order by i.created_at desc, i.id desc"
        )
        .bind(tenant)
        .bind(now)
        .fetch_all(conn)
        .await?);
        rows.into_iter()
            .map(|row| {
                Ok(Invitation {
                    id: InvitationId(row.id),
                    email: row.email,
                    role: crate::users::role(&row.role)?,
                    made_by: row.made_by,
                    created_at: row.created_at,
                    expires_at: row.expires_at,
                })
            })
            .collect()
    }

    /// Adds an invitation.
    pub async fn add_invitation(&mut self, new: &NewInvitationRow<'_>) -> Result<()> {
        let tenant = self.tenant();
        on_engine!(&mut self.tx, |conn| {
            sqlx::query(
                "insert into invitations
               (tenant_id, id, token_hash, email, email_key, role, made_by, created_at, expires_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            )
            .bind(tenant)
            .bind(new.id.0)
            .bind(new.hash)
            .bind(new.email)
            .bind(new.email_key)
            .bind(new.role.as_str())
            .bind(new.made_by.map(|user| user.0))
            .bind(new.now)
            .bind(new.expires_at)
            .execute(conn)
            .await
            .map(drop)?;
        });
        Ok(())
    }

    /// Takes an invitation back; false when there is none in this company.
    pub async fn remove_invitation(&mut self, invitation: InvitationId) -> Result<bool> {
        let tenant = self.tenant();
        let done = on_engine!(&mut self.tx, |conn| sqlx::query(
            "delete from invitations where tenant_id = $1 and id = $2"
        )
        .bind(tenant)
        .bind(invitation.0)
        .execute(conn)
        .await?
        .rows_affected());
        Ok(done == 1)
    }

    /// Takes back what a person had invited to roles above this one, or all of it. Tells how many.
    pub async fn remove_invitations_of(&mut self, user: UserId, kept: &[Role]) -> Result<u64> {
        let tenant = self.tenant();
        let mut removed = 0;
        for role in Role::ALL.into_iter().filter(|role| !kept.contains(role)) {
            removed += on_engine!(&mut self.tx, |conn| sqlx::query(
                "delete from invitations where tenant_id = $1 and made_by = $2 and role = $3"
            )
            .bind(tenant)
            .bind(user.0)
            .bind(role.as_str())
            .execute(conn)
            .await?
            .rows_affected());
        }
        Ok(removed)
    }
}

impl SystemTx {
    /// Looks an invitation up by its token's hash. `None`: there is none, its time is over, or the company is
    /// suspended.
    pub async fn open_invitation(
        &mut self,
        hash: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<OpenInvitation>> {
        let row: Option<OpenRow> = on_engine!(&mut self.tx, |conn| sqlx::query_as(
            "select i.tenant_id, t.name, i.id, i.role, i.email, i.email_key, i.expires_at
             from invitations i join tenants t on t.id = i.tenant_id
             where i.token_hash = $1 and i.expires_at > $2 and t.is_active = $3"
        )
        .bind(hash)
        .bind(now)
        .bind(true)
        .fetch_optional(conn)
        .await?);
        row.map(|row| {
            Ok(OpenInvitation {
                tenant: TenantId(row.tenant_id),
                tenant_name: row.name,
                id: InvitationId(row.id),
                role: crate::users::role(&row.role)?,
                email: row.email,
                email_key: row.email_key,
                expires_at: row.expires_at,
            })
        })
        .transpose()
    }

    /// Uses an invitation up; false when somebody else did, a moment ago.
    pub async fn use_invitation(
        &mut self,
        tenant: TenantId,
        invitation: InvitationId,
    ) -> Result<bool> {
        let done = on_engine!(&mut self.tx, |conn| sqlx::query(
            "delete from invitations where tenant_id = $1 and id = $2"
        )
        .bind(tenant.0)
        .bind(invitation.0)
        .execute(conn)
        .await?
        .rows_affected());
        Ok(done == 1)
    }

    /// Forgets invitations and sign-up links that ended before then.
    pub async fn remove_dead_links(&mut self, before: DateTime<Utc>) -> Result<u64> {
        let invitations = on_engine!(&mut self.tx, |conn| sqlx::query(
            "delete from invitations where (tenant_id, id) in (
               select tenant_id, id from invitations where expires_at < $1)"
        )
        .bind(before)
        .execute(conn)
        .await?
        .rows_affected());
        let links = on_engine!(&mut self.tx, |conn| sqlx::query(
            "delete from signup_links where expires_at < $1"
        )
        .bind(before)
        .execute(conn)
        .await?
        .rows_affected());
        Ok(invitations + links)
    }
}

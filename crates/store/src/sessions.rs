//! Sign-ins. The only place where a person becomes a [`Caller`].

use crate::{
    caller::{Actor, Caller},
    error::{Error, Result},
    subscriptions::in_force,
    system::SystemTx,
    tenant::TenantTx,
    tx::on_engine,
};
use chrono::{DateTime, Utc};
use domain::{SessionId, TenantId, UserId};
use uuid::Uuid;

/// What a sign-in works with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionKind {
    /// A cookie; slides while it is used.
    Browser,
    /// A family of refresh tokens.
    Api,
}

impl SessionKind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Browser => "browser",
            Self::Api => "api",
        }
    }
}

/// A sign-in to add.
#[derive(Clone, Copy, Debug)]
pub struct NewSession<'a> {
    /// The id.
    pub id: SessionId,
    /// Who; a member of the company.
    pub user: UserId,
    /// What it works with.
    pub kind: SessionKind,
    /// When.
    pub now: DateTime<Utc>,
    /// Until when, if it isn't used.
    pub expires_at: DateTime<Utc>,
    /// From where.
    pub address: &'a str,
    /// With which program.
    pub user_agent: Option<&'a str>,
}

/// Whether a sign-in still stands, as its rows say at this moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Admission {
    /// It does.
    Admitted {
        /// Who acts.
        caller: Caller,
        /// What it works with.
        kind: SessionKind,
        /// When it was last used, to the minute.
        last_seen_at: DateTime<Utc>,
    },
    /// The person is disabled.
    AccountDisabled,
    /// The company is suspended.
    TenantSuspended,
}

#[derive(sqlx::FromRow)]
struct AdmissionRow {
    tenant_id: Uuid,
    user_id: Uuid,
    kind: String,
    last_seen_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    revoked_at: Option<DateTime<Utc>>,
    role: String,
    user_active: bool,
    tenant_active: bool,
    demo_until: Option<DateTime<Utc>>,
    plan: String,
    operates: bool,
}

impl SystemTx {
    /// Adds a sign-in.
    pub async fn add_session(&mut self, tenant: TenantId, new: &NewSession<'_>) -> Result<()> {
        on_engine!(&mut self.tx, |conn| {
            sqlx::query(
            "insert into sessions
               (tenant_id, id, user_id, kind, created_at, last_seen_at, expires_at, address, user_agent)
             values ($1, $2, $3, $4, $5, $5, $6, $7, $8)"
        )
        .bind(tenant.0)
        .bind(new.id.0)
        .bind(new.user.0)
        .bind(new.kind.as_str())
        .bind(new.now)
        .bind(new.expires_at)
        .bind(new.address)
        .bind(new.user_agent)
        .execute(conn)
        .await
        .map(drop)?;
        });
        Ok(())
    }

    /// Looks a sign-in up. `None`: there is none, or it was revoked, or its time or its demo's is over.
    pub async fn admit(
        &mut self,
        session: SessionId,
        now: DateTime<Utc>,
    ) -> Result<Option<Admission>> {
        let row: Option<AdmissionRow> = on_engine!(&mut self.tx, |conn| {
            sqlx::query_as(
            "select s.tenant_id, s.user_id, s.kind, s.last_seen_at, s.expires_at, s.revoked_at, m.role,
                    u.is_active as user_active, t.is_active as tenant_active, t.demo_until, b.plan,
                    exists (select 1 from operators o where o.user_id = s.user_id) as operates
             from sessions s
             join memberships m on m.tenant_id = s.tenant_id and m.user_id = s.user_id
             join users u on u.id = s.user_id
             join tenants t on t.id = s.tenant_id
             join subscriptions b on b.tenant_id = s.tenant_id
             where s.id = $1"
        )
        .bind(session.0)
        .fetch_optional(conn)
        .await?
        });
        let Some(row) = row else { return Ok(None) };
        let over = row.revoked_at.is_some()
            || row.expires_at <= now
            || row.demo_until.is_some_and(|until| until <= now);
        if over {
            return Ok(None);
        }
        if !row.user_active {
            return Ok(Some(Admission::AccountDisabled));
        }
        if !row.tenant_active {
            return Ok(Some(Admission::TenantSuspended));
        }
        let (user, role) = (UserId(row.user_id), crate::users::role(&row.role)?);
        Ok(Some(Admission::Admitted {
            caller: Caller {
                tenant: TenantId(row.tenant_id),
                actor: Actor::Person { user, session, role },
                plan: in_force(&row.plan, row.demo_until)?,
                operates: row.operates,
            },
            kind: kind(&row.kind)?,
            last_seen_at: row.last_seen_at,
        }))
    }

    /// Notes that a sign-in was used and moves its end; never brings back what was revoked, and never moves
    /// backwards.
    pub async fn touch_session(
        &mut self,
        tenant: TenantId,
        session: SessionId,
        now: DateTime<Utc>,
        expires_at: DateTime<Utc>,
    ) -> Result<bool> {
        let done = on_engine!(&mut self.tx, |conn| sqlx::query(
            "update sessions set last_seen_at = $3, expires_at = $4
             where tenant_id = $1 and id = $2 and revoked_at is null and last_seen_at <= $3"
        )
        .bind(tenant.0)
        .bind(session.0)
        .bind(now)
        .bind(expires_at)
        .execute(conn)
        .await?
        .rows_affected());
        Ok(done == 1)
    }

    /// Ends every sign-in of a person that has refresh tokens, and this one, in every company. Tells which.
    pub async fn revoke_api_sessions(
        &mut self,
        user: UserId,
        also: Option<SessionId>,
        now: DateTime<Utc>,
    ) -> Result<Vec<SessionId>> {
        let ids: Vec<Uuid> = on_engine!(&mut self.tx, |conn| sqlx::query_scalar(
            "update sessions set revoked_at = $3
             where tenant_id in (select tenant_id from memberships where user_id = $1)
               and user_id = $1 and (kind = 'api' or id = $2) and revoked_at is null
             returning id"
        )
        .bind(user.0)
        .bind(also.map(|session| session.0))
        .bind(now)
        .fetch_all(conn)
        .await?);
        Ok(ids.into_iter().map(SessionId).collect())
    }

    /// Ends one sign-in; false when it was over.
    pub async fn revoke_session(
        &mut self,
        tenant: TenantId,
        session: SessionId,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        let done = on_engine!(&mut self.tx, |conn| sqlx::query(
            "update sessions set revoked_at = $3
             where tenant_id = $1 and id = $2 and revoked_at is null"
        )
        .bind(tenant.0)
        .bind(session.0)
        .bind(now)
        .execute(conn)
        .await?
        .rows_affected());
        Ok(done == 1)
    }

    /// From where the person with this e-mail has signed in since then; empty for nobody.
    pub async fn familiar_addresses(
        &mut self,
        email_key: &str,
        since: DateTime<Utc>,
    ) -> Result<Vec<String>> {
        Ok(on_engine!(&mut self.tx, |conn| sqlx::query_scalar(
            "select distinct s.address from sessions s
             join memberships m on m.tenant_id = s.tenant_id and m.user_id = s.user_id
             join users u on u.id = s.user_id
             where u.email_key = $1 and s.last_seen_at >= $2 limit 100"
        )
        .bind(email_key)
        .bind(since)
        .fetch_all(conn)
        .await?))
    }

    /// Removes up to a thousand sign-ins that ended before then, with their refresh tokens.
    pub async fn remove_dead_sessions(&mut self, before: DateTime<Utc>) -> Result<u64> {
        Ok(on_engine!(&mut self.tx, |conn| sqlx::query(
            "delete from sessions where (tenant_id, id) in (
               select tenant_id, id from sessions
               where expires_at < $1 or revoked_at < $1 order by tenant_id, id limit 1000)"
        )
        .bind(before)
        .execute(conn)
        .await?
        .rows_affected()))
    }
}

impl TenantTx {
    /// Ends one sign-in of this company; false when it was over, or is another's.
    pub async fn revoke_session(&mut self, session: SessionId, now: DateTime<Utc>) -> Result<bool> {
        let tenant = self.tenant();
        let done = on_engine!(&mut self.tx, |conn| sqlx::query(
            "update sessions set revoked_at = $3
             where tenant_id = $1 and id = $2 and revoked_at is null"
        )
        .bind(tenant)
        .bind(session.0)
        .bind(now)
        .execute(conn)
        .await?
        .rows_affected());
        Ok(done == 1)
    }
}

pub(crate) fn kind(word: &str) -> Result<SessionKind> {
    match word {
        "browser" => Ok(SessionKind::Browser),
        "api" => Ok(SessionKind::Api),
        _ => Err(Error::Corrupt { column: "sessions.kind", value: word.to_owned() }),
    }
}

//! A person's own sign-ins, in every company: shown to them, and ended by them.

use crate::{
    error::Result,
    sessions::{SessionKind, kind},
    system::SystemTx,
    tx::on_engine,
};
use chrono::{DateTime, Utc};
use domain::{SessionId, TenantId, UserId};
use uuid::Uuid;

/// A sign-in as its person sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnSession {
    /// The id.
    pub id: SessionId,
    /// What it works with.
    pub kind: SessionKind,
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// When it was last used, to the minute.
    pub last_seen_at: DateTime<Utc>,
    /// From where it began.
    pub address: String,
    /// With which program.
    pub user_agent: Option<String>,
}

#[derive(sqlx::FromRow)]
struct OwnSessionRow {
    id: Uuid,
    kind: String,
    created_at: DateTime<Utc>,
    last_seen_at: DateTime<Utc>,
    address: String,
    user_agent: Option<String>,
}

impl SystemTx {
    /// Those that stand, the last used first; at most two hundred.
    pub async fn own_sessions(
        &mut self,
        user: UserId,
        now: DateTime<Utc>,
    ) -> Result<Vec<OwnSession>> {
        let rows: Vec<OwnSessionRow> = on_engine!(&mut self.tx, |conn| sqlx::query_as(
            "select id, kind, created_at, last_seen_at, address, user_agent from sessions
             where tenant_id in (select tenant_id from memberships where user_id = $1)
               and user_id = $1 and revoked_at is null and expires_at > $2
             order by last_seen_at desc, id desc limit 200"
        )
        .bind(user.0)
        .bind(now)
        .fetch_all(conn)
        .await?);
        let session = |row: OwnSessionRow| {
            Ok(OwnSession {
                id: SessionId(row.id),
                kind: kind(&row.kind)?,
                created_at: row.created_at,
                last_seen_at: row.last_seen_at,
                address: row.address,
                user_agent: row.user_agent,
            })
        };
        rows.into_iter().map(session).collect()
    }

    /// Ends one of a person's sign-ins and tells in which company it was; `None`: it was over, or is another's.
    pub async fn revoke_own_session(
        &mut self,
        user: UserId,
        session: SessionId,
        now: DateTime<Utc>,
    ) -> Result<Option<TenantId>> {
        let tenant: Option<Uuid> = on_engine!(&mut self.tx, |conn| sqlx::query_scalar(
            "update sessions set revoked_at = $3
             where tenant_id in (select tenant_id from memberships where user_id = $1)
               and user_id = $1 and id = $2 and revoked_at is null and expires_at > $3
             returning tenant_id"
        )
        .bind(user.0)
        .bind(session.0)
        .bind(now)
        .fetch_optional(conn)
        .await?);
        Ok(tenant.map(TenantId))
    }

    /// Ends all of a person's sign-ins but this one, families of refresh tokens included. Tells which.
    pub async fn revoke_own_sessions(
        &mut self,
        user: UserId,
        but: Option<SessionId>,
        now: DateTime<Utc>,
    ) -> Result<Vec<SessionId>> {
        // Nobody has the id of zeros.
        let but = but.map_or(Uuid::nil(), |session| session.0);
        let ids: Vec<Uuid> = on_engine!(&mut self.tx, |conn| sqlx::query_scalar(
            "update sessions set revoked_at = $3
             where tenant_id in (select tenant_id from memberships where user_id = $1)
               and user_id = $1 and id <> $2 and revoked_at is null and expires_at > $3
             returning id"
        )
        .bind(user.0)
        .bind(but)
        .bind(now)
        .fetch_all(conn)
        .await?);
        Ok(ids.into_iter().map(SessionId).collect())
    }
}

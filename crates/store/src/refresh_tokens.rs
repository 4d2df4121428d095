//! Refresh tokens by their hashes. A spent one keeps its successor's id, so that a retry gets the same answer again.

use crate::{error::Result, system::SystemTx, tx::on_engine};
use chrono::{DateTime, Utc};
use domain::{RefreshTokenId, SessionId, TenantId};
use uuid::Uuid;

/// A token to add.
#[derive(Clone, Copy, Debug)]
pub struct NewRefreshToken<'a> {
    /// Its `jti`.
    pub id: RefreshTokenId,
    /// Its family.
    pub session: SessionId,
    /// SHA-256 of the token, hex.
    pub hash: &'a str,
    /// Its `iat`.
    pub issued_at: DateTime<Utc>,
    /// Its `exp`.
    pub expires_at: DateTime<Utc>,
}

/// A stored token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefreshToken {
    /// Its `jti`.
    pub id: RefreshTokenId,
    /// Whose.
    pub tenant: TenantId,
    /// Its family.
    pub session: SessionId,
    /// SHA-256 of the token, hex.
    pub hash: String,
    /// Its `iat`.
    pub issued_at: DateTime<Utc>,
    /// Its `exp`.
    pub expires_at: DateTime<Utc>,
    /// When it was exchanged, and for which.
    pub spent: Option<(DateTime<Utc>, RefreshTokenId)>,
}

#[derive(sqlx::FromRow)]
struct RefreshTokenRow {
    id: Uuid,
    tenant_id: Uuid,
    session_id: Uuid,
    token_hash: String,
    issued_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    spent_at: Option<DateTime<Utc>>,
    successor_id: Option<Uuid>,
}

impl RefreshTokenRow {
    fn token(self) -> RefreshToken {
        RefreshToken {
            id: RefreshTokenId(self.id),
            tenant: TenantId(self.tenant_id),
            session: SessionId(self.session_id),
            hash: self.token_hash,
            issued_at: self.issued_at,
            expires_at: self.expires_at,
            spent: self.spent_at.zip(self.successor_id.map(RefreshTokenId)),
        }
    }
}

impl SystemTx {
    /// Adds a token to its family.
    pub async fn add_refresh_token(
        &mut self,
        tenant: TenantId,
        new: &NewRefreshToken<'_>,
    ) -> Result<()> {
        on_engine!(&mut self.tx, |conn| {
            sqlx::query(
                "insert into refresh_tokens
               (tenant_id, id, session_id, token_hash, issued_at, expires_at)
             values ($1, $2, $3, $4, $5, $6)",
            )
            .bind(tenant.0)
            .bind(new.id.0)
            .bind(new.session.0)
            .bind(new.hash)
            .bind(new.issued_at)
            .bind(new.expires_at)
            .execute(conn)
            .await
            .map(drop)?;
        });
        Ok(())
    }

    /// A token, spent or not. Whether its family stands is the sign-in's to say.
    pub async fn refresh_token(&mut self, id: RefreshTokenId) -> Result<Option<RefreshToken>> {
        let row: Option<RefreshTokenRow> = on_engine!(&mut self.tx, |conn| {
            sqlx::query_as(
            "select id, tenant_id, session_id, token_hash, issued_at, expires_at, spent_at, successor_id
             from refresh_tokens where id = $1"
        )
        .bind(id.0)
        .fetch_optional(conn)
        .await?
        });
        Ok(row.map(RefreshTokenRow::token))
    }

    /// A token by its hash: those that were imported from the original service carry no id.
    pub async fn refresh_token_by_hash(&mut self, hash: &str) -> Result<Option<RefreshToken>> {
        let row: Option<RefreshTokenRow> = on_engine!(&mut self.tx, |conn| {
            sqlx::query_as(
            "select id, tenant_id, session_id, token_hash, issued_at, expires_at, spent_at, successor_id
             from refresh_tokens where token_hash = $1"
        )
        .bind(hash)
        .fetch_optional(conn)
        .await?
        });
        Ok(row.map(RefreshTokenRow::token))
    }

    /// Exchanges a token for its successor; false when somebody else did, a moment ago.
    pub async fn spend_refresh_token(
        &mut self,
        tenant: TenantId,
        id: RefreshTokenId,
        successor: RefreshTokenId,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        let done = on_engine!(&mut self.tx, |conn| sqlx::query(
            "update refresh_tokens set spent_at = $3, successor_id = $4
             where tenant_id = $1 and id = $2 and spent_at is null"
        )
        .bind(tenant.0)
        .bind(id.0)
        .bind(now)
        .bind(successor.0)
        .execute(conn)
        .await?
        .rows_affected());
        Ok(done == 1)
    }
}

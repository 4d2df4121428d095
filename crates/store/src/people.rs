//! A person's own account: what they are shown of it, and their password. Each changes their own only: who they are
//! is an argument that comes from a proof (a sign-in, a link, a password).

use crate::{error::Result, system::SystemTx, tx::on_engine};
use chrono::{DateTime, Utc};
use domain::{TenantId, UserId};
use uuid::Uuid;

/// An account as its person sees it, and the hash that proves them.
#[derive(Clone, PartialEq, Eq)]
pub struct OwnAccount {
    /// The address as typed; a demo's visitor has none.
    pub email: Option<String>,
    /// The key it is found by.
    pub email_key: Option<String>,
    /// When a letter proved it.
    pub email_verified_at: Option<DateTime<Utc>>,
    /// When the account was made.
    pub created_at: DateTime<Utc>,
    /// bcrypt.
    pub password_hash: Option<String>,
    /// When the password was last changed.
    pub password_changed_at: DateTime<Utc>,
    /// Since when a code is asked for; `None`: it is not.
    pub second_factor_since: Option<DateTime<Utc>>,
    /// How many recovery codes are left.
    pub recovery_codes: i64,
}

impl std::fmt::Debug for OwnAccount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OwnAccount").field("created_at", &self.created_at).finish_non_exhaustive()
    }
}

#[derive(sqlx::FromRow)]
struct AccountRow {
    email: Option<String>,
    email_key: Option<String>,
    email_verified_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    password_hash: Option<String>,
    password_changed_at: DateTime<Utc>,
    second_factor_since: Option<DateTime<Utc>>,
    recovery_codes: i64,
}

impl SystemTx {
    /// A person's own account.
    pub async fn own_account(&mut self, user: UserId) -> Result<Option<OwnAccount>> {
        let row: Option<AccountRow> = on_engine!(&mut self.tx, |conn| sqlx::query_as(
            "select u.email, u.email_key, u.email_verified_at, u.created_at, u.password_hash,
                    u.password_changed_at, f.confirmed_at as second_factor_since,
                    (select count(*) from recovery_codes c where c.user_id = u.id) as recovery_codes
             from users u left join second_factors f on f.user_id = u.id
             where u.id = $1"
        )
        .bind(user.0)
        .fetch_optional(conn)
        .await?);
        Ok(row.map(|row| OwnAccount {
            email: row.email,
            email_key: row.email_key,
            email_verified_at: row.email_verified_at,
            created_at: row.created_at,
            password_hash: row.password_hash,
            password_changed_at: row.password_changed_at,
            second_factor_since: row.second_factor_since,
            recovery_codes: row.recovery_codes,
        }))
    }

    /// The active person with this address, and the address as they typed it.
    pub async fn addressee(&mut self, email_key: &str) -> Result<Option<(UserId, String)>> {
        let row: Option<(Uuid, String)> = on_engine!(&mut self.tx, |conn| sqlx::query_as(
            "select id, email from users
             where email_key = $1 and email is not null and is_active = $2"
        )
        .bind(email_key)
        .bind(true)
        .fetch_optional(conn)
        .await?);
        Ok(row.map(|(id, email)| (UserId(id), email)))
    }

    /// Gives a person a new password; false when the hash is no longer the one that was proven (another change came
    /// first).
    pub async fn change_password(
        &mut self,
        user: UserId,
        proven: Option<&str>,
        new: &str,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        let done = on_engine!(&mut self.tx, |conn| sqlx::query(
            "update users set password_hash = $3, password_changed_at = $4
             where id = $1 and password_hash is not distinct from $2"
        )
        .bind(user.0)
        .bind(proven)
        .bind(new)
        .bind(now)
        .execute(conn)
        .await?
        .rows_affected());
        Ok(done == 1)
    }

    /// Notes that a letter to the person's address was read; false when that was known.
    pub async fn verify_email(&mut self, user: UserId, now: DateTime<Utc>) -> Result<bool> {
        let done = on_engine!(&mut self.tx, |conn| {
            sqlx::query(
            "update users set email_verified_at = $2 where id = $1 and email_verified_at is null"
        )
        .bind(user.0)
        .bind(now)
        .execute(conn)
        .await?
        .rows_affected()
        });
        Ok(done == 1)
    }

    /// The companies that a person belongs to, always in the same order, so that two who lock them don't wait for
    /// each other.
    pub async fn companies_of(&mut self, user: UserId) -> Result<Vec<TenantId>> {
        let ids: Vec<Uuid> = on_engine!(&mut self.tx, |conn| sqlx::query_scalar(
            "select tenant_id from memberships where user_id = $1 order by tenant_id"
        )
        .bind(user.0)
        .fetch_all(conn)
        .await?);
        Ok(ids.into_iter().map(TenantId).collect())
    }
}

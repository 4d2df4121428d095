//! Second factors: the secret shared with an authenticator, encrypted before it comes here, and the hashes of
//! recovery codes.

use crate::{error::Result, system::SystemTx, tx::on_engine};
use chrono::{DateTime, Utc};
use domain::UserId;

/// A stored second factor.
#[derive(Clone, PartialEq, Eq)]
pub struct SecondFactor {
    /// The sealed secret.
    pub ciphertext: String,
    /// When it was begun.
    pub created_at: DateTime<Utc>,
    /// Since when it is asked for; `None`: it is being set up.
    pub confirmed_at: Option<DateTime<Utc>>,
}

impl std::fmt::Debug for SecondFactor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SecondFactor")
            .field("confirmed_at", &self.confirmed_at)
            .finish_non_exhaustive()
    }
}

impl SystemTx {
    /// Begins to set one up, in the place of one that was never confirmed; false when there is one in use.
    pub async fn begin_second_factor(
        &mut self,
        user: UserId,
        ciphertext: &str,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        let done = on_engine!(&mut self.tx, |conn| sqlx::query(
            "insert into second_factors (user_id, ciphertext, created_at) values ($1, $2, $3)
             on conflict (user_id)
             do update set ciphertext = excluded.ciphertext, created_at = excluded.created_at
             where second_factors.confirmed_at is null"
        )
        .bind(user.0)
        .bind(ciphertext)
        .bind(now)
        .execute(conn)
        .await?
        .rows_affected());
        Ok(done == 1)
    }

    /// A person's second factor, in use or not.
    pub async fn second_factor(&mut self, user: UserId) -> Result<Option<SecondFactor>> {
        let row: Option<(String, DateTime<Utc>, Option<DateTime<Utc>>)> =
            on_engine!(&mut self.tx, |conn| sqlx::query_as(
                "select ciphertext, created_at, confirmed_at from second_factors
                 where user_id = $1"
            )
            .bind(user.0)
            .fetch_optional(conn)
            .await?);
        Ok(row.map(|(ciphertext, created_at, confirmed_at)| SecondFactor {
            ciphertext,
            created_at,
            confirmed_at,
        }))
    }

    /// Puts it into use; false when it is already, or another secret took its place.
    pub async fn confirm_second_factor(
        &mut self,
        user: UserId,
        ciphertext: &str,
        step: i64,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        let done = on_engine!(&mut self.tx, |conn| sqlx::query(
            "update second_factors set confirmed_at = $4, last_step = $3
             where user_id = $1 and ciphertext = $2 and confirmed_at is null"
        )
        .bind(user.0)
        .bind(ciphertext)
        .bind(step)
        .bind(now)
        .execute(conn)
        .await?
        .rows_affected());
        Ok(done == 1)
    }

    /// Accepts a code's time step; false when it, or a later one, was accepted before.
    pub async fn accept_step(&mut self, user: UserId, step: i64) -> Result<bool> {
        let done = on_engine!(&mut self.tx, |conn| sqlx::query(
            "update second_factors set last_step = $2
             where user_id = $1 and confirmed_at is not null
               and (last_step is null or last_step < $2)"
        )
        .bind(user.0)
        .bind(step)
        .execute(conn)
        .await?
        .rows_affected());
        Ok(done == 1)
    }

    /// Removes it with its recovery codes; false when there was none.
    pub async fn remove_second_factor(&mut self, user: UserId) -> Result<bool> {
        let done = on_engine!(&mut self.tx, |conn| sqlx::query(
            "delete from second_factors where user_id = $1"
        )
        .bind(user.0)
        .execute(conn)
        .await?
        .rows_affected());
        Ok(done == 1)
    }

    /// Keeps these recovery codes and no others.
    pub async fn put_recovery_codes(&mut self, user: UserId, hashes: &[String]) -> Result<()> {
        on_engine!(&mut self.tx, |conn| sqlx::query(
            "delete from recovery_codes where user_id = $1"
        )
        .bind(user.0)
        .execute(conn)
        .await
        .map(drop)?);
        for hash in hashes {
            on_engine!(&mut self.tx, |conn| sqlx::query(
                "insert into recovery_codes (user_id, code_hash) values ($1, $2)"
            )
            .bind(user.0)
            .bind(hash)
            .execute(conn)
            .await
            .map(drop)?);
        }
        Ok(())
    }

    /// Uses a recovery code; false when it is none, or was used. Of two at once, one gets it.
    pub async fn take_recovery_code(&mut self, user: UserId, hash: &str) -> Result<bool> {
        let done = on_engine!(&mut self.tx, |conn| sqlx::query(
            "delete from recovery_codes where user_id = $1 and code_hash = $2"
        )
        .bind(user.0)
        .bind(hash)
        .execute(conn)
        .await?
        .rows_affected());
        Ok(done == 1)
    }
}

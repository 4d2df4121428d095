//! Links sent by mail, by the hashes of their tokens: good once, until their time is over or a newer one replaces them.

use crate::{error::Result, system::SystemTx, tx::on_engine};
use chrono::{DateTime, Utc};
use domain::UserId;
use uuid::Uuid;

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkPurpose {
    /// To set a new password.
    ResetPassword,
    /// To prove the address.
    VerifyEmail,
}

impl LinkPurpose {
    fn as_str(self) -> &'static str {
        match self {
            Self::ResetPassword => "reset_password",
            Self::VerifyEmail => "verify_email",
        }
    }
}

impl SystemTx {
    /// Keeps a link's hash, in the place of an older one of the same purpose.
    pub async fn put_mail_link(
        &mut self,
        user: UserId,
        purpose: LinkPurpose,
        token_hash: &str,
        expires_at: DateTime<Utc>,
    ) -> Result<()> {
        on_engine!(&mut self.tx, |conn| {
            sqlx::query(
            "insert into mail_links (user_id, purpose, token_hash, expires_at) values ($1, $2, $3, $4)
             on conflict (user_id, purpose)
             do update set token_hash = excluded.token_hash, expires_at = excluded.expires_at"
        )
        .bind(user.0)
        .bind(purpose.as_str())
        .bind(token_hash)
        .bind(expires_at)
        .execute(conn)
        .await
        .map(drop)?;
        });
        Ok(())
    }

    /// Whose link it is, while it is good. Looking does not use it.
    pub async fn mail_link(
        &mut self,
        purpose: LinkPurpose,
        token_hash: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<UserId>> {
        let user: Option<Uuid> = on_engine!(&mut self.tx, |conn| sqlx::query_scalar(
            "select user_id from mail_links
             where purpose = $1 and token_hash = $2 and expires_at > $3"
        )
        .bind(purpose.as_str())
        .bind(token_hash)
        .bind(now)
        .fetch_optional(conn)
        .await?);
        Ok(user.map(UserId))
    }

    /// Uses a link: whose it was, if it was good. Of two at once, one gets it.
    pub async fn take_mail_link(
        &mut self,
        purpose: LinkPurpose,
        token_hash: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<UserId>> {
        let user: Option<Uuid> = on_engine!(&mut self.tx, |conn| sqlx::query_scalar(
            "delete from mail_links
             where purpose = $1 and token_hash = $2 and expires_at > $3 returning user_id"
        )
        .bind(purpose.as_str())
        .bind(token_hash)
        .bind(now)
        .fetch_optional(conn)
        .await?);
        Ok(user.map(UserId))
    }

    /// Makes a link that was sent worthless; false when there was none.
    pub async fn drop_mail_link(&mut self, user: UserId, purpose: LinkPurpose) -> Result<bool> {
        let done = on_engine!(&mut self.tx, |conn| sqlx::query(
            "delete from mail_links where user_id = $1 and purpose = $2"
        )
        .bind(user.0)
        .bind(purpose.as_str())
        .execute(conn)
        .await?
        .rows_affected());
        Ok(done == 1)
    }

    /// Forgets links whose time is over.
    pub async fn remove_dead_mail_links(&mut self, now: DateTime<Utc>) -> Result<u64> {
        Ok(on_engine!(&mut self.tx, |conn| sqlx::query(
            "delete from mail_links where expires_at <= $1"
        )
        .bind(now)
        .execute(conn)
        .await?
        .rows_affected()))
    }
}

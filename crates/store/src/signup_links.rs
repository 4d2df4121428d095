//! The operator's links for new companies, by the hashes of their tokens. A used one is deleted.

use crate::{error::Result, system::SystemTx, tx::on_engine};
use chrono::{DateTime, Utc};
use domain::SignupLinkId;
use uuid::Uuid;

/// A link to add.
#[derive(Clone, Copy, Debug)]
pub struct NewSignupLink<'a> {
    /// The id.
    pub id: SignupLinkId,
    /// SHA-256 of the token, hex.
    pub hash: &'a str,
    /// The one address that may register with it, as typed.
    pub email: Option<&'a str>,
    /// `domain::validation::email_key` of it.
    pub email_key: Option<&'a str>,
    /// When.
    pub now: DateTime<Utc>,
    /// Until when.
    pub expires_at: DateTime<Utc>,
}

/// A link that may be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignupLink {
    /// Its id.
    pub id: SignupLinkId,
    /// The one address that may register with it, as a key.
    pub email_key: Option<String>,
}

impl SystemTx {
    /// Adds a link.
    pub async fn add_signup_link(&mut self, new: &NewSignupLink<'_>) -> Result<()> {
        on_engine!(&mut self.tx, |conn| sqlx::query(
            "insert into signup_links (id, token_hash, email, email_key, created_at, expires_at)
             values ($1, $2, $3, $4, $5, $6)"
        )
        .bind(new.id.0)
        .bind(new.hash)
        .bind(new.email)
        .bind(new.email_key)
        .bind(new.now)
        .bind(new.expires_at)
        .execute(conn)
        .await
        .map(drop)?);
        Ok(())
    }

    /// Looks a link up by its token's hash. `None`: there is none, it was used, or its time is over.
    pub async fn signup_link(
        &mut self,
        hash: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<SignupLink>> {
        let row: Option<(Uuid, Option<String>)> = on_engine!(&mut self.tx, |conn| sqlx::query_as(
            "select id, email_key from signup_links where token_hash = $1 and expires_at > $2"
        )
        .bind(hash)
        .bind(now)
        .fetch_optional(conn)
        .await?);
        Ok(row.map(|(id, email_key)| SignupLink { id: SignupLinkId(id), email_key }))
    }

    /// Uses a link up; false when somebody else did, a moment ago.
    pub async fn use_signup_link(&mut self, link: SignupLinkId) -> Result<bool> {
        let done =
            on_engine!(&mut self.tx, |conn| sqlx::query("delete from signup_links where id = $1")
                .bind(link.0)
                .execute(conn)
                .await?
                .rows_affected());
        Ok(done == 1)
    }
}

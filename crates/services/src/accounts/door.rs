//! What a sign-in is answered with: an API client gets a pair of tokens, a browser one for its cookie.

use crate::{
    Client, Services,
    error::Result,
    tokens::{ACCESS_LIFETIME, Person, REFRESH_LIFETIME, SessionToken},
};
use chrono::{DateTime, Utc};
use domain::{RefreshTokenId, SessionId, auth::TokenPair};
use sha2::{Digest, Sha256};
use store::{NewRefreshToken, NewSession, SessionKind, SystemTx};
use uuid::Uuid;

/// A way to come in.
pub(crate) trait Door {
    /// What it hands out.
    type Answer: Send;

    /// Writes the sign-in's row and hands out what goes with it.
    fn open(
        services: &Services,
        tx: &mut SystemTx,
        person: Person,
        client: &Client,
    ) -> impl Future<Output = Result<(SessionId, Self::Answer)>> + Send;
}

/// For API clients.
pub(crate) struct Api;

/// For browsers.
pub(crate) struct Browser;

impl Door for Api {
    type Answer = TokenPair;

    async fn open(
        services: &Services,
        tx: &mut SystemTx,
        person: Person,
        client: &Client,
    ) -> Result<(SessionId, TokenPair)> {
        let session = add_session(services, tx, person, client, SessionKind::Api).await?;
        let refresh_token = add_refresh_token(services, tx, person, session).await?.1;
        Ok((session, pair(services, person, session, refresh_token)?))
    }
}

impl Door for Browser {
    type Answer = SessionToken;

    async fn open(
        services: &Services,
        tx: &mut SystemTx,
        person: Person,
        client: &Client,
    ) -> Result<(SessionId, SessionToken)> {
        let session = add_session(services, tx, person, client, SessionKind::Browser).await?;
        let token = services.tokens.session(person.user, session, services.clock.now())?;
        Ok((session, token))
    }
}

async fn add_session(
    services: &Services,
    tx: &mut SystemTx,
    person: Person,
    client: &Client,
    kind: SessionKind,
) -> Result<SessionId> {
    let (id, now) = (services.clock.new_id(), services.clock.now());
    let (address, program) = (client.place(), client.program());
    let session = NewSession {
        id,
        user: person.user,
        kind,
        now,
        expires_at: now + REFRESH_LIFETIME,
        address: &address,
        user_agent: program.as_deref(),
    };
    tx.add_session(person.tenant, &session).await?;
    Ok(id)
}

/// Adds the family's next token and signs it.
pub(super) async fn add_refresh_token(
    services: &Services,
    tx: &mut SystemTx,
    person: Person,
    session: SessionId,
) -> Result<(RefreshTokenId, String)> {
    let (id, issued_at) = (services.clock.new_id(), services.clock.now());
    let expires_at: DateTime<Utc> = issued_at + REFRESH_LIFETIME;
    let token = services.tokens.refresh(person.user, session, id, issued_at, expires_at)?;
    let new = NewRefreshToken { id, session, hash: &hash(&token), issued_at, expires_at };
    tx.add_refresh_token(person.tenant, &new).await?;
    Ok((id, token))
}

/// The pair with a new access token.
pub(super) fn pair(
    services: &Services,
    person: Person,
    session: SessionId,
    refresh_token: String,
) -> Result<TokenPair> {
    let jti: Uuid = services.clock.new_id();
    Ok(TokenPair {
        access_token: services.tokens.access(&person, session, jti, services.clock.now())?,
        refresh_token,
        token_type: "bearer".into(),
        expires_in: ACCESS_LIFETIME.num_seconds(),
    })
}

/// What is kept of a refresh token.
pub(super) fn hash(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

//! Exchanges a refresh token for a new pair. A token that was exchanged before ends its whole family: one of the two
//! who hold it stole it. A retry is told from that by its time, and gets the very same successor. A token that moved
//! over from the original service is found by its hash, and is exchanged once like any other.

use super::door;
use crate::{
    Client, Services,
    access::{disabled, suspended},
    audit::{self, Action},
    error::Result,
    tokens::{LEEWAY, Person, REFRESH_LIFETIME, RefreshClaims},
};
use chrono::TimeDelta;
use domain::{
    ApiError, RefreshTokenId, UserId,
    auth::{RefreshRequest, TokenPair},
};
use serde_json::json;
use store::{Admission, Reason, RefreshToken, SessionKind, SystemTx};

/// A client whose answer was lost asks again within this time.
const RETRY: TimeDelta = TimeDelta::seconds(10);

/// 401 whatever is wrong with the token; 403 disabled or suspended.
pub async fn refresh(
    services: &Services,
    request: RefreshRequest,
    client: &Client,
) -> Result<TokenPair> {
    let token = request.refresh_token.expose().trim();
    let presented = Presented::of(services, token).ok_or_else(ApiError::unauthenticated)?;
    // A second round sees what the other of two exchanges at the same moment has written.
    for _ in 0..2 {
        let mut tx = services.store.system_write(Reason::SignIn).await?;
        let row = presented.row(&mut tx, &door::hash(token)).await?;
        let row = row.ok_or_else(ApiError::unauthenticated)?;
        let person = admitted(services, &mut tx, &row).await?;
        if person.user != presented.user() {
            return Err(ApiError::unauthenticated().into());
        }
        let outcome = match row.spent {
            None => exchange(services, &mut tx, &row, person).await?,
            Some((at, successor)) if services.clock.now() - at <= RETRY => {
                again(services, &mut tx, &row, successor, person).await?
            }
            Some(_) => Outcome::Reused,
        };
        match outcome {
            Outcome::Pair(pair) => {
                tx.commit().await?;
                return Ok(pair);
            }
            Outcome::Raced => {}
            Outcome::Reused => {
                end_family(services, tx, &row, person, client).await?;
                return Err(ApiError::unauthenticated().into());
            }
        }
    }
    Err(ApiError::unauthenticated().into())
}

/// A token that proved itself, before the database was asked.
enum Presented {
    Ours(RefreshClaims),
    /// The original service's, and whose.
    Original(UserId),
}

impl Presented {
    fn of(services: &Services, token: &str) -> Option<Self> {
        let now = services.clock.now();
        let ours = services.tokens.verify(token, now).map(Self::Ours);
        let original = || services.tokens.verify_original_refresh(token, now).map(Self::Original);
        ours.or_else(original)
    }

    fn user(&self) -> UserId {
        match self {
            Self::Ours(claims) => claims.sub,
            Self::Original(user) => *user,
        }
    }

    async fn row(&self, tx: &mut SystemTx, hash: &str) -> Result<Option<RefreshToken>> {
        Ok(match self {
            Self::Ours(claims) => tx
                .refresh_token(claims.jti)
                .await?
                .filter(|row| row.session == claims.sid && row.hash == hash),
            Self::Original(_) => tx.refresh_token_by_hash(hash).await?,
        })
    }
}

enum Outcome {
    Pair(TokenPair),
    /// Somebody exchanged it a moment ago.
    Raced,
    /// It was exchanged before, and this is no retry.
    Reused,
}

/// Whose family it is, if it stands.
async fn admitted(services: &Services, tx: &mut SystemTx, row: &RefreshToken) -> Result<Person> {
    let now = services.clock.now();
    match tx.admit(row.session, now).await? {
        Some(Admission::Admitted { caller, kind: SessionKind::Api, .. })
            if now - LEEWAY < row.expires_at =>
        {
            let (Some(user), Some(role)) = (caller.user_id(), caller.role()) else {
                return Err(ApiError::unauthenticated().into());
            };
            Ok(Person { user, tenant: caller.tenant_id(), role })
        }
        Some(Admission::AccountDisabled) => Err(disabled().into()),
        Some(Admission::TenantSuspended) => Err(suspended().into()),
        Some(Admission::Admitted { .. }) | None => Err(ApiError::unauthenticated().into()),
    }
}

async fn exchange(
    services: &Services,
    tx: &mut SystemTx,
    row: &RefreshToken,
    person: Person,
) -> Result<Outcome> {
    let now = services.clock.now();
    let (successor, token) = door::add_refresh_token(services, tx, person, row.session).await?;
    if !tx.spend_refresh_token(row.tenant, row.id, successor, now).await? {
        return Ok(Outcome::Raced);
    }
    tx.touch_session(row.tenant, row.session, now, now + REFRESH_LIFETIME).await?;
    Ok(Outcome::Pair(door::pair(services, person, row.session, token)?))
}

/// The successor once more, byte for byte, while nobody has used it.
async fn again(
    services: &Services,
    tx: &mut SystemTx,
    row: &RefreshToken,
    successor: RefreshTokenId,
    person: Person,
) -> Result<Outcome> {
    let Some(next) = tx.refresh_token(successor).await?.filter(|next| next.spent.is_none()) else {
        return Ok(Outcome::Reused);
    };
    let token = services.tokens.refresh(
        person.user,
        row.session,
        successor,
        next.issued_at,
        next.expires_at,
    )?;
    if door::hash(&token) != next.hash {
        // The signing key was changed in these ten seconds: the client signs in again, nobody is blamed.
        return Err(ApiError::unauthenticated().into());
    }
    Ok(Outcome::Pair(door::pair(services, person, row.session, token)?))
}

async fn end_family(
    services: &Services,
    mut tx: SystemTx,
    row: &RefreshToken,
    person: Person,
    client: &Client,
) -> Result<()> {
    tx.revoke_session(row.tenant, row.session, services.clock.now()).await?;
    let entry =
        audit::by(services, Some(person.user), client, Action::RefreshTokenReused, json!({}));
    tx.audit(row.tenant, &entry).await?;
    tx.commit().await?;
    services.inner.callers.forget(row.session).await;
    tracing::warn!(tenant = %row.tenant, user = %person.user, "a spent refresh token came again: its family is ended");
    Ok(())
}

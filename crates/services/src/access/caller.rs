//! From a request's headers to its [`Caller`].

use super::cookie_name;
use crate::{
    Services,
    error::{Error, Result},
    tokens::{AccessClaims, REFRESH_LIFETIME, SessionClaims},
};
use chrono::TimeDelta;
use domain::{ApiError, ErrorCode, SessionId, TenantId, UserId};
use http::{HeaderMap, header};
use store::{Admission, Caller, Reason, SessionKind};

/// A sign-in's last use is noted at most this often.
const NOTED_EVERY: TimeDelta = TimeDelta::minutes(1);

/// Who asks: by the bearer token (a JWT or an API key) if one came, else by the browser's
/// cookie.
///
/// 401 without a good token or when its sign-in is over, 403 when the person is disabled or the company suspended,
/// 503 when the database can't say.
pub async fn caller(services: &Services, headers: &HeaderMap) -> Result<Caller> {
    if let Some(key) = super::key::presented(headers) {
        return super::key::caller(services, key).await;
    }
    let claimed = claimed(services, headers).ok_or_else(ApiError::unauthenticated)?;
    let now = services.clock.now();
    let looked = services.inner.callers.get(claimed.session, now, async {
        let mut tx = services.store.system_read(Reason::SignIn).await?;
        let admission = tx.admit(claimed.session, now).await?;
        tx.commit().await?;
        if let Some(admission) = &admission {
            note_use(services, admission, claimed.session);
        }
        Ok(admission)
    });
    match looked.await.map_err(shared)? {
        Some(Admission::Admitted { caller, kind, .. }) if claimed.fits(&caller, kind) => Ok(caller),
        Some(Admission::AccountDisabled) => Err(disabled().into()),
        Some(Admission::TenantSuspended) => Err(suspended().into()),
        Some(Admission::Admitted { .. }) | None => Err(ApiError::unauthenticated().into()),
    }
}

/// 403: the person is disabled.
pub(crate) fn disabled() -> ApiError {
    ApiError::new(
        ErrorCode::AccountDisabled,
        "This account is disabled. Ask the owner of your company.",
    )
}

/// 403: the company is suspended.
pub(crate) fn suspended() -> ApiError {
    ApiError::new(
        ErrorCode::TenantSuspended,
        "This company is suspended. Ask the operator of this installation.",
    )
}

/// What a token says, before the database was asked.
struct Claimed {
    session: SessionId,
    user: UserId,
    tenant: Option<TenantId>,
    kind: SessionKind,
}

impl Claimed {
    /// Whether the row is of the same person, company and kind: anything else is no token of ours.
    fn fits(&self, caller: &Caller, kind: SessionKind) -> bool {
        self.kind == kind
            && caller.user_id() == Some(self.user)
            && self.tenant.is_none_or(|tenant| caller.tenant_id() == tenant)
    }
}

fn claimed(services: &Services, headers: &HeaderMap) -> Option<Claimed> {
    let now = services.clock.now();
    if let Some(authorization) = headers.get(header::AUTHORIZATION) {
        // A bad bearer token is refused, whatever cookie comes beside it.
        let (scheme, token) = authorization.to_str().ok()?.split_once(' ')?;
        if !scheme.eq_ignore_ascii_case("bearer") {
            return None;
        }
        let claims: AccessClaims = services.tokens.verify(token.trim(), now)?;
        let tenant = Some(claims.tenant_id);
        return Some(Claimed {
            session: claims.sid,
            user: claims.sub,
            tenant,
            kind: SessionKind::Api,
        });
    }
    let token = super::cookie::value(headers, cookie_name(services))?;
    let claims: SessionClaims = services.tokens.verify(token, now)?;
    Some(Claimed {
        session: claims.sid,
        user: claims.sub,
        tenant: None,
        kind: SessionKind::Browser,
    })
}

/// Moves the end of a sign-in that is in use, after the answer: a page doesn't wait for a write.
fn note_use(services: &Services, admission: &Admission, session: SessionId) {
    let Admission::Admitted { caller, kind: SessionKind::Browser, last_seen_at } = admission else {
        // A family of refresh tokens moves with each exchange.
        return;
    };
    let now = services.clock.now();
    if now - *last_seen_at < NOTED_EVERY {
        return;
    }
    let (tenant, store) = (caller.tenant_id(), services.store.clone());
    services.later(async move {
        let noted = async {
            let mut tx = store.system_write(Reason::SignIn).await?;
            tx.touch_session(tenant, session, now, now + REFRESH_LIFETIME).await?;
            tx.commit().await
        };
        if let Err(error) = noted.await {
            tracing::warn!(%error, "a sign-in's use was not noted; the next one is");
        }
    });
}

/// The error of a look-up that several askers shared.
pub(super) fn shared(error: std::sync::Arc<store::Error>) -> Error {
    match std::sync::Arc::try_unwrap(error) {
        Ok(error) => error.into(),
        Err(error) if matches!(*error, store::Error::Unavailable(_)) => {
            tracing::warn!(%error, "the database is away");
            ApiError::unavailable().into()
        }
        Err(error) => Error::Broken("a sign-in could not be looked up", error.into()),
    }
}

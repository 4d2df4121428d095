//! Signs in. An unknown e-mail and a wrong password are one answer in one time; that a person is disabled, a company
//! suspended or a code needed is told only to whoever knows the password.

use super::{
    brake::{self, refund},
    door::{Api, Browser, Door},
};
use crate::{
    Client, Services,
    access::{disabled, second_step_token, suspended},
    audit::{self, Action},
    brakes::Guess,
    error::Result,
    people::second_factor,
    tokens::{Person, SecondStepClaims, SessionToken},
};
use domain::{
    ApiError, ErrorCode, Secret,
    auth::{LoginRequest, TokenPair},
    validation,
};
use http::HeaderMap;
use serde_json::json;
use store::{Reason, SignIn};

/// What a browser gets for the right password.
#[derive(Debug)]
pub enum Entry {
    /// It is in.
    SignedIn(SessionToken),
    /// A code is asked for; this token says whose password was right.
    CodeNeeded(SessionToken),
}

/// For an API client. 401 for an unknown e-mail and a wrong password alike, and for a code that is missing or wrong;
/// 403 disabled or suspended; 429.
pub async fn for_api(
    services: &Services,
    request: LoginRequest,
    client: &Client,
) -> Result<TokenPair> {
    let otp = request.otp.clone();
    let proven = prove(services, request, client).await?;
    if !proven.found.second_factor {
        return open::<Api>(services, proven, client).await;
    }
    let code = otp.ok_or_else(second_factor_required)?;
    open_with_code::<Api>(services, proven, &code, client).await
}

/// For a browser; the same rules, but that the code may come in a second step.
pub async fn for_browser(
    services: &Services,
    request: LoginRequest,
    client: &Client,
) -> Result<Entry> {
    let proven = prove(services, request, client).await?;
    if !proven.found.second_factor {
        return open::<Browser>(services, proven, client).await.map(Entry::SignedIn);
    }
    let (user, now) = (proven.found.user, services.clock.now());
    let changed_at = proven.found.password_changed_at;
    Ok(Entry::CodeNeeded(services.tokens.second_step(user, changed_at, now)?))
}

/// The second step of a browser: 401 when its first is too long ago, or the code is wrong.
pub async fn with_code(
    services: &Services,
    headers: &HeaderMap,
    code: &Secret,
    client: &Client,
) -> Result<SessionToken> {
    let claims = second_step(services, headers).ok_or_else(ApiError::unauthenticated)?;
    let mut tx = services.store.system_read(Reason::SignIn).await?;
    let found = tx.sign_in_of(claims.sub).await?;
    let account = tx.own_account(claims.sub).await?;
    tx.commit().await?;
    // Another password since then: what was right is right no more.
    let found = found
        .filter(|found| found.password_changed_at.timestamp_micros() == claims.password_of)
        .filter(|found| found.second_factor && found.user_active && found.tenant_active)
        .ok_or_else(ApiError::unauthenticated)?;
    let email_key = account.and_then(|account| account.email_key).unwrap_or_default();
    let proven = Proven { found, email_key, rehashed: None };
    open_with_code::<Browser>(services, proven, code, client).await
}

/// Whether this browser has done the first step a moment ago.
pub fn awaits_code(services: &Services, headers: &HeaderMap) -> bool {
    second_step(services, headers).is_some()
}

fn second_step(services: &Services, headers: &HeaderMap) -> Option<SecondStepClaims> {
    services.tokens.verify(second_step_token(services, headers)?, services.clock.now())
}

/// Somebody whose password was right, and who may come in.
struct Proven {
    found: SignIn,
    email_key: String,
    /// The hash to replace the stored one.
    rehashed: Option<String>,
}

async fn prove(services: &Services, request: LoginRequest, client: &Client) -> Result<Proven> {
    let errors = request.check();
    if !errors.is_empty() {
        return Err(ApiError::validation(errors).into());
    }
    let email_key = validation::email_key(&request.email);
    let paid = brake::pay(services, Guess::Password, &email_key, client).await?;

    let mut tx = services.store.system_read(Reason::SignIn).await?;
    let found = tx.sign_in(&email_key).await?;
    tx.commit().await?;
    let hash = found.as_ref().and_then(|found| found.password_hash.clone());
    let right = match services.hasher.verify(request.password.clone(), hash).await {
        Ok(right) => right,
        Err(too_busy) => {
            refund(services, paid);
            return Err(too_busy);
        }
    };
    let found = match found {
        Some(found) if right => found,
        wrong => {
            if let Some(found) = wrong {
                refused_later(services, &found, client, "wrong_password");
            }
            return Err(wrong_credentials().into());
        }
    };
    refund(services, paid);
    if !found.user_active {
        refused_later(services, &found, client, "account_disabled");
        return Err(disabled().into());
    }
    if !found.tenant_active {
        refused_later(services, &found, client, "tenant_suspended");
        return Err(suspended().into());
    }
    let rehashed = rehashed(services, &found, request.password).await;
    Ok(Proven { found, email_key, rehashed })
}

async fn open<D: Door>(services: &Services, proven: Proven, client: &Client) -> Result<D::Answer> {
    let tx = services.store.system_write(Reason::SignIn).await?;
    open_in::<D>(services, tx, proven, client, json!({})).await
}

/// The code is used and the sign-in made in one transaction: no code is lost, none is good twice.
async fn open_with_code<D: Door>(
    services: &Services,
    proven: Proven,
    code: &Secret,
    client: &Client,
) -> Result<D::Answer> {
    let paid = brake::pay(services, Guess::Code, &proven.email_key, client).await?;
    let mut tx = services.store.system_write(Reason::SignIn).await?;
    let Some(accepted) = second_factor::accept(services, &mut tx, proven.found.user, code).await?
    else {
        drop(tx);
        refused_later(services, &proven.found, client, "wrong_code");
        return Err(wrong_code().into());
    };
    let answer =
        open_in::<D>(services, tx, proven, client, json!({ "code": accepted.as_str() })).await?;
    refund(services, paid);
    Ok(answer)
}

async fn open_in<D: Door>(
    services: &Services,
    mut tx: store::SystemTx,
    proven: Proven,
    client: &Client,
    details: serde_json::Value,
) -> Result<D::Answer> {
    let Proven { found, rehashed, .. } = proven;
    if let (Some(new), Some(proven)) = (rehashed, &found.password_hash) {
        tx.rehash(found.user, proven, &new).await?;
    }
    let person = Person { user: found.user, tenant: found.tenant, role: found.role };
    let (_, answer) = D::open(services, &mut tx, person, client).await?;
    let entry = audit::by(services, Some(found.user), client, Action::SignedIn, details);
    tx.audit(found.tenant, &entry).await?;
    tx.commit().await?;
    Ok(answer)
}

/// Records a refusal after the answer: written before, its time would tell who has an account.
fn refused_later(services: &Services, found: &SignIn, client: &Client, why: &'static str) {
    let details = json!({ "why": why });
    let entry = audit::by(services, Some(found.user), client, Action::SignInRefused, details);
    let (store, tenant) = (services.store.clone(), found.tenant);
    services.later(async move {
        let recorded = async {
            let mut tx = store.system_write(Reason::SignIn).await?;
            tx.audit(tenant, &entry).await?;
            tx.commit().await
        };
        if let Err(error) = recorded.await {
            tracing::error!(%error, %tenant, "a refused sign-in was not recorded");
        }
    });
}

/// A hash of today's cost, when the stored one is another's. Too busy for it now, the next sign-in does it.
async fn rehashed(services: &Services, found: &SignIn, password: Secret) -> Option<String> {
    let outdated =
        found.password_hash.as_ref().is_some_and(|hash| services.hasher.is_outdated(hash));
    if !outdated {
        return None;
    }
    match services.hasher.rehash(password).await {
        Ok(hash) => Some(hash),
        Err(error) => {
            tracing::info!(%error, "a password keeps its old hash until the next sign-in");
            None
        }
    }
}

fn wrong_credentials() -> ApiError {
    ApiError::new(ErrorCode::AuthenticationError, "The e-mail or the password is wrong.")
}

fn wrong_code() -> ApiError {
    ApiError::new(ErrorCode::AuthenticationError, "The code is wrong, or was used before.")
}

/// 401: the password was right, the code is missing.
pub fn second_factor_required() -> ApiError {
    ApiError::new(
        ErrorCode::SecondFactorRequired,
        "The password is right. Send the authenticator's six digits, or a recovery code, as `otp`, too.",
    )
}

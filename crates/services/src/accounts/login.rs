//! Signs in. An unknown e-mail and a wrong password are one answer in one time; that a person is disabled or a company
//! suspended is told only to whoever knows the password.

use super::door::{Api, Browser, Door};
use crate::{
    Client, Services,
    access::{disabled, suspended},
    audit::{self, Action},
    brakes::{self, Paid, Refused},
    error::Result,
    tokens::{Person, SessionToken},
};
use chrono::TimeDelta;
use domain::{
    ApiError, ErrorCode, Secret,
    auth::{LoginRequest, TokenPair},
    validation,
};
use serde_json::json;
use store::{Reason, SignIn};

/// An address is familiar to an account for so long after its last use.
const FAMILIAR: TimeDelta = TimeDelta::days(30);

/// For an API client. 401 for an unknown e-mail and a wrong password alike; 403 disabled or suspended; 429.
pub async fn for_api(
    services: &Services,
    request: LoginRequest,
    client: &Client,
) -> Result<TokenPair> {
    login::<Api>(services, request, client).await
}

/// For a browser; the same rules.
pub async fn for_browser(
    services: &Services,
    request: LoginRequest,
    client: &Client,
) -> Result<SessionToken> {
    login::<Browser>(services, request, client).await
}

async fn login<D: Door>(
    services: &Services,
    request: LoginRequest,
    client: &Client,
) -> Result<D::Answer> {
    let errors = request.check();
    if !errors.is_empty() {
        return Err(ApiError::validation(errors).into());
    }
    let email_key = validation::email_key(&request.email);
    let paid = pay(services, &email_key, client).await?;

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

    let mut tx = services.store.system_write(Reason::SignIn).await?;
    if let (Some(new), Some(proven)) = (rehashed, &found.password_hash) {
        tx.rehash(found.user, proven, &new).await?;
    }
    let person = Person { user: found.user, tenant: found.tenant, role: found.role };
    let (_, answer) = D::open(services, &mut tx, person, client).await?;
    let entry = audit::by(services, Some(found.user), client, Action::SignedIn, json!({}));
    tx.audit(found.tenant, &entry).await?;
    tx.commit().await?;
    Ok(answer)
}

/// Pays for the try, given back when the password is right. `None`: nothing is slowed down here.
pub(super) async fn pay(
    services: &Services,
    email_key: &str,
    client: &Client,
) -> Result<Option<Paid>> {
    if !services.settings.rate_limit {
        return Ok(None);
    }
    let now = services.clock.now();
    let brakes = &services.inner.brakes;
    let (retry_after_s, emptied_by_others) = match brakes.pay(email_key, client.address, now) {
        Ok(paid) => return Ok(Some(paid)),
        Err(Refused::Address { retry_after_s }) => (retry_after_s, false),
        Err(Refused::Account { retry_after_s }) => (retry_after_s, true),
    };
    let mut wait = retry_after_s;
    if emptied_by_others && is_familiar(services, email_key, client).await? {
        match brakes.pay_as_familiar(email_key, client.address, now) {
            Ok(paid) => return Ok(Some(paid)),
            Err(sooner) => wait = wait.min(sooner),
        }
    }
    Err(ApiError::rate_limited("Too many wrong passwords. Wait a little, then try again.", wait)
        .into())
}

/// Whether the account was used from there lately: guessers elsewhere don't slow its owner down.
async fn is_familiar(services: &Services, email_key: &str, client: &Client) -> Result<bool> {
    let since = services.clock.now() - FAMILIAR;
    let mut tx = services.store.system_read(Reason::SignIn).await?;
    let known = tx.familiar_addresses(email_key, since).await?;
    tx.commit().await?;
    let here = brakes::network(client.address);
    Ok(known
        .iter()
        .any(|address| address.parse().is_ok_and(|address| brakes::network(address) == here)))
}

pub(super) fn refund(services: &Services, paid: Option<Paid>) {
    if let Some(paid) = paid {
        services.inner.brakes.refund(paid);
    }
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

//! Goes to work in another company of the same person: a new sign-in there, and the present one ends.

use crate::{
    Client, Services,
    access::suspended,
    accounts::{Api, Browser, Door},
    audit::{self, Action},
    error::Result,
    tokens::{Person, SessionToken},
};
use domain::{ApiError, auth::TokenPair, team::SwitchRequest};
use serde_json::json;
use store::{Caller, Reason};

/// For an API client. 403 for a key or a suspended company, 404 for a company that isn't theirs.
pub async fn switch_for_api(
    services: &Services,
    caller: &Caller,
    request: &SwitchRequest,
    client: &Client,
) -> Result<TokenPair> {
    switch::<Api>(services, caller, request, client).await
}

/// For a browser; the same rules.
pub async fn switch_for_browser(
    services: &Services,
    caller: &Caller,
    request: &SwitchRequest,
    client: &Client,
) -> Result<SessionToken> {
    switch::<Browser>(services, caller, request, client).await
}

async fn switch<D: Door>(
    services: &Services,
    caller: &Caller,
    request: &SwitchRequest,
    client: &Client,
) -> Result<D::Answer> {
    let (Some(user), Some(session)) = (caller.user_id(), caller.session_id()) else {
        return Err(ApiError::person_required().into());
    };
    let now = services.clock.now();
    let mut tx = services.store.system_write(Reason::OwnAccount).await?;
    // Whoever is being removed there does not slip in at the same moment.
    tx.lock_tenant(request.tenant_id).await?;
    let there = tx
        .belongings(user)
        .await?
        .into_iter()
        .filter(|there| there.demo_until.is_none_or(|until| until > now))
        .find(|there| there.tenant == request.tenant_id)
        .ok_or_else(|| ApiError::not_found("company"))?;
    if !there.is_active {
        return Err(suspended().into());
    }
    // Ended already by somebody else's hand: whoever was signed out does not come back in this way.
    if !tx.revoke_session(caller.tenant_id(), session, now).await? {
        return Err(ApiError::unauthenticated().into());
    }
    let person = Person { user, tenant: there.tenant, role: there.role };
    let (_, answer) = D::open(services, &mut tx, person, client).await?;
    let entry = audit::by(services, Some(user), client, Action::CompanyEntered, json!({}));
    tx.audit(there.tenant, &entry).await?;
    tx.commit().await?;
    services.inner.callers.forget(session).await;
    Ok(answer)
}

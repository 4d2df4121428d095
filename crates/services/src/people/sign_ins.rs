//! The caller's own sign-ins, in every company: shown, and ended. Those of another person are not there.

use super::{audit_everywhere, device, person};
use crate::{
    Client, Services,
    audit::{self, Action},
    error::Result,
};
use domain::{
    ApiError, SessionId,
    person::{SignInKind, SignInsEnded, SignedIn},
};
use serde_json::json;
use store::{Caller, Reason, SessionKind};

/// Those that stand, this one first, then the last used.
pub async fn sign_ins(services: &Services, caller: &Caller) -> Result<Vec<SignedIn>> {
    let user = person(caller)?;
    let mut tx = services.store.system_read(Reason::OwnAccount).await?;
    let sessions = tx.own_sessions(user, services.clock.now()).await?;
    tx.commit().await?;
    let current = caller.session_id();
    let mut shown: Vec<SignedIn> = sessions
        .into_iter()
        .map(|session| SignedIn {
            id: session.id,
            kind: match session.kind {
                SessionKind::Browser => SignInKind::Browser,
                SessionKind::Api => SignInKind::Api,
            },
            device: session.user_agent.as_deref().and_then(device::name),
            address: session.address,
            created_at: session.created_at,
            last_seen_at: session.last_seen_at,
            is_current: Some(session.id) == current,
        })
        .collect();
    shown.sort_by_key(|session| !session.is_current);
    Ok(shown)
}

/// Ends one: here at once, everywhere within a second. 404 when it is over, or another person's.
pub async fn end_sign_in(
    services: &Services,
    caller: &Caller,
    session: SessionId,
    client: &Client,
) -> Result<()> {
    let user = person(caller)?;
    let mut tx = services.store.system_write(Reason::OwnAccount).await?;
    let tenant = tx.revoke_own_session(user, session, services.clock.now()).await?;
    let tenant = tenant.ok_or_else(|| ApiError::not_found("sign-in"))?;
    let details = json!({ "ended": 1 });
    let entry = audit::entry(services, caller, client, Action::SignInsEnded, details);
    tx.audit(tenant, &entry).await?;
    tx.commit().await?;
    super::forget(services, &[session]).await;
    Ok(())
}

/// Ends all but the one that asks.
pub async fn end_other_sign_ins(
    services: &Services,
    caller: &Caller,
    client: &Client,
) -> Result<SignInsEnded> {
    let user = person(caller)?;
    let mut tx = services.store.system_write(Reason::OwnAccount).await?;
    let now = services.clock.now();
    let ended = tx.revoke_own_sessions(user, caller.session_id(), now).await?;
    if !ended.is_empty() {
        let details = json!({ "ended": ended.len() });
        let entry = audit::entry(services, caller, client, Action::SignInsEnded, details);
        audit_everywhere(&mut tx, user, &entry).await?;
    }
    tx.commit().await?;
    super::forget(services, &ended).await;
    Ok(SignInsEnded { ended: i64::try_from(ended.len()).unwrap_or(i64::MAX) })
}

//! Accepts an invitation as somebody who is signed in, and goes to work there.

use super::{gone, is_for};
use crate::{
    Client, Services,
    accounts::{Api, Browser, Door},
    audit::{self, Action},
    error::Result,
    random,
    tokens::{Person, SessionToken},
};
use domain::{ApiError, ErrorCode, auth::TokenPair, invitation::InvitationToken};
use serde_json::json;
use store::{Caller, Reason};

/// For an API client. 403 for a key, a demo's visitor, or another address than the named one; 404 when the link opens
/// nothing; 409 for a member.
pub async fn accept_for_api(
    services: &Services,
    caller: &Caller,
    token: &InvitationToken,
    client: &Client,
) -> Result<TokenPair> {
    accept::<Api>(services, caller, token, client).await
}

/// For a browser; the same rules.
pub async fn accept_for_browser(
    services: &Services,
    caller: &Caller,
    token: &InvitationToken,
    client: &Client,
) -> Result<SessionToken> {
    accept::<Browser>(services, caller, token, client).await
}

async fn accept<D: Door>(
    services: &Services,
    caller: &Caller,
    token: &InvitationToken,
    client: &Client,
) -> Result<D::Answer> {
    let (Some(user), Some(session)) = (caller.user_id(), caller.session_id()) else {
        return Err(ApiError::person_required().into());
    };
    let (hash, now) = (random::hash(token.token.expose()), services.clock.now());
    let mut tx = services.store.system_write(Reason::OwnAccount).await?;
    let open = tx.open_invitation(&hash, now).await?.ok_or_else(gone)?;
    tx.lock_tenant(open.tenant).await?;
    let account = tx.own_account(user).await?.ok_or_else(ApiError::unauthenticated)?;
    let Some(email_key) = account.email_key else {
        let detail = "A demo's visitor has no account: sign out, then open the link again.";
        return Err(ApiError::new(ErrorCode::PermissionDenied, detail).into());
    };
    is_for(&open, &email_key)?;
    if tx.belongings(user).await?.iter().any(|there| there.tenant == open.tenant) {
        let detail = "You belong to this company already.";
        return Err(ApiError::new(ErrorCode::Conflict, detail).into());
    }
    if !tx.use_invitation(open.tenant, open.id).await? {
        return Err(gone().into());
    }
    tx.add_membership(open.tenant, user, open.role, now).await?;
    let person = Person { user, tenant: open.tenant, role: open.role };
    let (_, answer) = D::open(services, &mut tx, person, client).await?;
    tx.revoke_session(caller.tenant_id(), session, now).await?;
    let details = json!({ "email": account.email, "role": open.role });
    let entry = audit::by(services, Some(user), client, Action::MemberJoined, details);
    tx.audit(open.tenant, &entry).await?;
    tx.commit().await?;
    services.inner.callers.forget(session).await;
    Ok(answer)
}

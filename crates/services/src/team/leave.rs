//! A person leaves the company of their own accord.

use super::acting;
use crate::{
    Client, Services,
    audit::{self, Action},
    error::Result,
};
use domain::{ApiError, Role, team::MemberChanged};
use serde_json::json;
use store::Caller;

/// Everybody, in person. 409 for the last owner, also when nobody else is left: a company is deleted, not deserted.
pub async fn leave(services: &Services, caller: &Caller, client: &Client) -> Result<MemberChanged> {
    let user = caller.user_id().ok_or_else(ApiError::person_required)?;
    let mut tx = services.store.write(caller).await?;
    tx.lock_tenant().await?;
    let role = tx.role_of(user).await?.ok_or_else(ApiError::unauthenticated)?;
    if role == Role::Owner && tx.owners().await? == 1 {
        return Err(ApiError::last_owner().into());
    }
    let email = tx.session_of(user).await?.and_then(|session| session.email);
    let left = acting::leave_behind(&mut tx, user, None).await?;
    tx.remove_member(user).await?;
    let details = json!({ "email": email, "role": role, "revoked_keys": left.names() });
    tx.audit(&audit::entry(services, caller, client, Action::MemberLeft, details)).await?;
    tx.commit().await?;
    left.forget(services).await;
    Ok(MemberChanged { message: "You left the company".into(), revoked_api_keys: left.keys })
}

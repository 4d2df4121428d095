//! Hands the company over: a member becomes an owner, and who was one becomes an admin.

use super::acting;
use crate::{
    Client, Services,
    audit::{self, Action},
    error::Result,
};
use domain::{ApiError, ErrorCode, Permission, Role, UserId, team::MemberChanged};
use serde_json::json;
use store::Caller;

/// Owners, in person. `None`: nobody of this company. 409 for oneself.
pub async fn transfer(
    services: &Services,
    caller: &Caller,
    member: UserId,
    client: &Client,
) -> Result<Option<MemberChanged>> {
    if !caller.may(Permission::Own) {
        return Err(ApiError::denied().into());
    }
    let user = caller.user_id().ok_or_else(ApiError::person_required)?;
    let mut tx = services.store.write(caller).await?;
    let own = acting::locked(&mut tx, caller).await?;
    if !own.may(Permission::Own) {
        return Err(ApiError::denied().into());
    }
    if tx.role_of(member).await?.is_none() {
        return Ok(None);
    }
    if member == user {
        let detail = "The company is yours already: name another member.";
        return Err(ApiError::new(ErrorCode::Conflict, detail).into());
    }
    tx.set_role(member, Role::Owner).await?;
    tx.set_role(user, Role::Admin).await?;
    let left = acting::leave_behind(&mut tx, user, Some(Role::Admin)).await?;
    let sessions = tx.sessions_of(member).await?;
    let email = tx.session_of(member).await?.and_then(|session| session.email);
    let details = json!({ "member": member, "email": email, "revoked_keys": left.names() });
    tx.audit(&audit::entry(services, caller, client, Action::OwnershipTransferred, details))
        .await?;
    tx.commit().await?;
    left.forget(services).await;
    acting::forget_everywhere(services, &sessions).await;
    Ok(Some(MemberChanged {
        message: "Ownership transferred successfully".into(),
        revoked_api_keys: left.keys,
    }))
}

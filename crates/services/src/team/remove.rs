//! Takes a person out of the company: their sign-ins here end, the API keys they made are revoked.

use super::acting;
use crate::{
    Client, Services,
    audit::{self, Action},
    error::Result,
};
use domain::{ApiError, Permission, Role, UserId, team::MemberChanged};
use serde_json::json;
use store::Caller;

/// Owners any, admins all but owners. `None`: nobody of this company. 409 for the last owner. The account itself stays:
/// it is the person's.
pub async fn remove(
    services: &Services,
    caller: &Caller,
    member: UserId,
    client: &Client,
) -> Result<Option<MemberChanged>> {
    if !caller.may(Permission::Administer) {
        return Err(ApiError::denied().into());
    }
    let mut tx = services.store.write(caller).await?;
    let own = acting::locked(&mut tx, caller).await?;
    let Some(role) = tx.role_of(member).await? else { return Ok(None) };
    if !own.covers(role) {
        return Err(ApiError::denied().into());
    }
    if role == Role::Owner && tx.owners().await? == 1 {
        return Err(ApiError::last_owner().into());
    }
    let email = tx.session_of(member).await?.and_then(|session| session.email);
    let left = acting::leave_behind(&mut tx, member, None).await?;
    tx.remove_member(member).await?;
    let details =
        json!({ "member": member, "email": email, "role": role, "revoked_keys": left.names() });
    tx.audit(&audit::entry(services, caller, client, Action::MemberRemoved, details)).await?;
    tx.commit().await?;
    left.forget(services).await;
    Ok(Some(MemberChanged {
        message: "Member removed successfully".into(),
        revoked_api_keys: left.keys,
    }))
}

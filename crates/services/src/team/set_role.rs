//! Gives a member another role.

use super::acting;
use crate::{
    Client, Services,
    audit::{self, Action},
    error::Result,
};
use domain::{
    ApiError, Permission, Role, UserId,
    team::{MemberChanged, MemberPatch},
};
use serde_json::json;
use store::Caller;

/// Owners any, admins all but owners. `None`: nobody of this company. 409 when nobody would own the company any more.
pub async fn set_role(
    services: &Services,
    caller: &Caller,
    member: UserId,
    patch: MemberPatch,
    client: &Client,
) -> Result<Option<MemberChanged>> {
    if !caller.may(Permission::Administer) {
        return Err(ApiError::denied().into());
    }
    let mut tx = services.store.write(caller).await?;
    let own = acting::locked(&mut tx, caller).await?;
    let Some(before) = tx.role_of(member).await? else { return Ok(None) };
    if !own.covers(before) || !own.covers(patch.role) {
        return Err(ApiError::denied().into());
    }
    if before == patch.role {
        let message = "Nothing to change".to_owned();
        return Ok(Some(MemberChanged { message, revoked_api_keys: Vec::new() }));
    }
    if before == Role::Owner && tx.owners().await? == 1 {
        return Err(ApiError::last_owner().into());
    }
    tx.set_role(member, patch.role).await?;
    let left = acting::leave_behind(&mut tx, member, Some(patch.role)).await?;
    let email = tx.session_of(member).await?.and_then(|session| session.email);
    let details = json!({
        "member": member, "email": email, "from": before, "to": patch.role, "revoked_keys": left.names(),
    });
    tx.audit(&audit::entry(services, caller, client, Action::MemberRoleChanged, details)).await?;
    tx.commit().await?;
    left.forget(services).await;
    Ok(Some(MemberChanged {
        message: "Role changed successfully".into(),
        revoked_api_keys: left.keys,
    }))
}

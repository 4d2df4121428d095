//! Takes an invitation back: its link opens nothing from now on.

use crate::{
    Client, Services,
    audit::{self, Action},
    error::Result,
};
use domain::{ApiError, InvitationId, Permission};
use serde_json::json;
use store::Caller;

/// Owners and admins, up to their own role. `None`: there is no such open invitation in this company.
pub async fn revoke(
    services: &Services,
    caller: &Caller,
    invitation: InvitationId,
    client: &Client,
) -> Result<Option<()>> {
    let Some(own) = caller.role().filter(|role| role.may(Permission::Administer)) else {
        return Err(ApiError::denied().into());
    };
    let mut tx = services.store.write(caller).await?;
    let open = tx.invitations(services.clock.now()).await?;
    let Some(found) = open.into_iter().find(|open| open.id == invitation) else {
        return Ok(None);
    };
    if !own.covers(found.role) {
        return Err(ApiError::denied().into());
    }
    if !tx.remove_invitation(invitation).await? {
        // Accepted a moment ago.
        return Ok(None);
    }
    let details = json!({ "role": found.role, "email": found.email });
    tx.audit(&audit::entry(services, caller, client, Action::InvitationRevoked, details)).await?;
    tx.commit().await?;
    Ok(Some(()))
}

//! The open invitations, without their links.

use crate::{Services, error::Result};
use domain::{ApiError, Permission, invitation::Invitation};
use store::Caller;

/// Owners and admins. The newest first.
pub async fn list(services: &Services, caller: &Caller) -> Result<Vec<Invitation>> {
    if !caller.may(Permission::Administer) {
        return Err(ApiError::denied().into());
    }
    let mut tx = services.store.read(caller).await?;
    let open = tx.invitations(services.clock.now()).await?;
    tx.commit().await?;
    Ok(open)
}

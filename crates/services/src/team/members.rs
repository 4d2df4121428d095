//! Who belongs to the company.

use crate::{Services, error::Result};
use domain::{ApiError, Permission, team::Member};
use store::Caller;

/// Owners and admins. Owners first, then by the time they came.
pub async fn members(services: &Services, caller: &Caller) -> Result<Vec<Member>> {
    if !caller.may(Permission::Administer) {
        return Err(ApiError::denied().into());
    }
    let mut tx = services.store.read(caller).await?;
    let mut members = tx.members().await?;
    tx.commit().await?;
    for member in &mut members {
        member.is_you = caller.user_id() == Some(member.user_id);
    }
    Ok(members)
}

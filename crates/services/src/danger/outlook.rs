//! What deleting the own account would mean, before anybody does it.

use crate::{Services, error::Result};
use domain::{ApiError, Role, danger::AccountOutlook};
use store::{Belonging, Caller, Reason};

/// Everybody, in person.
pub async fn outlook(services: &Services, caller: &Caller) -> Result<AccountOutlook> {
    let user = caller.user_id().ok_or_else(ApiError::person_required)?;
    let mut tx = services.store.system_read(Reason::OwnAccount).await?;
    let belongings = tx.belongings(user).await?;
    let account = tx.own_account(user).await?.ok_or_else(ApiError::unauthenticated)?;
    tx.commit().await?;
    let names = |which: fn(&Belonging) -> bool| {
        belongings.iter().filter(|there| which(there)).map(|there| there.name.clone()).collect()
    };
    Ok(AccountOutlook {
        would_go: names(is_alone),
        in_the_way: names(is_needed),
        has_password: account.password_hash.is_some(),
    })
}

/// Nobody else belongs to it.
pub(super) fn is_alone(there: &Belonging) -> bool {
    there.members == 1
}

/// Others belong to it, and nobody else owns it.
pub(super) fn is_needed(there: &Belonging) -> bool {
    there.members > 1 && there.role == Role::Owner && there.owners == 1
}

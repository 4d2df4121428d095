//! Deletes the company with everything in it. People keep their accounts: they may belong elsewhere.

use crate::{Services, error::Result, shops, team};
use domain::{ApiError, FieldError, Permission, danger::CompanyDeletion};
use store::{Caller, Reason};

/// Owners, in person. 422 unless the company's name was typed.
pub async fn delete_company(
    services: &Services,
    caller: &Caller,
    request: &CompanyDeletion,
) -> Result<()> {
    if !caller.may(Permission::Own) {
        return Err(ApiError::denied().into());
    }
    let user = caller.user_id().ok_or_else(ApiError::person_required)?;
    let tenant = caller.tenant_id();
    let mut tx = services.store.read(caller).await?;
    let sellers = tx.seller_keys().await?;
    tx.commit().await?;
    let mut tx = services.store.system_write(Reason::OwnAccount).await?;
    tx.lock_tenant(tenant).await?;
    let here = tx.belongings(user).await?.into_iter().find(|there| there.tenant == tenant);
    let here = here.ok_or_else(ApiError::unauthenticated)?;
    if !here.role.may(Permission::Own) {
        return Err(ApiError::denied().into());
    }
    if request.name.trim() != here.name {
        let wrong = FieldError::body("name", "mismatch", "type the company's name as it stands");
        return Err(ApiError::validation(vec![wrong]).into());
    }
    let sessions = tx.sign_ins_in(tenant).await?;
    tx.remove_tenant(tenant).await?;
    tx.remove_lost_visitors().await?;
    tx.commit().await?;
    tracing::info!(%tenant, %user, "a company was deleted by its owner");
    team::forget_everywhere(services, &sessions).await;
    shops::seller::look_again(services, sellers).await?;
    Ok(())
}

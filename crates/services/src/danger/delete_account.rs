//! Deletes the own account: sign-ins, memberships, and, when that was said, companies that nobody else belongs to.

use super::outlook::{is_alone, is_needed};
use crate::{
    Client, Services,
    audit::{self, Action},
    error::Result,
    people::proof,
    team,
};
use domain::{ApiError, ErrorCode, danger::AccountDeletion};
use serde_json::json;
use store::{Caller, Reason};

/// Everybody, in person. 403 for a key and for a demo's visitor; 409 while others depend on the person as their last
/// owner, or a company would go without that being said; 422 for a wrong password; 429.
pub async fn delete_account(
    services: &Services,
    caller: &Caller,
    request: AccountDeletion,
    client: &Client,
) -> Result<()> {
    let user = caller.user_id().ok_or_else(ApiError::person_required)?;
    let mut tx = services.store.system_read(Reason::OwnAccount).await?;
    let account = tx.own_account(user).await?.ok_or_else(ApiError::unauthenticated)?;
    tx.commit().await?;
    proof::password(services, user, &account, request.password, "password", client).await?;

    let mut tx = services.store.system_write(Reason::OwnAccount).await?;
    for there in tx.belongings(user).await? {
        tx.lock_tenant(there.tenant).await?;
    }
    // Once more, under the locks: somebody may have come or gone.
    let belongings = tx.belongings(user).await?;
    if belongings.iter().any(is_needed) {
        return Err(ApiError::last_owner().into());
    }
    if belongings.iter().any(is_alone) && !request.delete_companies {
        let detail =
            "Companies that nobody else belongs to would go with the account: say that they may.";
        return Err(ApiError::new(ErrorCode::Conflict, detail).into());
    }
    let mut sessions = Vec::new();
    for there in &belongings {
        if is_alone(there) {
            sessions.extend(tx.sign_ins_in(there.tenant).await?);
            tx.remove_tenant(there.tenant).await?;
        }
    }
    sessions.extend(tx.sign_ins_of(user).await?.into_iter().map(|session| session.id));
    let hashes = tx.remove_made_by(user).await?;
    for there in belongings.iter().filter(|there| !is_alone(there)) {
        let details =
            json!({ "email": account.email, "role": there.role, "account_deleted": true });
        let entry = audit::by(services, Some(user), client, Action::MemberLeft, details);
        tx.audit(there.tenant, &entry).await?;
    }
    tx.remove_user(user).await?;
    tx.commit().await?;
    tracing::info!(%user, "an account was deleted by its person");
    team::forget_everywhere(services, &sessions).await;
    for hash in hashes {
        services.inner.key_callers.forget(hash).await;
    }
    Ok(())
}

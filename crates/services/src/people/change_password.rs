//! Changes the caller's password. Every other sign-in of theirs ends: here at once, everywhere within a second.

use super::{account, audit_everywhere, person, proof};
use crate::{
    Client, Services,
    accounts::register::too_common,
    audit::{self, Action},
    error::Result,
    letters,
    links::page,
};
use domain::{ApiError, person::PasswordChange};
use serde_json::json;
use store::{Caller, LinkPurpose, Reason};

/// 422 when the present password is wrong or the new one breaks a rule; 429 after too many wrong ones.
pub async fn change_password(
    services: &Services,
    caller: &Caller,
    request: PasswordChange,
    client: &Client,
) -> Result<()> {
    let user = person(caller)?;
    let errors = request.check();
    if !errors.is_empty() {
        return Err(ApiError::validation(errors).into());
    }
    let account = account(services, user).await?;
    let PasswordChange { current_password, new_password } = request;
    proof::password(services, user, &account, current_password, "current_password", client).await?;
    let about = super::known_of(services, caller, &account).await?;
    let Ok(new) = services.hasher.hash_new(new_password, about).await? else {
        return Err(too_common("new_password").into());
    };

    let now = services.clock.now();
    let mut tx = services.store.system_write(Reason::OwnAccount).await?;
    if !tx.change_password(user, account.password_hash.as_deref(), &new, now).await? {
        return Err(proof::wrong(
            "current_password",
            "wrong_password",
            "the password was changed a moment ago",
        )
        .into());
    }
    tx.drop_mail_link(user, LinkPurpose::ResetPassword).await?;
    let ended = tx.revoke_own_sessions(user, caller.session_id(), now).await?;
    let details = json!({ "ended": ended.len() });
    let entry = audit::entry(services, caller, client, Action::PasswordChanged, details);
    audit_everywhere(&mut tx, user, &entry).await?;
    tx.commit().await?;
    super::forget(services, &ended).await;
    if let Some(email) = account.email {
        let link = page(&services.settings.public_url, "/forgot");
        let words = letters::password_changed(client.locale, &email, &link);
        services.write_later(email, words);
    }
    Ok(())
}

//! Sets a new password through a link from a letter. Every sign-in of the person ends; a second factor stays.

use super::{audit_everywhere, links};
use crate::{
    Client, Services,
    accounts::register::too_common,
    audit::{self, Action},
    error::Result,
    letters,
    links::page,
    random,
};
use domain::{ApiError, person::PasswordReset};
use serde_json::json;
use store::{LinkPurpose, Reason};

/// 422 when the link is over or the password breaks a rule; a refused password leaves the link good.
pub async fn reset_password(
    services: &Services,
    request: PasswordReset,
    client: &Client,
) -> Result<()> {
    let errors = request.check();
    if !errors.is_empty() {
        return Err(ApiError::validation(errors).into());
    }
    let (purpose, hash) = (LinkPurpose::ResetPassword, random::hash(request.token.expose()));
    let mut tx = services.store.system_read(Reason::OwnAccount).await?;
    let user = tx.mail_link(purpose, &hash, services.clock.now()).await?;
    let user = user.ok_or_else(links::over)?;
    let email = tx.own_account(user).await?.and_then(|account| account.email);
    tx.commit().await?;
    let about = email.clone().into_iter().collect();
    let Ok(new) = services.hasher.hash_new(request.password, about).await? else {
        return Err(too_common("password").into());
    };

    let now = services.clock.now();
    let mut tx = services.store.system_write(Reason::OwnAccount).await?;
    let user = tx.take_mail_link(purpose, &hash, now).await?.ok_or_else(links::over)?;
    let account = tx.own_account(user).await?.ok_or_else(links::over)?;
    tx.change_password(user, account.password_hash.as_deref(), &new, now).await?;
    // Who got the letter has the address.
    tx.verify_email(user, now).await?;
    let ended = tx.revoke_own_sessions(user, None, now).await?;
    let details = json!({ "ended": ended.len() });
    let entry = audit::by(services, Some(user), client, Action::PasswordReset, details);
    audit_everywhere(&mut tx, user, &entry).await?;
    tx.commit().await?;
    super::forget(services, &ended).await;
    if let Some(email) = email {
        let link = page(&services.settings.public_url, "/forgot");
        let words = letters::password_changed(client.locale, &email, &link);
        services.write_later(email, words);
    }
    Ok(())
}

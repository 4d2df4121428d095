//! Sends a link to who forgot their password. Everything happens after the answer, so that neither its words nor its
//! time tell whether somebody has an account.

use super::{audit_everywhere, links};
use crate::{
    Client, Services,
    audit::{self, Action},
    error::{Result, chain},
    letters,
};
use domain::{ApiError, person::ForgottenPassword, validation};
use serde_json::json;
use store::{LinkPurpose, Reason};

/// The same answer for every address; 422 for what is none; 429 when this machine asks too much. Must be called in a
/// runtime.
pub fn forgot_password(
    services: &Services,
    request: &ForgottenPassword,
    client: &Client,
) -> Result<()> {
    let errors = request.check();
    if !errors.is_empty() {
        return Err(ApiError::validation(errors).into());
    }
    let email_key = validation::email_key(&request.email);
    if !super::may_write(services, &email_key, client)? {
        // It was sent enough letters: whoever asks is told nothing.
        return Ok(());
    }
    let (room, client) = (services.clone(), client.clone());
    services.later(async move {
        if let Err(error) = send(&room, &email_key, &client).await {
            tracing::error!(error = chain(&error), "a link for a new password was not made");
        }
    });
    Ok(())
}

async fn send(services: &Services, email_key: &str, client: &Client) -> Result<()> {
    let mut tx = services.store.system_write(Reason::OwnAccount).await?;
    let Some((user, email)) = tx.addressee(email_key).await? else { return Ok(()) };
    let link = links::new(services, &mut tx, user, LinkPurpose::ResetPassword).await?;
    // By nobody who is known: anybody may type an address.
    let entry = audit::by(services, None, client, Action::PasswordResetRequested, json!({}));
    audit_everywhere(&mut tx, user, &entry).await?;
    tx.commit().await?;
    let words = letters::reset_password(client.locale, &email, &link);
    services.post.send(&services.clock, &email, words, Some(&link)).await;
    Ok(())
}

//! Proves an address: a letter with a link after registration, and again when asked for. Nobody needs it to sign in.

use super::{account, audit_everywhere, links, person, proof};
use crate::{
    Client, Services,
    audit::{self, Action},
    error::{Result, chain},
    letters, random,
};
use domain::{ApiError, ErrorCode, UserId, person::EmailProof};
use serde_json::json;
use store::{Caller, LinkPurpose, Reason};

/// Uses a link. 422 when it is over.
pub async fn verify_email(services: &Services, request: EmailProof, client: &Client) -> Result<()> {
    let (now, hash) = (services.clock.now(), random::hash(request.token.expose()));
    let mut tx = services.store.system_write(Reason::OwnAccount).await?;
    let user = tx.take_mail_link(LinkPurpose::VerifyEmail, &hash, now).await?;
    let user = user.ok_or_else(links::over)?;
    if tx.verify_email(user, now).await? {
        let entry = audit::by(services, Some(user), client, Action::EmailVerified, json!({}));
        audit_everywhere(&mut tx, user, &entry).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Sends the caller another letter. 409 when the address is proven; 429 after too many.
pub async fn ask_for_verification(
    services: &Services,
    caller: &Caller,
    client: &Client,
) -> Result<()> {
    let user = person(caller)?;
    let account = account(services, user).await?;
    let (email, key) = account.email.zip(account.email_key).ok_or_else(proof::no_password)?;
    if account.email_verified_at.is_some() {
        return Err(ApiError::new(ErrorCode::Conflict, "This address is confirmed already.").into());
    }
    if !super::may_write(services, &key, client)? {
        return Err(super::enough_letters(600).into());
    }
    welcome(services, user, email, client);
    Ok(())
}

/// Sends the letter after the answer.
pub(crate) fn welcome(services: &Services, user: UserId, email: String, client: &Client) {
    if !services.post.delivers() {
        return;
    }
    let (room, locale) = (services.clone(), client.locale);
    services.later(async move {
        let made = async {
            let mut tx = room.store.system_write(Reason::OwnAccount).await?;
            let link = links::new(&room, &mut tx, user, LinkPurpose::VerifyEmail).await?;
            tx.commit().await?;
            Result::Ok(link)
        };
        match made.await {
            Ok(link) => {
                let words = letters::verify_email(locale, &email, &link);
                room.post.send(&room.clock, &email, words, Some(&link)).await;
            }
            Err(error) => tracing::error!(error = chain(&error), "an address is not asked about"),
        }
    });
}

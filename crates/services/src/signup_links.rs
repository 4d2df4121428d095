//! The operator's links, with which a company may be registered where registration is by invitation.

use crate::{Clock, error::Result, links, random};
use chrono::TimeDelta;
use domain::{ApiError, FieldError, validation};
use store::{NewSignupLink, Reason, Store};
use url::Url;

/// The longest life of a link, in days.
pub const LONGEST: u32 = 365;

/// Makes a link, good for one company; with an address only for that one. It can't be read again.
pub async fn create(
    store: &Store,
    clock: &Clock,
    public_url: &Url,
    email: Option<&str>,
    days: u32,
) -> Result<String> {
    let email = email.map(str::trim);
    if let Some(Err((code, msg))) = email.map(validation::email) {
        return Err(ApiError::validation(vec![FieldError::body("email", code, msg)]).into());
    }
    if !(1..=LONGEST).contains(&days) {
        let wrong = FieldError::body("days", "out_of_range", "use 1 to 365 days");
        return Err(ApiError::validation(vec![wrong]).into());
    }
    let (token, now) = (random::token(), clock.now());
    let email_key = email.map(validation::email_key);
    let mut tx = store.system_write(Reason::Operator).await?;
    tx.add_signup_link(&NewSignupLink {
        id: clock.new_id(),
        hash: &random::hash(token.expose()),
        email,
        email_key: email_key.as_deref(),
        now,
        expires_at: now + TimeDelta::days(days.into()),
    })
    .await?;
    tx.commit().await?;
    Ok(links::page(public_url, &format!("/register?invitation={}", token.expose())))
}

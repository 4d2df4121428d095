//! Links for letters: random, kept as a hash, good once.

use crate::{Services, error::Result, links::page, random};
use chrono::TimeDelta;
use domain::{ApiError, UserId};
use store::{LinkPurpose, SystemTx};

/// How long a link to set a password is good.
const RESET: TimeDelta = TimeDelta::hours(1);
/// How long a link that proves an address is good.
const VERIFY: TimeDelta = TimeDelta::days(3);

/// A new link of this purpose; an older one is worthless from now on.
pub(super) async fn new(
    services: &Services,
    tx: &mut SystemTx,
    user: UserId,
    purpose: LinkPurpose,
) -> Result<String> {
    let (path, lifetime) = match purpose {
        LinkPurpose::ResetPassword => ("reset", RESET),
        LinkPurpose::VerifyEmail => ("verify", VERIFY),
    };
    let token = random::token();
    let expires_at = services.clock.now() + lifetime;
    tx.put_mail_link(user, purpose, &random::hash(token.expose()), expires_at).await?;
    Ok(page(&services.settings.public_url, &format!("/{path}/{}", token.expose())))
}

/// 422: the link was used, replaced, or its time is over.
pub(super) fn over() -> ApiError {
    super::proof::wrong(
        "token",
        "link_over",
        "this link was used, replaced or is too old: ask for a new one",
    )
}

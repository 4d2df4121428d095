//! Pays for a guess at an account before it is looked at: passwords and codes alike, wherever they are asked for.

use crate::{
    Client, Services,
    brakes::{self, Guess, Paid, Refused},
    error::Result,
};
use chrono::TimeDelta;
use domain::ApiError;
use store::Reason;

/// An address is familiar to an account for so long after its last use.
const FAMILIAR: TimeDelta = TimeDelta::days(30);

/// Pays for the try, given back when it was right. `None`: nothing is slowed down here. 429 when nothing is left.
pub(crate) async fn pay(
    services: &Services,
    guess: Guess,
    email_key: &str,
    client: &Client,
) -> Result<Option<Paid>> {
    if !services.settings.rate_limit {
        return Ok(None);
    }
    let now = services.clock.now();
    let brakes = &services.inner.brakes;
    let (retry_after_s, emptied_by_others) = match brakes.pay(guess, email_key, client.address, now)
    {
        Ok(paid) => return Ok(Some(paid)),
        Err(Refused::Address { retry_after_s }) => (retry_after_s, false),
        Err(Refused::Account { retry_after_s }) => (retry_after_s, true),
    };
    let mut wait = retry_after_s;
    if emptied_by_others && is_familiar(services, email_key, client).await? {
        match brakes.pay_as_familiar(guess, email_key, client.address, now) {
            Ok(paid) => return Ok(Some(paid)),
            Err(sooner) => wait = wait.min(sooner),
        }
    }
    let detail = match guess {
        Guess::Password => "Too many wrong passwords. Wait a little, then try again.",
        Guess::Code => "Too many wrong codes. Wait a little, then try again.",
    };
    Err(ApiError::rate_limited(detail, wait).into())
}

/// The guess was right, or was never looked at.
pub(crate) fn refund(services: &Services, paid: Option<Paid>) {
    if let Some(paid) = paid {
        services.inner.brakes.refund(paid);
    }
}

/// Whether the account was used from there lately: guessers elsewhere don't slow its owner down.
async fn is_familiar(services: &Services, email_key: &str, client: &Client) -> Result<bool> {
    let since = services.clock.now() - FAMILIAR;
    let mut tx = services.store.system_read(Reason::SignIn).await?;
    let known = tx.familiar_addresses(email_key, since).await?;
    tx.commit().await?;
    let here = brakes::network(client.address);
    Ok(known
        .iter()
        .any(|address| address.parse().is_ok_and(|address| brakes::network(address) == here)))
}

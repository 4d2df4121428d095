//! A person's own account, whatever companies they belong to: password, address, sign-ins, second factor. Each of
//! these changes the caller's own, or that of who got a link; nobody else's.

mod change_password;
mod device;
mod forgot_password;
mod links;
mod profile;
pub(crate) mod proof;
mod reset_password;
pub mod second_factor;
mod sign_ins;
mod verify_email;

pub use change_password::change_password;
pub use forgot_password::forgot_password;
pub use profile::profile;
pub use reset_password::reset_password;
pub use sign_ins::{end_other_sign_ins, end_sign_in, sign_ins};
pub use verify_email::{ask_for_verification, verify_email};

pub(crate) use verify_email::welcome;

use crate::{Client, Services, error::Result};
use domain::{ApiError, SessionId, UserId};
use store::{AuditEntry, Caller, OwnAccount, Reason, SystemTx};

/// The person; 403 for a key or a job.
fn person(caller: &Caller) -> Result<UserId> {
    Ok(caller.user_id().ok_or_else(ApiError::person_required)?)
}

/// A person's account.
async fn account(services: &Services, user: UserId) -> Result<OwnAccount> {
    let mut tx = services.store.system_read(Reason::OwnAccount).await?;
    let account = tx.own_account(user).await?;
    tx.commit().await?;
    // Removed since the caller was looked up.
    Ok(account.ok_or_else(ApiError::unauthenticated)?)
}

/// Appends to the chain of each company that the person belongs to: what they do to their account concerns all.
async fn audit_everywhere(tx: &mut SystemTx, user: UserId, entry: &AuditEntry) -> Result<()> {
    for tenant in tx.companies_of(user).await? {
        tx.audit(tenant, entry).await?;
    }
    Ok(())
}

/// What a guesser knows of the person: no password may follow from it.
async fn known_of(
    services: &Services,
    caller: &Caller,
    account: &OwnAccount,
) -> Result<Vec<String>> {
    let mut tx = services.store.read(caller).await?;
    let company = tx.tenant_row().await?.map(|tenant| tenant.name);
    tx.commit().await?;
    Ok(account.email.clone().into_iter().chain(company).collect())
}

/// Ends what this process remembers of sign-ins.
async fn forget(services: &Services, ended: &[SessionId]) {
    for session in ended {
        services.inner.callers.forget(*session).await;
    }
}

/// Whether an address may get another letter; 429 when this machine asks for too many.
fn may_write(services: &Services, email_key: &str, client: &Client) -> Result<bool> {
    if !services.settings.rate_limit {
        return Ok(true);
    }
    let now = services.clock.now();
    let paid = services.inner.brakes.pay_letter(email_key, client.address, now);
    Ok(paid.map_err(enough_letters)?)
}

fn enough_letters(retry_after_s: u32) -> ApiError {
    ApiError::rate_limited(
        "Enough letters were asked for. Look into the mailbox, then try again.",
        retry_after_s,
    )
}

//! A person's account as they see it.

use super::{account, person};
use crate::{Services, error::Result};
use domain::person::{Profile, SecondFactor};
use store::Caller;

/// The caller's own.
pub async fn profile(services: &Services, caller: &Caller) -> Result<Profile> {
    let user = person(caller)?;
    let account = account(services, user).await?;
    let left = account.recovery_codes;
    Ok(Profile {
        user_id: user,
        email: account.email,
        email_verified_at: account.email_verified_at,
        created_at: account.created_at,
        password_changed_at: account.password_changed_at,
        second_factor: account
            .second_factor_since
            .map(|since| SecondFactor { since, recovery_codes_left: left }),
    })
}

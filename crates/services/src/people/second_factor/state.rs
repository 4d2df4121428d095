//! How far a person's second factor is, for its page: a page comes after a redirect, which has no body, so what was
//! just made is read once more.

use super::{begin, open};
use crate::{
    Services,
    error::Result,
    people::{account, person},
};
use chrono::TimeDelta;
use domain::{
    Secret,
    person::{RecoveryCodes, SecondFactor, SecondFactorState},
};
use store::{Caller, Reason};

/// So long a secret that waits for its code is shown again.
const SHOWN: TimeDelta = TimeDelta::minutes(15);

/// The field that codes on their way to a page are sealed for.
const CODES: &str = "recovery_codes";

/// In use, waiting for a code, or neither; with the codes of [`seal_codes`], if some came along.
pub async fn state(
    services: &Services,
    caller: &Caller,
    sealed: Option<&str>,
) -> Result<SecondFactorState> {
    let user = person(caller)?;
    let account = account(services, user).await?;
    let mut tx = services.store.system_read(Reason::OwnAccount).await?;
    let stored = tx.second_factor(user).await?;
    tx.commit().await?;
    let since = services.clock.now() - SHOWN;
    let begun = stored.filter(|row| row.confirmed_at.is_none() && row.created_at > since);
    let setup = match begun {
        None => None,
        Some(row) => {
            let secret = open(services, user, &row.ciphertext)?;
            Some(begin::setup(account.email.as_deref().unwrap_or_default(), &secret)?)
        }
    };
    // A cookie that is no seal of ours is no codes.
    let codes = sealed.and_then(|sealed| services.vault.open(user, CODES, sealed).ok());
    let left = account.recovery_codes;
    Ok(SecondFactorState {
        has_password: account.email.is_some(),
        in_use: account
            .second_factor_since
            .map(|since| SecondFactor { since, recovery_codes_left: left }),
        setup,
        recovery_codes: codes
            .map(|codes| codes.expose().split(' ').map(str::to_owned).collect())
            .unwrap_or_default(),
    })
}

/// New codes, sealed for their person: what a browser may carry to the next page.
pub fn seal_codes(services: &Services, caller: &Caller, codes: &RecoveryCodes) -> Result<String> {
    let text = Secret::new(codes.recovery_codes.join(" "));
    Ok(services.vault.seal(person(caller)?, CODES, &text))
}

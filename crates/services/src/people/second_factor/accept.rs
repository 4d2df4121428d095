//! Accepts a code, once.

use super::{open, recovery, totp};
use crate::{Services, error::Result};
use domain::{Secret, UserId};
use store::SystemTx;

/// What a code was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Accepted {
    /// The authenticator's.
    Authenticator,
    /// A recovery code; it is gone now.
    Recovery,
}

impl Accepted {
    /// For the audit log.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Authenticator => "authenticator",
            Self::Recovery => "recovery",
        }
    }
}

/// Uses a code of a person whose second factor is in use, in the transaction of what it is for. `None`: it is wrong,
/// or was used before.
pub(crate) async fn accept(
    services: &Services,
    tx: &mut SystemTx,
    user: UserId,
    code: &Secret,
) -> Result<Option<Accepted>> {
    let Some(factor) = tx.second_factor(user).await?.filter(|row| row.confirmed_at.is_some())
    else {
        return Ok(None);
    };
    if let Some(hash) = recovery::hash(user, code) {
        let taken = tx.take_recovery_code(user, &hash).await?;
        return Ok(taken.then_some(Accepted::Recovery));
    }
    let secret = open(services, user, &factor.ciphertext)?;
    let Some(step) = totp::step_of(&secret, &typed(code), services.clock.now()) else {
        return Ok(None);
    };
    Ok(tx.accept_step(user, step).await?.then_some(Accepted::Authenticator))
}

/// Authenticators show `492 039`.
pub(super) fn typed(code: &Secret) -> String {
    code.expose().chars().filter(|c| !c.is_whitespace() && *c != '-').collect()
}

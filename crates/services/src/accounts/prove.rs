//! Who comes in by a registration or an invitation: somebody new, or somebody who proves an account of no company.

use super::{
    brake::{pay, refund},
    register::{taken, too_common},
};
use crate::{Client, Services, brakes::Guess, error::Result};
use domain::{ApiError, ErrorCode, Secret, UserId};
use store::Reason;

/// Who comes in.
pub(crate) enum Newcomer {
    /// Somebody new, with this hash.
    New {
        /// bcrypt.
        password_hash: String,
    },
    /// Somebody who has an account, belongs to no company, and proved their password.
    Known(UserId),
}

/// Finds out who comes in with this address and password. 409 when the address has an account that can sign in, or the
/// password is not the account's; 422 for a common one; 429.
pub(crate) async fn prove(
    services: &Services,
    email_key: &str,
    password: Secret,
    about: Vec<String>,
    client: &Client,
) -> Result<Newcomer> {
    let mut tx = services.store.system_read(Reason::SignIn).await?;
    let signs_in = tx.sign_in(email_key).await?.is_some();
    let lost = tx.without_company(email_key).await?;
    let second_factor = match &lost {
        Some((user, _)) => {
            tx.own_account(*user).await?.is_some_and(|own| own.second_factor_since.is_some())
        }
        None => false,
    };
    tx.commit().await?;
    if let Some((user, hash)) = lost {
        if !is_right(services, email_key, password, Some(hash), client).await? {
            return Err(taken().into());
        }
        return if second_factor { Err(code_needed().into()) } else { Ok(Newcomer::Known(user)) };
    }
    if signs_in {
        return Err(taken().into());
    }
    match services.hasher.hash_new(password, about).await? {
        Ok(password_hash) => Ok(Newcomer::New { password_hash }),
        Err(_) => Err(too_common("password").into()),
    }
}

/// Wrong ones are paid for, as at sign-in.
async fn is_right(
    services: &Services,
    email_key: &str,
    password: Secret,
    hash: Option<String>,
    client: &Client,
) -> Result<bool> {
    let paid = pay(services, Guess::Password, email_key, client).await?;
    let outcome = services.hasher.verify(password, hash).await;
    // Too busy to say is not a wrong one.
    if !matches!(outcome, Ok(false)) {
        refund(services, paid);
    }
    outcome
}

/// 401: a password alone never stands for somebody who set a second factor, and this door does not ask for codes.
fn code_needed() -> ApiError {
    ApiError::new(
        ErrorCode::SecondFactorRequired,
        "This account has a second factor and belongs to no company. Ask for an invitation to another address.",
    )
}

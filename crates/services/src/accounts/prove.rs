//! Passwords outside of signing in: a newcomer's, and once more of somebody who is here already.

use super::{
    login::{pay, refund},
    register::{taken, too_common},
};
use crate::{Client, Services, error::Result};
use domain::{ApiError, FieldError, Secret, UserId};
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
    tx.commit().await?;
    if let Some((user, hash)) = lost {
        if !is_right(services, email_key, password, Some(hash), client).await? {
            return Err(taken().into());
        }
        return Ok(Newcomer::Known(user));
    }
    if signs_in {
        return Err(taken().into());
    }
    match services.hasher.hash_new(password, about).await? {
        Ok(password_hash) => Ok(Newcomer::New { password_hash }),
        Err(common) => Err(too_common(common).into()),
    }
}

/// Asks somebody who is signed in for their password again. 422 beside the field when it is wrong; 429 after too many.
pub(crate) async fn verify_password(
    services: &Services,
    email_key: &str,
    password: Secret,
    hash: Option<String>,
    client: &Client,
) -> Result<()> {
    if let Err((code, msg)) = domain::validation::password_shape(password.expose()) {
        return Err(ApiError::validation(vec![FieldError::body("password", code, msg)]).into());
    }
    if !is_right(services, email_key, password, hash, client).await? {
        let wrong = FieldError::body("password", "wrong_password", "this is not your password");
        return Err(ApiError::validation(vec![wrong]).into());
    }
    Ok(())
}

/// Wrong ones are paid for, as at sign-in.
async fn is_right(
    services: &Services,
    email_key: &str,
    password: Secret,
    hash: Option<String>,
    client: &Client,
) -> Result<bool> {
    let paid = pay(services, email_key, client).await?;
    let outcome = services.hasher.verify(password, hash).await;
    // Too busy to say is not a wrong one.
    if !matches!(outcome, Ok(false)) {
        refund(services, paid);
    }
    outcome
}

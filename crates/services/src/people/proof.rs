//! The password once more, before what a stolen sign-in must not do. Guesses are slowed down as at the door.

use super::audit_everywhere;
use crate::{
    Client, Services,
    accounts::brake,
    audit::{self, Action},
    brakes::Guess,
    error::Result,
};
use domain::{ApiError, ErrorCode, FieldError, Secret, UserId};
use serde_json::json;
use store::{OwnAccount, Reason};

/// 422 at this field when the password is not the account's; 403 for who has none.
pub(crate) async fn password(
    services: &Services,
    user: UserId,
    account: &OwnAccount,
    password: Secret,
    field: &'static str,
    client: &Client,
) -> Result<()> {
    let email_key = account.email_key.as_deref().ok_or_else(no_password)?;
    let paid = brake::pay(services, Guess::Password, email_key, client).await?;
    match services.hasher.verify(password, account.password_hash.clone()).await {
        Ok(true) => {
            brake::refund(services, paid);
            Ok(())
        }
        Ok(false) => {
            refused(services, user, client, "password").await?;
            Err(wrong(field, "wrong_password", "this is not your present password").into())
        }
        Err(too_busy) => {
            brake::refund(services, paid);
            Err(too_busy)
        }
    }
}

/// Records that a proof was wrong.
pub(super) async fn refused(
    services: &Services,
    user: UserId,
    client: &Client,
    what: &'static str,
) -> Result<()> {
    let details = json!({ "what": what });
    let entry = audit::by(services, Some(user), client, Action::ProofRefused, details);
    let mut tx = services.store.system_write(Reason::OwnAccount).await?;
    audit_everywhere(&mut tx, user, &entry).await?;
    tx.commit().await?;
    Ok(())
}

/// 422 with its place.
pub(super) fn wrong(field: &str, code: &str, msg: &str) -> ApiError {
    ApiError::validation(vec![FieldError::body(field, code, msg)])
}

/// 403: a visitor of a demo.
pub(super) fn no_password() -> ApiError {
    ApiError::new(
        ErrorCode::PermissionDenied,
        "A demo's visitor has no password. Register instead.",
    )
}

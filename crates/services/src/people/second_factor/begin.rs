//! Begins to set a second factor up: a secret that nothing asks for until a code confirms it.

use super::{FIELD, qr, totp};
use crate::{
    Client, Services,
    error::Result,
    people::{account, person, proof},
    random,
};
use domain::{
    ApiError, ErrorCode, Secret,
    person::{PasswordProof, SecondFactorSetup},
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use store::{Caller, Reason};

/// 422 when the password is wrong, 409 when a second factor is in use. Asked again, the older secret is forgotten.
pub async fn begin(
    services: &Services,
    caller: &Caller,
    request: PasswordProof,
    client: &Client,
) -> Result<SecondFactorSetup> {
    let user = person(caller)?;
    let errors = request.check();
    if !errors.is_empty() {
        return Err(ApiError::validation(errors).into());
    }
    let account = account(services, user).await?;
    proof::password(services, user, &account, request.password, "password", client).await?;
    let secret = Secret::new(totp::to_base32(&random::bytes::<20>()));
    let sealed = services.vault.seal(user, FIELD, &secret);
    let mut tx = services.store.system_write(Reason::OwnAccount).await?;
    if !tx.begin_second_factor(user, &sealed, services.clock.now()).await? {
        return Err(in_use().into());
    }
    tx.commit().await?;
    setup(account.email.as_deref().unwrap_or_default(), &secret)
}

/// What the authenticator wants to know, in its three forms.
pub(super) fn setup(email: &str, secret: &Secret) -> Result<SecondFactorSetup> {
    let uri = uri(email, secret);
    Ok(SecondFactorSetup { qr_svg: qr::svg(&uri)?, secret: secret.expose().to_owned(), uri })
}

/// 409: it is in use already.
pub(super) fn in_use() -> ApiError {
    ApiError::new(ErrorCode::Conflict, "A second factor is in use. Switch it off first.")
}

/// What authenticators read from the QR code.
fn uri(email: &str, secret: &Secret) -> String {
    let email = utf8_percent_encode(email, NON_ALPHANUMERIC);
    format!(
        "otpauth://totp/Stock%20Tracker:{email}?secret={}&issuer=Stock%20Tracker&algorithm=SHA1&digits=6&period=30",
        secret.expose()
    )
}

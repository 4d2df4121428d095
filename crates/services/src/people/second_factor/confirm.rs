//! Puts a second factor into use, once a code shows that the authenticator has its secret.

use super::{accept::typed, begin::in_use, open, recovery, totp};
use crate::{
    Client, Services,
    accounts::brake,
    audit::{self, Action},
    brakes::Guess,
    error::Result,
    people::{account, audit_everywhere, person, proof},
};
use domain::{
    ApiError, ErrorCode,
    person::{CodeProof, RecoveryCodes},
};
use serde_json::json;
use store::{Caller, Reason};

/// The recovery codes, this once. 422 for a wrong code, 409 when nothing waits for one.
pub async fn confirm(
    services: &Services,
    caller: &Caller,
    request: CodeProof,
    client: &Client,
) -> Result<RecoveryCodes> {
    let user = person(caller)?;
    let errors = request.check();
    if !errors.is_empty() {
        return Err(ApiError::validation(errors).into());
    }
    let key = account(services, user).await?.email_key.ok_or_else(proof::no_password)?;
    let mut tx = services.store.system_read(Reason::OwnAccount).await?;
    let factor = tx.second_factor(user).await?.ok_or_else(nothing_begun)?;
    tx.commit().await?;
    if factor.confirmed_at.is_some() {
        return Err(in_use().into());
    }
    let paid = brake::pay(services, Guess::Code, &key, client).await?;
    let (secret, now) = (open(services, user, &factor.ciphertext)?, services.clock.now());
    let Some(step) = totp::step_of(&secret, &typed(&request.code), now) else {
        proof::refused(services, user, client, "code").await?;
        return Err(wrong_code().into());
    };
    brake::refund(services, paid);
    let codes = recovery::draw();
    let hashes: Vec<_> =
        codes.iter().filter_map(|code| recovery::hash(user, &code.as_str().into())).collect();
    let mut tx = services.store.system_write(Reason::OwnAccount).await?;
    if !tx.confirm_second_factor(user, &factor.ciphertext, step, now).await? {
        return Err(in_use().into());
    }
    tx.put_recovery_codes(user, &hashes).await?;
    let entry = audit::entry(services, caller, client, Action::SecondFactorOn, json!({}));
    audit_everywhere(&mut tx, user, &entry).await?;
    tx.commit().await?;
    Ok(RecoveryCodes { recovery_codes: codes })
}

/// 422: not the code of this moment, or used before.
pub(super) fn wrong_code() -> ApiError {
    proof::wrong("code", "wrong_code", "this code is wrong, or was used before; take the next one")
}

/// 409: no secret waits for a code.
pub(super) fn nothing_begun() -> ApiError {
    ApiError::new(ErrorCode::Conflict, "No second factor is being set up. Begin with a new secret.")
}

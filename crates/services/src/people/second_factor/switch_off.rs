//! Takes the second factor away, for who has the password and a code.

use super::{accept, confirm::wrong_code};
use crate::{
    Client, Services,
    accounts::brake,
    audit::{self, Action},
    brakes::Guess,
    error::Result,
    letters,
    links::page,
    people::{account, audit_everywhere, person, proof},
};
use domain::{ApiError, ErrorCode, person::BothProofs};
use serde_json::json;
use store::{Caller, OwnAccount, Reason, SystemTx};

/// 422 for a wrong password or code, 409 when there is none.
pub async fn switch_off(
    services: &Services,
    caller: &Caller,
    request: BothProofs,
    client: &Client,
) -> Result<()> {
    let user = person(caller)?;
    let (mut tx, account) = proven(services, caller, request, client).await?;
    tx.remove_second_factor(user).await?;
    let entry = audit::entry(services, caller, client, Action::SecondFactorOff, json!({}));
    audit_everywhere(&mut tx, user, &entry).await?;
    tx.commit().await?;
    if let Some(email) = account.email {
        let link = page(&services.settings.public_url, "/forgot");
        services
            .write_later(email.clone(), letters::second_factor_off(client.locale, &email, &link));
    }
    Ok(())
}

/// The transaction in which the code was used, after both proofs.
pub(super) async fn proven(
    services: &Services,
    caller: &Caller,
    request: BothProofs,
    client: &Client,
) -> Result<(SystemTx, OwnAccount)> {
    let user = person(caller)?;
    let errors = request.check();
    if !errors.is_empty() {
        return Err(ApiError::validation(errors).into());
    }
    let account = account(services, user).await?;
    if account.second_factor_since.is_none() {
        return Err(ApiError::new(ErrorCode::Conflict, "No second factor is in use.").into());
    }
    let BothProofs { password, code } = request;
    proof::password(services, user, &account, password, "password", client).await?;
    let key = account.email_key.as_deref().ok_or_else(proof::no_password)?;
    let paid = brake::pay(services, Guess::Code, key, client).await?;
    let mut tx = services.store.system_write(Reason::OwnAccount).await?;
    if accept(services, &mut tx, user, &code).await?.is_none() {
        drop(tx);
        proof::refused(services, user, client, "code").await?;
        return Err(wrong_code().into());
    }
    brake::refund(services, paid);
    Ok((tx, account))
}

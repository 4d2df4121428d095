//! New recovery codes in place of all older ones.

use super::recovery;
use crate::{
    Client, Services,
    audit::{self, Action},
    error::Result,
    people::{audit_everywhere, person},
};
use domain::person::{BothProofs, RecoveryCodes};
use serde_json::json;
use store::Caller;

/// The codes, this once. 422 for a wrong password or code, 409 without a second factor.
pub async fn replace_codes(
    services: &Services,
    caller: &Caller,
    request: BothProofs,
    client: &Client,
) -> Result<RecoveryCodes> {
    let user = person(caller)?;
    let (mut tx, _) = super::switch_off::proven(services, caller, request, client).await?;
    let codes = recovery::draw();
    let hashes: Vec<_> =
        codes.iter().filter_map(|code| recovery::hash(user, &code.as_str().into())).collect();
    tx.put_recovery_codes(user, &hashes).await?;
    let entry = audit::entry(services, caller, client, Action::RecoveryCodesMade, json!({}));
    audit_everywhere(&mut tx, user, &entry).await?;
    tx.commit().await?;
    Ok(RecoveryCodes { recovery_codes: codes })
}

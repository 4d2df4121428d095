//! Signs a browser out: this sign-in ends, others of the same person go on.

use crate::{
    Client, Services,
    audit::{self, Action},
    error::Result,
};
use domain::ApiError;
use serde_json::json;
use store::Caller;

/// Ends it here at once, everywhere within a second. Twice is as good as once.
pub async fn sign_out(services: &Services, caller: &Caller, client: &Client) -> Result<()> {
    let session = caller.session_id().ok_or_else(ApiError::person_required)?;
    let mut tx = services.store.write(caller).await?;
    if tx.revoke_session(session, services.clock.now()).await? {
        let entry = audit::entry(services, caller, client, Action::SignedOut, json!({}));
        tx.audit(&entry).await?;
    }
    tx.commit().await?;
    services.inner.callers.forget(session).await;
    Ok(())
}

//! Signs an API client out: every refresh token of the person is revoked, in every company, and this sign-in ends.

use crate::{
    Client, Services,
    audit::{self, Action},
    error::Result,
};
use domain::ApiError;
use serde_json::json;
use store::{Caller, Reason};

/// The access token dies with its sign-in: here at once, everywhere within a second.
pub async fn logout(services: &Services, caller: &Caller, client: &Client) -> Result<()> {
    let user = caller.user_id().ok_or_else(ApiError::person_required)?;
    let mut tx = services.store.system_write(Reason::SignIn).await?;
    let ended = tx.revoke_api_sessions(user, caller.session_id(), services.clock.now()).await?;
    let details = json!({ "ended": ended.len() });
    let entry = audit::entry(services, caller, client, Action::SignedOut, details);
    tx.audit(caller.tenant_id(), &entry).await?;
    tx.commit().await?;
    for session in ended {
        services.inner.callers.forget(session).await;
    }
    Ok(())
}

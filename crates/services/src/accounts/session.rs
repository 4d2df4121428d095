//! Who is signed in, for the frame of every page.

use crate::{Services, error::Result};
use domain::{ApiError, auth::Session};
use store::Caller;

/// The person, the company, the role.
pub async fn session(services: &Services, caller: &Caller) -> Result<Session> {
    let user = caller.user_id().ok_or_else(ApiError::person_required)?;
    let mut tx = services.store.read(caller).await?;
    let session = tx.session_of(user).await?;
    tx.commit().await?;
    // The membership ended since the caller was looked up.
    let session = session.ok_or_else(ApiError::unauthenticated)?;
    Ok(Session { is_operator: caller.operates(), ..session })
}

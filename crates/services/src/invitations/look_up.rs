//! What whoever holds a link is told before they accept.

use super::gone;
use crate::{Services, error::Result, random};
use domain::invitation::{InvitationPreview, InvitationToken};
use store::Reason;

/// Everybody who has the link. 404 when it opens nothing.
pub async fn look_up(services: &Services, token: &InvitationToken) -> Result<InvitationPreview> {
    let mut tx = services.store.system_read(Reason::SignIn).await?;
    let hash = random::hash(token.token.expose());
    let open = tx.open_invitation(&hash, services.clock.now()).await?;
    tx.commit().await?;
    let open = open.ok_or_else(gone)?;
    Ok(InvitationPreview {
        tenant_name: open.tenant_name,
        role: open.role,
        email: open.email,
        expires_at: open.expires_at,
    })
}

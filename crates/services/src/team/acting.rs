//! What every change of the team begins and ends with: the actor's role of this moment, and what a person leaves behind.

use crate::{Services, error::Result};
use domain::{ApiError, Permission, Role, SessionId, UserId, api_key::ApiKey};
use store::{Caller, TenantTx};

/// The role of whoever acts, read under the tenant's lock, which this takes. 401 when they were removed meanwhile, 403
/// when they no longer may.
pub(super) async fn locked(tx: &mut TenantTx, caller: &Caller) -> Result<Role> {
    tx.lock_tenant().await?;
    let role = match caller.user_id() {
        Some(user) => tx.role_of(user).await?,
        // A key's role never changes; a revoked one is believed for half a second at most.
        None => caller.role(),
    };
    match role {
        None => Err(ApiError::unauthenticated().into()),
        Some(role) if role.may(Permission::Administer) => Ok(role),
        Some(_) => Err(ApiError::denied().into()),
    }
}

/// What of a person's has to be forgotten once the transaction is committed.
pub(crate) struct LeftBehind {
    sessions: Vec<SessionId>,
    hashes: Vec<String>,
    /// The keys that were revoked.
    pub keys: Vec<ApiKey>,
}

/// Revokes the API keys and invitations that a person made and that their role from now on does not cover; `None`: they
/// go, and everything they made goes.
pub(crate) async fn leave_behind(
    tx: &mut TenantTx,
    user: UserId,
    role: Option<Role>,
) -> Result<LeftBehind> {
    let fits =
        |made: Role| role.is_some_and(|role| role.may(Permission::Administer) && role.covers(made));
    let mut left =
        LeftBehind { sessions: tx.sessions_of(user).await?, hashes: Vec::new(), keys: Vec::new() };
    for stored in tx.api_keys().await? {
        if stored.made_by == user && !fits(stored.key.role) {
            tx.remove_api_key(stored.key.id).await?;
            left.hashes.push(stored.hash);
            left.keys.push(stored.key);
        }
    }
    let kept: Vec<Role> = Role::ALL.into_iter().filter(|made| fits(*made)).collect();
    tx.remove_invitations_of(user, &kept).await?;
    Ok(left)
}

impl LeftBehind {
    /// The names of the revoked keys, for the audit log.
    pub fn names(&self) -> Vec<&str> {
        self.keys.iter().map(|key| key.name.as_str()).collect()
    }

    /// Forgets sign-ins and keys here at once; elsewhere they are forgotten within half a second.
    pub async fn forget(&self, services: &Services) {
        forget_everywhere(services, &self.sessions).await;
        for hash in &self.hashes {
            services.inner.key_callers.forget(hash).await;
        }
    }
}

/// Forgets sign-ins that have just ended or changed.
pub(crate) async fn forget_everywhere(services: &Services, sessions: &[SessionId]) {
    for session in sessions {
        services.inner.callers.forget(session).await;
    }
}

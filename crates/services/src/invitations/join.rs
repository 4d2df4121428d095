//! Accepts an invitation without being signed in: a new person sets a password; a person who belongs to no company,
//! and so can't sign in, proves theirs. Works wherever registration is closed: the invitation is the permission.

use super::{gone, is_for};
use crate::{
    Client, Services,
    accounts::{Api, Browser, Door, Newcomer, prove},
    audit::{self, Action},
    error::Result,
    random,
    tokens::{Person, SessionToken},
};
use domain::{ApiError, UserId, auth::TokenPair, invitation::JoinRequest, validation};
use serde_json::json;
use store::{NewUser, Reason};

/// For an API client. 403 for another address than the named one, 404 when the link opens nothing, 409 when the
/// address has an account that can sign in, 422.
pub async fn for_api(
    services: &Services,
    request: JoinRequest,
    client: &Client,
) -> Result<TokenPair> {
    join::<Api>(services, request, client).await
}

/// For a browser; the same rules.
pub async fn for_browser(
    services: &Services,
    request: JoinRequest,
    client: &Client,
) -> Result<SessionToken> {
    join::<Browser>(services, request, client).await
}

async fn join<D: Door>(
    services: &Services,
    request: JoinRequest,
    client: &Client,
) -> Result<D::Answer> {
    let errors = request.check();
    if !errors.is_empty() {
        return Err(ApiError::validation(errors).into());
    }
    let hash = random::hash(request.token.expose());
    let email = request.email.trim();
    let email_key = validation::email_key(email);
    let now = services.clock.now();

    let mut tx = services.store.system_read(Reason::SignIn).await?;
    let open = tx.open_invitation(&hash, now).await?.ok_or_else(gone)?;
    tx.commit().await?;
    is_for(&open, &email_key)?;
    let about = vec![email.to_owned(), open.tenant_name.clone()];
    let newcomer = prove(services, &email_key, request.password, about, client).await?;

    let mut tx = services.store.system_write(Reason::SignIn).await?;
    tx.lock_tenant(open.tenant).await?;
    if !tx.use_invitation(open.tenant, open.id).await? {
        return Err(gone().into());
    }
    let user: UserId = match &newcomer {
        Newcomer::Known(user) => *user,
        Newcomer::New { password_hash } => {
            let id = services.clock.new_id();
            let new = NewUser {
                id,
                email: Some(email),
                email_key: Some(&email_key),
                password_hash: Some(password_hash),
                now,
            };
            match tx.add_user(&new).await {
                Err(store::Error::Conflict(_)) => return Err(crate::accounts::taken().into()),
                other => other?,
            }
            id
        }
    };
    match tx.add_membership(open.tenant, user, open.role, now).await {
        // By another invitation, a moment ago.
        Err(store::Error::Conflict(_)) => return Err(crate::accounts::taken().into()),
        other => other?,
    }
    let person = Person { user, tenant: open.tenant, role: open.role };
    let (_, answer) = D::open(services, &mut tx, person, client).await?;
    let details = json!({ "email": email, "role": open.role });
    let entry = audit::by(services, Some(user), client, Action::MemberJoined, details);
    tx.audit(open.tenant, &entry).await?;
    tx.commit().await?;
    Ok(answer)
}

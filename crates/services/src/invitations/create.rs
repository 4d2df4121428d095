//! Makes an invitation. The only moment at which its link can be read.

use crate::{
    Client, Services,
    audit::{self, Action},
    error::Result,
    links, plans, random,
};
use chrono::TimeDelta;
use domain::{
    ApiError, ErrorCode, InvitationId, Permission,
    invitation::{Invitation, InvitationMade, NewInvitation},
    validation,
};
use serde_json::json;
use store::{Caller, NewInvitationRow};

/// How long one is good.
const LIFETIME: TimeDelta = TimeDelta::days(7);

/// More open ones at once are no team any more.
const MOST: usize = 100;

/// Owners and admins, up to their own role. 403 in a demo; 409 when too many are open; 422.
pub async fn create(
    services: &Services,
    caller: &Caller,
    request: NewInvitation,
    client: &Client,
) -> Result<InvitationMade> {
    if !caller.may(Permission::Administer) {
        return Err(ApiError::denied().into());
    }
    let errors = request.check();
    if !errors.is_empty() {
        return Err(ApiError::validation(errors).into());
    }
    let email = request.email.as_deref().map(str::trim);
    let email_key = email.map(validation::email_key);
    let (token, now) = (random::token(), services.clock.now());
    let (id, expires_at): (InvitationId, _) = (services.clock.new_id(), now + LIFETIME);

    let mut tx = services.store.write(caller).await?;
    tx.lock_tenant().await?;
    let own = match caller.user_id() {
        Some(user) => tx.role_of(user).await?,
        None => caller.role(),
    };
    let own = own.ok_or_else(ApiError::unauthenticated)?;
    if !own.may(Permission::Administer) || !own.covers(request.role) {
        return Err(ApiError::denied().into());
    }
    if tx.demo_until().await?.is_some() {
        let detail = "A demo has no team: register a company of your own.";
        return Err(ApiError::new(ErrorCode::PermissionDenied, detail).into());
    }
    let open = tx.invitations(now).await?.len();
    if open >= MOST {
        let detail = "There are 100 open invitations already: take some back.";
        return Err(ApiError::new(ErrorCode::Conflict, detail).into());
    }
    // An open invitation holds its place, so that whoever accepts it finds one.
    plans::check_members(&mut tx, i64::try_from(open).unwrap_or(i64::MAX), 1).await?;
    let members = tx.members().await?;
    let is_member = |key: &String| {
        members.iter().any(|m| m.email.as_deref().map(validation::email_key).as_ref() == Some(key))
    };
    if email_key.as_ref().is_some_and(is_member) {
        let detail = "Whoever has this address belongs to the company already.";
        return Err(ApiError::new(ErrorCode::Conflict, detail).into());
    }
    tx.add_invitation(&NewInvitationRow {
        id,
        hash: &random::hash(token.expose()),
        email,
        email_key: email_key.as_deref(),
        role: request.role,
        made_by: caller.user_id(),
        now,
        expires_at,
    })
    .await?;
    let details = json!({ "role": request.role, "email": email });
    tx.audit(&audit::entry(services, caller, client, Action::InvitationMade, details)).await?;
    tx.commit().await?;
    let made_by = members.iter().find(|m| Some(m.user_id) == caller.user_id());
    Ok(InvitationMade {
        invitation: Invitation {
            id,
            email: email.map(str::to_owned),
            role: request.role,
            made_by: made_by.and_then(|member| member.email.clone()),
            created_at: now,
            expires_at,
        },
        link: links::page(&services.settings.public_url, &format!("/invite/{}", token.expose())),
    })
}

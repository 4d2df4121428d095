//! Letting people in.
#![cfg_attr(feature = "ssr", expect(clippy::unused_async, reason = "server functions are async"))]
#![expect(missing_docs, reason = "fields of the macro's structs: the functions' arguments")]

use super::Failure;
use domain::{
    InvitationId, Role, Secret,
    invitation::{Invitation, InvitationMade, InvitationPreview},
};
use leptos::{prelude::*, server_fn::codec::GetUrl};

#[cfg(feature = "ssr")]
use {
    super::{cookies, door::Door},
    domain::{
        ApiError,
        invitation::{InvitationToken, JoinRequest, NewInvitation},
    },
};

/// Invitations that nobody has accepted yet.
#[cfg_attr(feature = "ssr", utoipa::path(
    get, path = "/api/fn/invitations/list", tag = "dashboard",
    responses((status = 200, body = Vec<Invitation>), (status = 403, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "invitations/list", input = GetUrl)]
pub async fn list() -> Result<Vec<Invitation>, Failure> {
    let (door, caller) = Door::enter().await?;
    door.answer(services::invitations::list(&door.services, &caller).await)
}

/// Invites somebody; the link is shown once.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/invitations/create", tag = "dashboard",
    request_body(content = NewInvitation, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, body = InvitationMade), (status = 403, body = domain::ApiError), (status = 422, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "invitations/create")]
pub async fn create(role: Role, email: Option<String>) -> Result<InvitationMade, Failure> {
    let (door, caller) = Door::enter().await?;
    // An empty field of a form is an absent one.
    let email = email.filter(|email| !email.trim().is_empty());
    let typed = email.clone().unwrap_or_default();
    let request = NewInvitation { email, role };
    let made = services::invitations::create(&door.services, &caller, request, &door.client).await;
    let typed = [("email", typed.as_str()), ("role", role.as_str())];
    door.answer_once("/settings/team", &typed, made, |made| vec![("link", made.link.clone())])
}

/// Takes an invitation back.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/invitations/revoke", tag = "dashboard",
    responses((status = 200), (status = 403, body = domain::ApiError), (status = 404, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "invitations/revoke")]
pub async fn revoke(id: InvitationId) -> Result<(), Failure> {
    let (door, caller) = Door::enter().await?;
    let revoked = services::invitations::revoke(&door.services, &caller, id, &door.client).await;
    let revoked =
        revoked.and_then(|found| found.ok_or_else(|| ApiError::not_found("invitation").into()));
    door.answer_form("/settings/team", &[], revoked)
}

/// What an invitation leads to. Not a GET: the token stays out of addresses.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/invitations/look_up", tag = "dashboard",
    request_body(content = InvitationToken, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, body = InvitationPreview), (status = 404, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "invitations/look_up")]
pub async fn look_up(token: Secret) -> Result<InvitationPreview, Failure> {
    let door = Door::open()?;
    let token = InvitationToken { token };
    door.answer(services::invitations::look_up(&door.services, &token).await)
}

/// Accepts an invitation with a new account: the answer sets the session's cookie.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/invitations/join", tag = "dashboard",
    request_body(content = JoinRequest, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200), (status = 404, body = domain::ApiError), (status = 409, body = domain::ApiError), (status = 422, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "invitations/join")]
pub async fn join(token: Secret, email: String, password: Secret) -> Result<(), Failure> {
    let door = Door::open()?;
    let (page, typed) = (page_of(&token), email.clone());
    let request = JoinRequest { token, email, password };
    let outcome =
        services::invitations::join::for_browser(&door.services, request, &door.client).await;
    let session = door.answer_form(&page, &[("email", &typed)], outcome)?;
    cookies::append(&services::access::set_cookie(&door.services, &session));
    door.go_to("/");
    Ok(())
}

/// Accepts an invitation as who is signed in: the answer sets the cookie of a session there.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/invitations/accept", tag = "dashboard",
    request_body(content = InvitationToken, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200), (status = 401, body = domain::ApiError), (status = 404, body = domain::ApiError), (status = 409, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "invitations/accept")]
pub async fn accept(token: Secret) -> Result<(), Failure> {
    let (door, caller) = Door::enter().await?;
    let page = page_of(&token);
    let token = InvitationToken { token };
    let outcome =
        services::invitations::accept_for_browser(&door.services, &caller, &token, &door.client);
    let session = door.answer_form(&page, &[], outcome.await)?;
    cookies::append(&services::access::set_cookie(&door.services, &session));
    door.go_to("/");
    Ok(())
}

/// Goes to sign in, and comes back to the invitation afterwards.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/invitations/sign_in_first", tag = "dashboard",
    request_body(content = InvitationToken, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200))
))]
#[server(prefix = "/api/fn", endpoint = "invitations/sign_in_first")]
pub async fn sign_in_first(token: Secret) -> Result<(), Failure> {
    let door = Door::open()?;
    cookies::leave_next(&page_of(&token));
    door.go_to("/login");
    Ok(())
}

/// The invitation's page; a token that is none of ours has none.
#[cfg(feature = "ssr")]
fn page_of(token: &Secret) -> String {
    let page = format!("/invite/{}", token.expose());
    if cookies::is_invitation(&page) { page } else { "/".to_owned() }
}

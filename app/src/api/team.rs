//! The people of the company, and the companies of the person.
#![expect(missing_docs, reason = "fields of the macro's structs: the functions' arguments")]

use super::Failure;
use domain::{
    Role, TenantId, UserId,
    team::{Company, Member, MemberChanged},
};
use leptos::{prelude::*, server_fn::codec::GetUrl};

#[cfg(feature = "ssr")]
use {
    super::{cookies, door::Door},
    domain::{
        ApiError,
        team::{MemberPatch, SwitchRequest},
    },
};

/// The page of the team.
#[cfg(feature = "ssr")]
const PAGE: &str = "/settings/team";

/// The people of the company.
#[cfg_attr(feature = "ssr", utoipa::path(
    get, path = "/api/fn/team/members", tag = "dashboard",
    responses((status = 200, body = Vec<Member>), (status = 403, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "team/members", input = GetUrl)]
pub async fn members() -> Result<Vec<Member>, Failure> {
    let (door, caller) = Door::enter().await?;
    door.answer(services::team::members(&door.services, &caller).await)
}

/// Gives a member another role.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/team/set_role", tag = "dashboard",
    request_body(content = MemberPatch, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, body = MemberChanged), (status = 403, body = domain::ApiError), (status = 404, body = domain::ApiError), (status = 409, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "team/set_role")]
pub async fn set_role(id: UserId, role: Role) -> Result<MemberChanged, Failure> {
    let (door, caller) = Door::enter().await?;
    let patch = MemberPatch { role };
    let changed = services::team::set_role(&door.services, &caller, id, patch, &door.client).await;
    changed_member(&door, changed)
}

/// Hands the company over.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/team/transfer", tag = "dashboard",
    responses((status = 200, body = MemberChanged), (status = 403, body = domain::ApiError), (status = 404, body = domain::ApiError), (status = 409, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "team/transfer")]
pub async fn transfer(id: UserId) -> Result<MemberChanged, Failure> {
    let (door, caller) = Door::enter().await?;
    let changed = services::team::transfer(&door.services, &caller, id, &door.client).await;
    changed_member(&door, changed)
}

/// Takes a person out of the company.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/team/remove", tag = "dashboard",
    responses((status = 200, body = MemberChanged), (status = 403, body = domain::ApiError), (status = 404, body = domain::ApiError), (status = 409, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "team/remove")]
pub async fn remove(id: UserId) -> Result<MemberChanged, Failure> {
    let (door, caller) = Door::enter().await?;
    let changed = services::team::remove(&door.services, &caller, id, &door.client).await;
    changed_member(&door, changed)
}

/// Back to the page, with the names of the keys that were revoked.
#[cfg(feature = "ssr")]
#[expect(clippy::result_large_err, reason = "the error is the answer's body")]
fn changed_member(
    door: &Door,
    changed: Result<Option<MemberChanged>, services::Error>,
) -> Result<MemberChanged, Failure> {
    let changed =
        changed.and_then(|found| found.ok_or_else(|| ApiError::not_found("member").into()));
    door.answer_once(PAGE, &[], changed, |changed| {
        let names: Vec<_> = changed.revoked_api_keys.iter().map(|key| key.name.clone()).collect();
        if names.is_empty() { Vec::new() } else { vec![("revoked", names.join(", "))] }
    })
}

/// Leaves the company: the session ends.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/team/leave", tag = "dashboard",
    responses((status = 200), (status = 401, body = domain::ApiError), (status = 409, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "team/leave")]
pub async fn leave() -> Result<(), Failure> {
    let (door, caller) = Door::enter().await?;
    let outcome = services::team::leave(&door.services, &caller, &door.client).await;
    let page = door.came_from();
    door.answer_form(page.split('?').next().unwrap_or("/settings"), &[], outcome)?;
    cookies::append(&services::access::clear_cookie(&door.services));
    door.go_to("/login");
    Ok(())
}

/// The companies that the person belongs to.
#[cfg_attr(feature = "ssr", utoipa::path(
    get, path = "/api/fn/team/companies", tag = "dashboard",
    responses((status = 200, body = Vec<Company>), (status = 401, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "team/companies", input = GetUrl)]
pub async fn companies() -> Result<Vec<Company>, Failure> {
    let (door, caller) = Door::enter().await?;
    door.answer(services::companies::list(&door.services, &caller).await)
}

/// Goes to work in another company: the answer sets the cookie of a new session there.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/team/switch", tag = "dashboard",
    request_body(content = SwitchRequest, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200), (status = 401, body = domain::ApiError), (status = 404, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "team/switch")]
pub async fn switch(tenant_id: TenantId) -> Result<(), Failure> {
    let (door, caller) = Door::enter().await?;
    let request = SwitchRequest { tenant_id };
    let outcome =
        services::companies::switch_for_browser(&door.services, &caller, &request, &door.client);
    let token = door.answer_form("/products", &[], outcome.await)?;
    cookies::append(&services::access::set_cookie(&door.services, &token));
    door.go_to("/");
    Ok(())
}

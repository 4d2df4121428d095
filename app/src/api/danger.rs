//! What can't be taken back.
#![expect(missing_docs, reason = "fields of the macro's structs: the functions' arguments")]

use super::Failure;
use domain::{Secret, danger::AccountOutlook};
use leptos::{prelude::*, server_fn::codec::GetUrl};

#[cfg(feature = "ssr")]
use {
    super::{cookies, door::Door},
    domain::danger::{AccountDeletion, CompanyDeletion},
};

/// The page of these forms.
#[cfg(feature = "ssr")]
const PAGE: &str = "/settings/danger";

/// What deleting the own account would mean.
#[cfg_attr(feature = "ssr", utoipa::path(
    get, path = "/api/fn/danger/outlook", tag = "dashboard",
    responses((status = 200, body = AccountOutlook), (status = 401, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "danger/outlook", input = GetUrl)]
pub async fn outlook() -> Result<AccountOutlook, Failure> {
    let (door, caller) = Door::enter().await?;
    door.answer(services::danger::outlook(&door.services, &caller).await)
}

/// Deletes the company whose name was typed: the session ends.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/danger/delete_company", tag = "dashboard",
    request_body(content = CompanyDeletion, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200), (status = 403, body = domain::ApiError), (status = 422, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "danger/delete_company")]
pub async fn delete_company(name: String) -> Result<(), Failure> {
    let (door, caller) = Door::enter().await?;
    let request = CompanyDeletion { name: name.clone() };
    let outcome = services::danger::delete_company(&door.services, &caller, &request).await;
    door.answer_form(PAGE, &[("name", &name)], outcome)?;
    cookies::append(&services::access::clear_cookie(&door.services));
    door.go_to("/login");
    Ok(())
}

/// Deletes the person's account: the session ends.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/danger/delete_account", tag = "dashboard",
    request_body(content = AccountDeletion, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200), (status = 403, body = domain::ApiError), (status = 409, body = domain::ApiError), (status = 422, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "danger/delete_account")]
pub async fn delete_account(
    password: Secret,
    delete_companies: Option<bool>,
) -> Result<(), Failure> {
    let (door, caller) = Door::enter().await?;
    let request =
        AccountDeletion { password, delete_companies: delete_companies.unwrap_or_default() };
    let outcome =
        services::danger::delete_account(&door.services, &caller, request, &door.client).await;
    door.answer_form(PAGE, &[], outcome)?;
    cookies::append(&services::access::clear_cookie(&door.services));
    door.go_to("/login");
    Ok(())
}

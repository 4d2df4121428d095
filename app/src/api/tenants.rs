//! The company, its shops and their keys.
#![expect(missing_docs, reason = "fields of the macro's structs: the functions' arguments")]

use super::Failure;
use domain::{
    Secret,
    account::Account,
    tenant::{CredentialsUpdated, Tenant},
};
use leptos::{prelude::*, server_fn::codec::GetUrl};

#[cfg(feature = "ssr")]
use {
    super::door::Door,
    domain::tenant::{CredentialsPatch, TenantPatch},
};

/// The company.
#[cfg_attr(feature = "ssr", utoipa::path(
    get, path = "/api/fn/tenants/me", tag = "dashboard",
    responses((status = 200, body = Tenant), (status = 401, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "tenants/me", input = GetUrl)]
pub async fn me() -> Result<Tenant, Failure> {
    let (door, caller) = Door::enter().await?;
    door.answer(services::tenants::me(&door.services, &caller).await)
}

/// Gives the company another name.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/tenants/rename", tag = "dashboard",
    request_body(content = TenantPatch, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200), (status = 403, body = domain::ApiError), (status = 422, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "tenants/rename")]
pub async fn rename(name: String) -> Result<(), Failure> {
    let (door, caller) = Door::enter().await?;
    let patch = TenantPatch { name: name.clone() };
    let outcome = services::tenants::rename(&door.services, &caller, patch, &door.client).await;
    door.answer_form("/settings", &[("name", &name)], outcome)
}

/// The shops with their keys' checks and the age of their data.
#[cfg_attr(feature = "ssr", utoipa::path(
    get, path = "/api/fn/tenants/accounts", tag = "dashboard",
    responses((status = 200, body = Vec<Account>), (status = 401, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "tenants/accounts", input = GetUrl)]
pub async fn accounts() -> Result<Vec<Account>, Failure> {
    let (door, caller) = Door::enter().await?;
    door.answer(services::tenants::accounts(&door.services, &caller).await)
}

/// Stores a key and says what it is; an empty field with `remove` takes the key away.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/tenants/update_credentials", tag = "dashboard",
    request_body(content = CredentialsPatch, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, body = CredentialsUpdated), (status = 403, body = domain::ApiError), (status = 422, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "tenants/update_credentials")]
pub async fn update_credentials(
    wildberries_api_key: Option<Secret>,
    remove: Option<bool>,
) -> Result<CredentialsUpdated, Failure> {
    let (door, caller) = Door::enter().await?;
    let key =
        if remove == Some(true) { None } else { Some(wildberries_api_key.unwrap_or_default()) };
    let patch = CredentialsPatch { wildberries_api_key: Some(key), ..Default::default() };
    let outcome =
        services::tenants::update_credentials(&door.services, &caller, patch, &door.client).await;
    door.answer_form("/settings", &[], outcome)
}

//! API keys.
#![expect(missing_docs, reason = "fields of the macro's structs: the functions' arguments")]

use super::Failure;
use domain::{
    ApiKeyId, Role,
    api_key::{ApiKey, ApiKeyMade},
};
use leptos::{prelude::*, server_fn::codec::GetUrl};

#[cfg(feature = "ssr")]
use {
    super::door::Door,
    domain::{ApiError, FieldError, api_key::NewApiKey},
};

/// The company's API keys, without themselves.
#[cfg_attr(feature = "ssr", utoipa::path(
    get, path = "/api/fn/keys/list", tag = "dashboard",
    responses((status = 200, body = Vec<ApiKey>), (status = 403, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "keys/list", input = GetUrl)]
pub async fn list() -> Result<Vec<ApiKey>, Failure> {
    let (door, caller) = Door::enter().await?;
    door.answer(services::api_keys::list(&door.services, &caller).await)
}

/// Makes an API key; it is shown once.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/keys/create", tag = "dashboard",
    request_body(content = NewApiKey, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, body = ApiKeyMade), (status = 403, body = domain::ApiError), (status = 422, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "keys/create")]
pub async fn create(
    name: String,
    role: Role,
    expires_in_days: Option<String>,
) -> Result<ApiKeyMade, Failure> {
    let (door, caller) = Door::enter().await?;
    let typed = [("name", name.clone()), ("role", role.to_string())];
    // An empty field of a form is an absent one.
    let days = expires_in_days.filter(|days| !days.is_empty()).map(|days| days.parse());
    let made = match days.transpose() {
        Ok(expires_in_days) => {
            let request = NewApiKey { name, role, expires_in_days };
            services::api_keys::create(&door.services, &caller, request, &door.client).await
        }
        Err(_) => {
            let wrong = FieldError::body("expires_in_days", "out_of_range", "use 1 to 3650 days");
            Err(ApiError::validation(vec![wrong]).into())
        }
    };
    let typed = typed.each_ref().map(|(field, text)| (*field, text.as_str()));
    door.answer_once("/settings/keys", &typed, made, |made| vec![("key", made.key.clone())])
}

/// Takes a key away.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/keys/revoke", tag = "dashboard",
    responses((status = 200), (status = 403, body = domain::ApiError), (status = 404, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "keys/revoke")]
pub async fn revoke(id: ApiKeyId) -> Result<(), Failure> {
    let (door, caller) = Door::enter().await?;
    let revoked = services::api_keys::revoke(&door.services, &caller, id, &door.client).await;
    let revoked =
        revoked.and_then(|found| found.ok_or_else(|| ApiError::not_found("API key").into()));
    door.answer_form("/settings/keys", &[], revoked)
}

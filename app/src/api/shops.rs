//! The company's shops: connecting, renaming, scheduling, removing them, and their keys. They are listed by
//! `tenants/accounts`.
#![expect(missing_docs, reason = "fields of the macro's structs: the functions' arguments")]

use super::Failure;
use domain::{AccountId, Marketplace, Secret, shop::Colour};
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use {
    super::door::Door,
    domain::{
        ApiError,
        shop::{NewShop, Schedule, ShopKey, ShopPatch},
    },
};

/// The page of these forms.
#[cfg(feature = "ssr")]
const PAGE: &str = "/settings/shops";

/// An empty field of a form is an absent one.
#[cfg(feature = "ssr")]
fn given(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

#[cfg(feature = "ssr")]
fn part(secret: Option<Secret>) -> Option<Secret> {
    secret.filter(|secret| !secret.expose().trim().is_empty())
}

#[cfg(feature = "ssr")]
fn found<T>(outcome: Result<Option<T>, services::Error>) -> Result<(), services::Error> {
    outcome.and_then(|found| match found {
        Some(_) => Ok(()),
        None => Err(ApiError::not_found("shop").into()),
    })
}

/// Connects a shop; its key follows on the page.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/shops/connect", tag = "dashboard",
    request_body(content = NewShop, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200), (status = 403, body = domain::ApiError), (status = 422, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "shops/connect")]
pub async fn connect(marketplace: Marketplace, name: Option<String>) -> Result<(), Failure> {
    let (door, caller) = Door::enter().await?;
    let typed = name.clone().unwrap_or_default();
    let request = NewShop { marketplace, name: given(name), colour: None, key: None };
    let made = services::shops::connect(&door.services, &caller, request, &door.client).await;
    let typed = [("marketplace", marketplace.as_str()), ("name", typed.as_str())];
    door.answer_form(PAGE, &typed, made.map(drop))
}

/// Another name, colour or schedule. An empty name is the marketplace's.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/shops/change", tag = "dashboard",
    request_body(content = ShopPatch, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200), (status = 403, body = domain::ApiError), (status = 404, body = domain::ApiError), (status = 422, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "shops/change")]
pub async fn change(
    id: AccountId,
    name: Option<String>,
    colour: Colour,
    automatic: Option<bool>,
    cron: Option<String>,
) -> Result<(), Failure> {
    let (door, caller) = Door::enter().await?;
    let typed = [("id", id.to_string()), ("cron", cron.clone().unwrap_or_default())];
    let schedule = Schedule { automatic: automatic.unwrap_or_default(), cron: given(cron) };
    let patch =
        ShopPatch { name: Some(given(name)), colour: Some(colour), schedule: Some(schedule) };
    let done = services::shops::change(&door.services, &caller, id, patch, &door.client).await;
    let typed = typed.each_ref().map(|(field, text)| (*field, text.as_str()));
    door.answer_form(PAGE, &typed, found(done))
}

/// Gives a shop its key; what its marketplace says of it is on the page.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/shops/set_key", tag = "dashboard",
    request_body(content = ShopKey, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200), (status = 403, body = domain::ApiError), (status = 404, body = domain::ApiError), (status = 422, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "shops/set_key")]
pub async fn set_key(
    id: AccountId,
    wildberries_api_key: Option<Secret>,
    ozon_client_id: Option<Secret>,
    ozon_api_key: Option<Secret>,
) -> Result<(), Failure> {
    let (door, caller) = Door::enter().await?;
    let key = ShopKey {
        wildberries_api_key: part(wildberries_api_key),
        ozon_client_id: part(ozon_client_id),
        ozon_api_key: part(ozon_api_key),
    };
    let done = services::shops::set_key(&door.services, &caller, id, &key, &door.client).await;
    door.answer_form(PAGE, &[("id", &id.to_string())], found(done))
}

/// Takes a shop's key away.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/shops/clear_key", tag = "dashboard",
    responses((status = 200), (status = 403, body = domain::ApiError), (status = 404, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "shops/clear_key")]
pub async fn clear_key(id: AccountId) -> Result<(), Failure> {
    let (door, caller) = Door::enter().await?;
    let done = services::shops::clear_key(&door.services, &caller, id, &door.client).await;
    door.answer_form(PAGE, &[], found(done))
}

/// Removes a shop whose name was typed, with all that was read of it.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/shops/remove", tag = "dashboard",
    responses((status = 200), (status = 403, body = domain::ApiError), (status = 404, body = domain::ApiError), (status = 422, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "shops/remove")]
pub async fn remove(id: AccountId, confirm: String) -> Result<(), Failure> {
    let (door, caller) = Door::enter().await?;
    let done = services::shops::remove(&door.services, &caller, id, &confirm, &door.client).await;
    door.answer_form(PAGE, &[("id", &id.to_string())], found(done))
}

//! The same thing in several shops.
#![expect(missing_docs, reason = "fields of the macro's structs: the functions' arguments")]

use super::Failure;
use domain::{
    ProductId,
    links::{LinkReason, LinkSuggestionPage, LinksConfirmed, ProductTwins},
};
use leptos::{prelude::*, server_fn::codec::GetUrl};

#[cfg(feature = "ssr")]
use {
    super::door::Door,
    domain::{
        ApiError,
        links::{LinkQuery, LinksAlike, ProductsNamed},
    },
};

/// The page of suggestions.
#[cfg(feature = "ssr")]
const PAGE: &str = "/products/links";

/// Pairs that may be one thing.
#[cfg_attr(feature = "ssr", utoipa::path(
    get, path = "/api/fn/links/suggestions", tag = "dashboard",
    params(("by" = Option<LinkReason>, Query), ("cursor" = Option<String>, Query)),
    responses((status = 200, body = LinkSuggestionPage), (status = 401, body = domain::ApiError), (status = 422, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "links/suggestions", input = GetUrl)]
pub async fn suggestions(
    by: Option<LinkReason>,
    cursor: Option<String>,
) -> Result<LinkSuggestionPage, Failure> {
    let (door, caller) = Door::enter().await?;
    let query = LinkQuery { by, cursor, ..LinkQuery::default() };
    door.answer(services::product_links::suggestions(&door.services, &caller, &query).await)
}

/// A product in all its shops.
#[cfg_attr(feature = "ssr", utoipa::path(
    get, path = "/api/fn/links/twins", tag = "dashboard", params(("id" = ProductId, Query)),
    responses((status = 200, body = ProductTwins), (status = 401, body = domain::ApiError), (status = 404, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "links/twins", input = GetUrl)]
pub async fn twins(id: ProductId) -> Result<ProductTwins, Failure> {
    let (door, caller) = Door::enter().await?;
    door.found(services::product_links::twins(&door.services, &caller, id).await, "product")
}

/// Says that two products are one thing.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/links/link", tag = "dashboard",
    request_body(content = ProductsNamed, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, body = ProductTwins), (status = 403, body = domain::ApiError), (status = 404, body = domain::ApiError), (status = 422, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "links/link")]
pub async fn link(first: ProductId, second: ProductId) -> Result<ProductTwins, Failure> {
    let (door, caller) = Door::enter().await?;
    let named = ProductsNamed { products: vec![first, second] };
    let done = services::product_links::link(&door.services, &caller, &named, &door.client).await;
    let done = done.and_then(|found| found.ok_or_else(|| ApiError::not_found("product").into()));
    door.answer_form(PAGE, &[], done)
}

/// Says that they are not.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/links/decline", tag = "dashboard",
    request_body(content = ProductsNamed, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200), (status = 403, body = domain::ApiError), (status = 404, body = domain::ApiError), (status = 422, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "links/decline")]
pub async fn decline(first: ProductId, second: ProductId) -> Result<(), Failure> {
    let (door, caller) = Door::enter().await?;
    let named = ProductsNamed { products: vec![first, second] };
    let done =
        services::product_links::decline(&door.services, &caller, &named, &door.client).await;
    let done = done.and_then(|found| found.ok_or_else(|| ApiError::not_found("product").into()));
    door.answer_form(PAGE, &[], done)
}

/// Confirms all suggestions with one reason.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/links/confirm_alike", tag = "dashboard",
    request_body(content = LinksAlike, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, body = LinksConfirmed), (status = 403, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "links/confirm_alike")]
pub async fn confirm_alike(by: LinkReason) -> Result<LinksConfirmed, Failure> {
    let (door, caller) = Door::enter().await?;
    let done = services::product_links::confirm_alike(&door.services, &caller, by, &door.client);
    door.answer_once(PAGE, &[], done.await, |done| {
        let (confirmed, refused) = (done.confirmed.to_string(), done.refused.to_string());
        vec![("confirmed", confirmed), ("refused", refused), ("more", done.more.to_string())]
    })
}

/// Takes a product out of what it is one thing with.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/links/unlink", tag = "dashboard",
    request_body(content = ProductId, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200), (status = 403, body = domain::ApiError), (status = 404, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "links/unlink")]
pub async fn unlink(id: ProductId) -> Result<(), Failure> {
    let (door, caller) = Door::enter().await?;
    let done = services::product_links::unlink(&door.services, &caller, id, &door.client).await;
    let done = done.and_then(|found| found.ok_or_else(|| ApiError::not_found("product").into()));
    // The form may stand on the page of any of its twins.
    let page = door.came_from();
    door.answer_form(page.split('?').next().unwrap_or(PAGE), &[], done)
}

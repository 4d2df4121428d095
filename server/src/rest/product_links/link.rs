//! `POST /api/v1/products/links`.

use crate::{
    extract::{By, From, Json},
    openapi::refusals::{Denied, Invalid, NotFound, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::{
    ApiError,
    links::{ProductTwins, ProductsNamed},
};
use http::StatusCode;
use services::Services;

/// Links products of different shops: they are the same thing from now on. Owners and admins.
///
/// Confirms a suggestion, or says what nobody suggested. What one of them is linked with already comes along. One thing
/// is at most 50 products; several of one shop may be among them, since a Wildberries card with sizes is a product a size
/// on Ozon.
#[utoipa::path(
    post, path = "/api/v1/products/links", tag = "links",
    request_body = ProductsNamed,
    responses((status = 201, description = "The product in all its shops", body = ProductTwins), Unauthenticated, Denied, NotFound, Invalid)
)]
pub async fn link(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
    Json(named): Json<ProductsNamed>,
) -> Result<(StatusCode, axum::Json<ProductTwins>), Problem> {
    let twins = services::product_links::link(&services, &caller, &named, &client).await?;
    let twins = twins.ok_or_else(|| ApiError::not_found("product"))?;
    Ok((StatusCode::CREATED, axum::Json(twins)))
}

//! `POST /api/v1/products/links/declined`.

use crate::{
    extract::{By, From, Json},
    openapi::refusals::{Denied, Invalid, NotFound, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::{ApiError, links::ProductsNamed};
use http::StatusCode;
use services::Services;

/// Says that products are not the same thing: they are not suggested again. Owners and admins.
///
/// They can still be linked by `POST /api/v1/products/links`.
#[utoipa::path(
    post, path = "/api/v1/products/links/declined", tag = "links",
    request_body = ProductsNamed,
    responses((status = 204, description = "Done"), Unauthenticated, Denied, NotFound, Invalid)
)]
pub async fn decline(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
    Json(named): Json<ProductsNamed>,
) -> Result<StatusCode, Problem> {
    let done = services::product_links::decline(&services, &caller, &named, &client).await?;
    done.ok_or_else(|| ApiError::not_found("product"))?;
    Ok(StatusCode::NO_CONTENT)
}

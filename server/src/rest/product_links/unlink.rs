//! `DELETE /api/v1/products/links/{product_id}`.

use crate::{
    extract::{By, From, Id},
    openapi::refusals::{Denied, NotFound, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::{ApiError, ProductId};
use http::StatusCode;
use services::Services;

/// Takes a product out of what it is seen as one with. Owners and admins.
///
/// The others stay one thing; it is not suggested to be that again. 404 for one that is linked with nothing.
#[utoipa::path(
    delete, path = "/api/v1/products/links/{product_id}", tag = "links",
    params(("product_id" = ProductId, Path, description = "`id` of the list")),
    responses((status = 204, description = "Done"), Unauthenticated, Denied, NotFound)
)]
pub async fn unlink(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
    Id(id): Id<ProductId>,
) -> Result<StatusCode, Problem> {
    let done = services::product_links::unlink(&services, &caller, id, &client).await?;
    done.ok_or_else(|| ApiError::not_found("product"))?;
    Ok(StatusCode::NO_CONTENT)
}

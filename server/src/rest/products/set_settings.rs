//! `PATCH /api/v1/products/{product_id}/settings`.

use crate::{
    extract::{By, From, Id, Json},
    openapi::refusals::{Denied, Invalid, NotFound, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::{
    ApiError, ProductId,
    ordering::{ProductSettings, SettingsPatch},
};
use services::Services;

/// Says lead time, pack, minimum order or cost anew. Owners and admins.
///
/// `scope` says for what: this product, its brand, its shop, or the company. What is not named stays, `null` is
/// inherited again. Answers what holds for the product afterwards.
#[utoipa::path(
    patch, path = "/api/v1/products/{product_id}/settings", tag = "products",
    params(("product_id" = ProductId, Path, description = "`id` of the list")),
    request_body = SettingsPatch,
    responses((status = 200, description = "What holds now", body = ProductSettings), Unauthenticated, Denied, NotFound, Invalid)
)]
pub async fn set_settings(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
    Id(id): Id<ProductId>,
    Json(patch): Json<SettingsPatch>,
) -> Result<axum::Json<ProductSettings>, Problem> {
    let settings = services::products::set_settings(&services, &caller, id, patch, &client).await?;
    Ok(axum::Json(settings.ok_or_else(|| ApiError::not_found("product"))?))
}

//! `POST /api/v1/products/links/suggestions/confirmations`.

use crate::{
    extract::{By, From, Json},
    openapi::refusals::{Denied, Invalid, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::links::{LinksAlike, LinksConfirmed};
use services::Services;

/// Confirms all suggestions with one reason, at most 1000 at a time. Owners and admins.
///
/// `more` says whether to ask again. What would make one thing of more than 50 products is left and counted.
#[utoipa::path(
    post, path = "/api/v1/products/links/suggestions/confirmations", tag = "links",
    request_body = LinksAlike,
    responses((status = 200, description = "What was done", body = LinksConfirmed), Unauthenticated, Denied, Invalid)
)]
pub async fn confirm_alike(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
    Json(alike): Json<LinksAlike>,
) -> Result<axum::Json<LinksConfirmed>, Problem> {
    let done =
        services::product_links::confirm_alike(&services, &caller, alike.by, &client).await?;
    Ok(axum::Json(done))
}

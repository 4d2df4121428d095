//! `GET /api/v1/views`.

use crate::{extract::By, openapi::refusals::Unauthenticated, problem::Problem};
use axum::{Json, extract::State};
use domain::catalogue::View;
use services::Services;

/// Saved views of the product list: the company's shared ones and one's own.
///
/// `query` is a query of `GET /api/v1/products/` and of the dashboard's `/products`.
#[utoipa::path(
    get, path = "/api/v1/views", tag = "views",
    responses((status = 200, description = "The views", body = Vec<View>), Unauthenticated)
)]
pub async fn list(
    State(services): State<Services>,
    By(caller): By,
) -> Result<Json<Vec<View>>, Problem> {
    Ok(Json(services::views::list(&services, &caller).await?))
}

//! `GET /api/v1/members`.

use crate::{
    extract::By,
    openapi::refusals::{Denied, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::team::Member;
use services::Services;

/// The people of the company. Owners and admins.
#[utoipa::path(
    get, path = "/api/v1/members", tag = "team",
    responses((status = 200, description = "Owners first, then by the time they came", body = Vec<Member>), Unauthenticated, Denied)
)]
pub async fn list(
    State(services): State<Services>,
    By(caller): By,
) -> Result<axum::Json<Vec<Member>>, Problem> {
    Ok(axum::Json(services::team::members(&services, &caller).await?))
}

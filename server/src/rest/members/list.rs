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
///
/// With their roles and since when they belong to it.
#[utoipa::path(
    get, path = "/api/v1/members", tag = "team", operation_id = "team_list_members",
    responses((status = 200, description = "Owners first, then by the time they came", body = Vec<Member>), Unauthenticated, Denied)
)]
pub async fn list(
    State(services): State<Services>,
    By(caller): By,
) -> Result<axum::Json<Vec<Member>>, Problem> {
    Ok(axum::Json(services::team::members(&services, &caller).await?))
}

//! `GET /api/v1/usage`.

use crate::{
    extract::By,
    openapi::refusals::{TooMany, Unauthenticated},
    problem::Problem,
};
use axum::{Json, extract::State};
use domain::plan::Usage;
use services::Services;

/// The company's plan, its limits and what of them is used.
///
/// A count over its limit is refused with 403 `plan_limit`, a pace over it with 429 `rate_limited`; `limit` in the
/// error says which it was and what would lift it. Every answer to a call with a token carries
/// `X-RateLimit-Limit` (calls a minute), `X-RateLimit-Remaining`, and `X-RateLimit-Reset` (seconds until all are free again).
#[utoipa::path(
    get, path = "/api/v1/usage", tag = "tenants", operation_id = "tenants_usage",
    responses((status = 200, description = "The plan and its use", body = Usage), Unauthenticated, TooMany)
)]
pub async fn get(State(services): State<Services>, By(caller): By) -> Result<Json<Usage>, Problem> {
    Ok(Json(services::plans::usage(&services, &caller).await?))
}

//! `GET /api/v1/operator/overview`.

use crate::{
    extract::ByOperator,
    openapi::refusals::{NotFound, OperatorDenied, Unauthenticated},
    problem::Problem,
};
use axum::{Json, extract::State};
use domain::operator::Installation;
use services::{Services, operator::area};

/// How the installation is: workers, queue, waits, ages of data. Operators.
///
/// Sums over all companies. That it was looked at stands in the operators' log.
#[utoipa::path(
    get, path = "/api/v1/operator/overview", tag = "operator",
    responses((status = 200, description = "Now", body = Installation), Unauthenticated, OperatorDenied, NotFound)
)]
pub async fn overview(
    State(services): State<Services>,
    ByOperator(operator): ByOperator,
) -> Result<Json<Installation>, Problem> {
    Ok(Json(area::overview(&services, &operator).await?))
}

//! `GET /api/v1/operator/log`.

use crate::{
    extract::{ByOperator, Query},
    openapi::refusals::{Invalid, NotFound, OperatorDenied, Unauthenticated},
    problem::Problem,
};
use axum::{Json, extract::State};
use domain::operator::{OperatorLog, PAGE};
use services::{Services, operator::area};

/// What operators looked at and did, the latest first. Operators.
///
/// Its entries are tied to each other by hashes, as those of a company's log are.
#[utoipa::path(
    get, path = "/api/v1/operator/log", tag = "operator",
    params(
        ("cursor" = Option<i64>, Query, minimum = 1, description = "`next_cursor` of the page before"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "Default 50"),
    ),
    responses((status = 200, description = "A page", body = OperatorLog), Unauthenticated, OperatorDenied, NotFound, Invalid)
)]
pub async fn log(
    State(services): State<Services>,
    ByOperator(operator): ByOperator,
    mut query: Query,
) -> Result<Json<OperatorLog>, Problem> {
    let cursor = query.within("cursor", 1..=i64::MAX);
    let limit = query.number("limit").unwrap_or(PAGE);
    query.check([])?;
    Ok(Json(area::log(&services, &operator, cursor, limit).await?))
}

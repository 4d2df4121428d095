//! `GET /api/v1/operator/quarantine`.

use crate::{
    extract::{ByOperator, Query},
    openapi::refusals::{Invalid, NotFound, OperatorDenied, Unauthenticated},
    problem::Problem,
};
use axum::{Json, extract::State};
use domain::{
    TenantId,
    operator::{PAGE, QuarantinePage},
};
use services::{Services, operator::area};

/// Rows of the marketplaces' answers that could not be read, the one that came last first. Operators.
///
/// They come without secrets and cut. Each company whose rows they are finds the look in its own log.
#[utoipa::path(
    get, path = "/api/v1/operator/quarantine", tag = "operator",
    params(
        ("tenant_id" = Option<TenantId>, Query, description = "Only of this company"),
        ("cursor" = Option<String>, Query, max_length = 100, pattern = r"^[0-9a-f.-]*$", description = "`next_cursor` of the page before"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "Default 50"),
    ),
    responses((status = 200, description = "A page", body = QuarantinePage), Unauthenticated, OperatorDenied, NotFound, Invalid)
)]
pub async fn quarantine(
    State(services): State<Services>,
    ByOperator(operator): ByOperator,
    mut query: Query,
) -> Result<Json<QuarantinePage>, Problem> {
    let (tenant, cursor) = (query.id("tenant_id"), query.text("cursor"));
    let limit = query.number("limit").unwrap_or(PAGE);
    query.check([])?;
    let page = area::quarantine(&services, &operator, tenant, cursor.as_deref(), limit).await?;
    Ok(Json(page))
}

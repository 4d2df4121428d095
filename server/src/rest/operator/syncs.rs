//! `GET /api/v1/operator/syncs`.

use crate::{
    extract::{ByOperator, Query},
    openapi::refusals::{Invalid, NotFound, OperatorDenied, Unauthenticated},
    problem::Problem,
};
use axum::{Json, extract::State};
use domain::{
    SyncRunId, TenantId,
    operator::{OperatorSyncs, PAGE, RunState, RunsQuery},
};
use services::{Services, operator::area};

/// Syncs of all companies: waiting, running, failed or set aside, the latest asked for first. Operators.
///
/// What failed is told as its steps told it, without anything of the shop's data. The look stands in the operators' log.
#[utoipa::path(
    get, path = "/api/v1/operator/syncs", tag = "operator",
    params(
        ("state" = Option<RunState>, Query, description = "Default `waiting`"),
        ("tenant_id" = Option<TenantId>, Query, description = "Only of this company"),
        ("cursor" = Option<SyncRunId>, Query, description = "`next_cursor` of the page before"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "Default 50"),
    ),
    responses((status = 200, description = "A page", body = OperatorSyncs), Unauthenticated, OperatorDenied, NotFound, Invalid)
)]
pub async fn syncs(
    State(services): State<Services>,
    ByOperator(operator): ByOperator,
    mut query: Query,
) -> Result<Json<OperatorSyncs>, Problem> {
    let question = RunsQuery {
        state: query.word("state").unwrap_or_default(),
        tenant: query.id("tenant_id"),
        cursor: query.id("cursor"),
        limit: query.number("limit").unwrap_or(PAGE),
    };
    query.check([])?;
    Ok(Json(area::runs(&services, &operator, &question).await?))
}

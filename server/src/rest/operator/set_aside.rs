//! `PUT /api/v1/operator/syncs/{sync_id}/set-aside`.

use crate::{
    extract::{ByOperator, Id},
    openapi::refusals::{NotFound, OperatorDenied, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::{ApiError, SyncRunId};
use http::StatusCode;
use services::{Services, operator::area};

/// Ends a sync that is not over. Operators.
///
/// What it brought so far stays; a worker that has it writes nothing more. 404 for one that is over.
#[utoipa::path(
    put, path = "/api/v1/operator/syncs/{sync_id}/set-aside", tag = "operator",
    params(("sync_id" = SyncRunId, Path, description = "The sync")),
    responses((status = 204, description = "It is set aside"), Unauthenticated, OperatorDenied, NotFound)
)]
pub async fn set_aside(
    State(services): State<Services>,
    ByOperator(operator): ByOperator,
    Id(id): Id<SyncRunId>,
) -> Result<StatusCode, Problem> {
    if area::set_aside(&services, &operator, id).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(ApiError::not_found("sync that is not over").into())
    }
}

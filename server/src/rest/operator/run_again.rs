//! `POST /api/v1/operator/syncs/{sync_id}/attempts`.

use crate::{
    extract::{ByOperator, Id},
    openapi::refusals::{Conflict, NotFound, OperatorDenied, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::{ApiError, SyncRunId};
use http::StatusCode;
use services::{Services, operator::area};

/// Has a sync tried again at once, with the steps that are not done. Operators.
///
/// One that waits no longer waits; one that ended badly begins again. The marketplace's limits hold. 404 for one that is
/// done or that a worker has, 409 while another sync of its shop is under way.
#[utoipa::path(
    post, path = "/api/v1/operator/syncs/{sync_id}/attempts", tag = "operator",
    params(("sync_id" = SyncRunId, Path, description = "The sync")),
    responses((status = 204, description = "It will be tried"), Unauthenticated, OperatorDenied, NotFound, Conflict)
)]
pub async fn run_again(
    State(services): State<Services>,
    ByOperator(operator): ByOperator,
    Id(id): Id<SyncRunId>,
) -> Result<StatusCode, Problem> {
    if area::run_again(&services, &operator, id).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(ApiError::not_found("sync that could be tried again").into())
    }
}

//! `POST /api/v1/syncs/{sync_id}/cancellation`.

use crate::{
    extract::{By, From, Id},
    openapi::refusals::{Denied, NotFound, Unauthenticated},
    problem::Problem,
};
use axum::{Json, extract::State};
use domain::{ApiError, SyncRunId, sync::SyncRun};
use services::Services;

/// Ends a sync before its end. Owners and admins.
///
/// What was read until then stays; steps that had not ended fail with `cancelled`, and at most the request under way is
/// still made. The answer is the sync as it stands afterwards: one that was over before is answered as it is.
#[utoipa::path(
    post, path = "/api/v1/syncs/{sync_id}/cancellation", tag = "syncs",
    params(("sync_id" = SyncRunId, Path, description = "`task_id` of the answer that started it")),
    responses((status = 200, description = "The sync, over", body = SyncRun), Unauthenticated, Denied, NotFound)
)]
pub async fn cancel(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
    Id(id): Id<SyncRunId>,
) -> Result<Json<SyncRun>, Problem> {
    let run = services::syncs::cancel(&services, &caller, id, &client).await?;
    Ok(Json(run.ok_or_else(|| ApiError::not_found("sync"))?))
}

//! `GET /api/v1/syncs/{sync_id}`.

use crate::{
    extract::{By, Id},
    openapi::refusals::{NotFound, Unauthenticated},
    problem::Problem,
};
use axum::{Json, extract::State};
use domain::{ApiError, SyncRunId, sync::SyncRun};
use services::Services;

/// A sync with its steps.
///
/// Each step tells its rows, requests and waits, and what went wrong; a step that failed keeps its last good data.
#[utoipa::path(
    get, path = "/api/v1/syncs/{sync_id}", tag = "syncs",
    params(("sync_id" = SyncRunId, Path, description = "`task_id` of the answer that started it")),
    responses((status = 200, description = "The sync", body = SyncRun), Unauthenticated, NotFound)
)]
pub async fn get(
    State(services): State<Services>,
    By(caller): By,
    Id(id): Id<SyncRunId>,
) -> Result<Json<SyncRun>, Problem> {
    let run = services::syncs::get(&services, &caller, id).await?;
    Ok(Json(run.ok_or_else(|| ApiError::not_found("sync"))?))
}

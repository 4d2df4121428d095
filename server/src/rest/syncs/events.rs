//! `GET /api/v1/syncs/{sync_id}/events`.

use crate::{
    extract::{By, Id},
    openapi::refusals::{NotFound, Unauthenticated},
    problem::Problem,
};
use axum::{
    extract::State,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use domain::{ApiError, SyncRunId, sync::SyncRun};
use futures::StreamExt;
use http::{HeaderName, header};
use services::Services;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Below the patience of every proxy that we know of.
pub(super) const HEARTBEAT: Duration = Duration::from_secs(15);

/// A sync as it happens, as server-sent events.
///
/// The first event comes at once, each later one when something changed, the last with the final
/// state; then the stream ends. Every event is named `sync` and holds the whole sync. Comments are
/// sent as heartbeats. The dashboard's cookie is taken as well as a bearer token.
#[utoipa::path(
    get, path = "/api/v1/syncs/{sync_id}/events", tag = "syncs",
    params(("sync_id" = SyncRunId, Path, description = "`task_id` of the answer that started it")),
    responses((status = 200, description = "Events", content_type = "text/event-stream", body = SyncRun), Unauthenticated, NotFound)
)]
pub async fn events(
    State(services): State<Services>,
    State(shutdown): State<CancellationToken>,
    By(caller): By,
    Id(id): Id<SyncRunId>,
) -> Result<Response, Problem> {
    let runs = services::syncs::watch(&services, &caller, id).await?;
    let runs = runs.ok_or_else(|| ApiError::not_found("sync"))?;
    let events = runs.map(event).take_until(shutdown.cancelled_owned());
    let heartbeat = KeepAlive::new().interval(HEARTBEAT);
    // nginx would collect events otherwise; and a tenant's data is kept nowhere.
    let headers =
        [(HeaderName::from_static("x-accel-buffering"), "no"), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, Sse::new(events).keep_alive(heartbeat)).into_response())
}

fn event(run: SyncRun) -> Result<Event, axum::Error> {
    Event::default().event("sync").json_data(&run)
}

//! `GET /api/v1/events`.

use super::events::HEARTBEAT;
use crate::{extract::By, openapi::refusals::Unauthenticated, problem::Problem};
use axum::{
    extract::State,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use domain::sync::SyncRun;
use futures::StreamExt;
use http::{HeaderName, header};
use services::{Services, syncs::Seen};
use tokio_util::sync::CancellationToken;

/// All syncs of the company as they happen, as server-sent events: one stream for a whole page.
///
/// The first event comes at once and is named `under_way`: a list of the syncs that go on. Each later one is named `sync`
/// and holds a whole sync that began, got on or ended. The stream ends after five minutes; whoever goes on watching asks
/// again, as browsers do by themselves. Comments are sent as heartbeats. The dashboard's cookie is taken as well as a
/// bearer token.
#[utoipa::path(
    get, path = "/api/v1/events", tag = "syncs",
    responses((status = 200, description = "Events", content_type = "text/event-stream", body = SyncRun), Unauthenticated)
)]
pub async fn live(
    State(services): State<Services>,
    State(shutdown): State<CancellationToken>,
    By(caller): By,
) -> Result<Response, Problem> {
    let seen = services::syncs::watch_all(&services, &caller).await?;
    let events = seen.map(event).take_until(shutdown.cancelled_owned());
    let heartbeat = KeepAlive::new().interval(HEARTBEAT);
    // nginx would collect events otherwise; and a tenant's data is kept nowhere.
    let headers =
        [(HeaderName::from_static("x-accel-buffering"), "no"), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, Sse::new(events).keep_alive(heartbeat)).into_response())
}

fn event(seen: Seen) -> Result<Event, axum::Error> {
    match seen {
        Seen::UnderWay(runs) => Event::default().event("under_way").json_data(&runs),
        Seen::Sync(run) => Event::default().event("sync").json_data(&run),
    }
}

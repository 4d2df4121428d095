//! Synchronisations. Their live progress is `GET /api/v1/syncs/{id}/events`.
#![expect(missing_docs, reason = "fields of the macro's structs: the functions' arguments")]

use super::Failure;
use domain::{
    AccountId, SyncRunId,
    sync::{SyncRun, SyncStarted},
};
use leptos::{prelude::*, server_fn::codec::GetUrl};

#[cfg(feature = "ssr")]
use {
    super::door::Door,
    domain::{ApiError, shop::SyncRequest},
};

/// Starts a sync, or finds the one that runs, and opens its page.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/syncs/start", tag = "dashboard",
    request_body(content = SyncRequest, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, body = SyncStarted), (status = 403, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "syncs/start")]
pub async fn start(account_id: Option<AccountId>) -> Result<SyncStarted, Failure> {
    let (door, caller) = Door::enter().await?;
    let which = SyncRequest { account_id };
    let outcome = services::syncs::start_of(&door.services, &caller, which, &door.client).await;
    let started = door.answer_form("/syncs", &[], outcome)?;
    door.go_to(&format!("/syncs/{}", started.task_id));
    Ok(started)
}

/// Ends a sync before its end. A plain form comes back to the page that it was on.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/syncs/cancel", tag = "dashboard",
    request_body(content = SyncRunId, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, body = SyncRun), (status = 403, body = domain::ApiError), (status = 404, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "syncs/cancel")]
pub async fn cancel(id: SyncRunId) -> Result<SyncRun, Failure> {
    let (door, caller) = Door::enter().await?;
    let outcome = services::syncs::cancel(&door.services, &caller, id, &door.client).await;
    let outcome = outcome.and_then(|run| run.ok_or_else(|| ApiError::not_found("sync").into()));
    door.answer_form(&format!("/syncs/{id}"), &[], outcome)
}

/// The last syncs, newest first.
#[cfg_attr(feature = "ssr", utoipa::path(
    get, path = "/api/fn/syncs/list", tag = "dashboard", params(("limit" = Option<u32>, Query)),
    responses((status = 200, body = Vec<SyncRun>), (status = 401, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "syncs/list", input = GetUrl)]
pub async fn list(limit: Option<u32>) -> Result<Vec<SyncRun>, Failure> {
    let (door, caller) = Door::enter().await?;
    door.answer(services::syncs::list(&door.services, &caller, limit.unwrap_or(50)).await)
}

/// A sync with its steps.
#[cfg_attr(feature = "ssr", utoipa::path(
    get, path = "/api/fn/syncs/get", tag = "dashboard", params(("id" = SyncRunId, Query)),
    responses((status = 200, body = SyncRun), (status = 401, body = domain::ApiError), (status = 404, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "syncs/get", input = GetUrl)]
pub async fn get(id: SyncRunId) -> Result<SyncRun, Failure> {
    let (door, caller) = Door::enter().await?;
    door.found(services::syncs::get(&door.services, &caller, id).await, "sync")
}

//! The company's log.
#![expect(missing_docs, reason = "fields of the macro's structs: the functions' arguments")]

use super::Failure;
use domain::{
    UserId,
    audit::{AuditCheck, AuditPage},
};
use leptos::{prelude::*, server_fn::codec::GetUrl};

#[cfg(feature = "ssr")]
use {super::door::Door, domain::audit::AuditQuery};

/// A page of the log, newest first.
#[cfg_attr(feature = "ssr", utoipa::path(
    get, path = "/api/fn/audit/list", tag = "dashboard",
    params(("cursor" = Option<i64>, Query), ("action" = Option<String>, Query), ("person" = Option<UserId>, Query)),
    responses((status = 200, body = AuditPage), (status = 403, body = domain::ApiError), (status = 422, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "audit/list", input = GetUrl)]
pub async fn list(
    cursor: Option<i64>,
    action: Option<String>,
    person: Option<UserId>,
) -> Result<AuditPage, Failure> {
    let (door, caller) = Door::enter().await?;
    let query = AuditQuery { cursor, action, person, ..AuditQuery::default() };
    door.answer(services::audit_log::list(&door.services, &caller, &query).await)
}

/// The actions that the log holds, for the filter.
#[cfg_attr(feature = "ssr", utoipa::path(
    get, path = "/api/fn/audit/actions", tag = "dashboard",
    responses((status = 200, body = Vec<String>, example = json!(["signed_in", "sync_started"])), (status = 403, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "audit/actions", input = GetUrl)]
pub async fn actions() -> Result<Vec<String>, Failure> {
    let (door, caller) = Door::enter().await?;
    door.answer(services::audit_log::actions(&door.services, &caller).await)
}

/// Whether the log's chain is intact.
#[cfg_attr(feature = "ssr", utoipa::path(
    get, path = "/api/fn/audit/verify", tag = "dashboard",
    responses((status = 200, body = AuditCheck), (status = 403, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "audit/verify", input = GetUrl)]
pub async fn verify() -> Result<AuditCheck, Failure> {
    let (door, caller) = Door::enter().await?;
    door.answer(services::audit_log::verify(&door.services, &caller).await)
}

//! `GET /api/v1/audit`.

use crate::{
    extract::{By, Query},
    openapi::refusals::{Denied, Invalid, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::{
    UserId,
    audit::{AuditPage, AuditQuery},
};
use services::Services;

/// Who did what, when, from where. Owners and admins.
///
/// The newest first, page by page: `cursor` is `next_cursor` of the page before.
#[utoipa::path(
    get, path = "/api/v1/audit", tag = "audit",
    params(
        ("cursor" = Option<i64>, Query, minimum = 1, description = "`next_cursor` of the page before"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "Default 50"),
        ("action" = Option<String>, Query, max_length = 64, pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$", description = "Only this action: `signed_in`"),
        ("person" = Option<UserId>, Query, description = "Only what this person did"),
    ),
    responses((status = 200, description = "A page", body = AuditPage), Unauthenticated, Denied, Invalid)
)]
pub async fn list(
    State(services): State<Services>,
    By(caller): By,
    mut query: Query,
) -> Result<axum::Json<AuditPage>, Problem> {
    let question = AuditQuery {
        cursor: query.number("cursor"),
        limit: query.number("limit").unwrap_or(AuditQuery::default().limit),
        action: query.text("action"),
        person: query.id("person"),
    };
    query.check(question.check())?;
    Ok(axum::Json(services::audit_log::list(&services, &caller, &question).await?))
}

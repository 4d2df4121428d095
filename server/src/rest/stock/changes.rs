//! `GET /api/v1/stock/changes`.

use crate::{
    extract::{By, Query},
    openapi::refusals::{Denied, Invalid, Unauthenticated},
    problem::Problem,
};
use axum::{Json, extract::State};
use domain::{
    FieldError, ProductId,
    past::{ChangesQuery, StockChanges},
};
use services::Services;

/// Products whose stock differs between two moments, page by page.
///
/// A moment is RFC 3339, or a day: its end in Moscow. A product whose stock went down and up again is among them, with a
/// change of 0. How far back one may look is the plan's to say.
#[utoipa::path(
    get, path = "/api/v1/stock/changes", tag = "products", operation_id = "stock_changes",
    params(
        ("from" = DateTime<Utc>, Query, description = "The earlier moment"),
        ("to" = Option<DateTime<Utc>>, Query, description = "The later one; default: now"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "Default 50"),
        ("cursor" = Option<ProductId>, Query, description = "`next_cursor` of the page before"),
    ),
    responses((status = 200, description = "A page", body = StockChanges), Unauthenticated, Denied, Invalid)
)]
pub async fn changes(
    State(services): State<Services>,
    By(caller): By,
    mut query: Query,
) -> Result<Json<StockChanges>, Problem> {
    let from = query.moment("from");
    let question = ChangesQuery {
        from: from.unwrap_or_default(),
        to: query.moment("to"),
        limit: query.number("limit").unwrap_or(50),
        cursor: query.id("cursor"),
    };
    let missing = FieldError::query("from", "missing", "say from when");
    query.check(question.check().into_iter().chain(from.is_none().then_some(missing)))?;
    Ok(Json(services::past::changes(&services, &caller, &question).await?))
}

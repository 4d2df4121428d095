//! `GET /api/v1/products/links/suggestions`.

use crate::{
    extract::{By, Query},
    openapi::refusals::{Invalid, Unauthenticated},
    problem::Problem,
};
use axum::{Json, extract::State};
use domain::links::{LinkQuery, LinkReason, LinkSuggestionPage};
use services::Services;

/// Pairs of products of different shops that may be the same thing, page by page.
///
/// They share the seller's article (without case, spaces and marks; letters that look alike in two alphabets are the
/// same), a barcode, or both. Nothing is one until a person says so. A key that more than twenty products share suggests
/// nothing.
#[utoipa::path(
    get, path = "/api/v1/products/links/suggestions", tag = "links",
    params(
        ("by" = Option<LinkReason>, Query, description = "Only those with this reason"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "Default 20"),
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before"),
    ),
    responses((status = 200, description = "A page", body = LinkSuggestionPage), Unauthenticated, Invalid)
)]
pub async fn suggestions(
    State(services): State<Services>,
    By(caller): By,
    mut query: Query,
) -> Result<Json<LinkSuggestionPage>, Problem> {
    let question = LinkQuery {
        by: query.word("by"),
        limit: query.number("limit").unwrap_or(LinkQuery::default().limit),
        cursor: query.text("cursor"),
    };
    query.check(question.check())?;
    Ok(Json(services::product_links::suggestions(&services, &caller, &question).await?))
}

//! `GET /api/v1/orders/days`.

use super::list::question;
use crate::{
    extract::{By, Query},
    openapi::refusals::{Invalid, Unauthenticated},
    problem::Problem,
};
use axum::{Json, extract::State};
use domain::{AccountId, ProductId, order::OrderDays};
use services::Services;

/// Orders added up by day, the newest day first.
///
/// The last 28 days when no day is named; at most 400. A day without orders has no row, one with orders in several
/// currencies has a row for each.
#[utoipa::path(
    get, path = "/api/v1/orders/days", tag = "orders",
    params(
        ("from" = Option<NaiveDate>, Query, description = "From this day of the marketplace's calendar on"),
        ("to" = Option<NaiveDate>, Query, description = "Until this day, included"),
        ("account" = Option<AccountId>, Query, description = "Only this shop's"),
        ("product" = Option<ProductId>, Query, description = "Only this product's"),
        ("cancelled" = Option<bool>, Query, description = "Only the cancelled ones, or only the others"),
    ),
    responses((status = 200, description = "The days", body = OrderDays), Unauthenticated, Invalid)
)]
pub async fn days(
    State(services): State<Services>,
    By(caller): By,
    query: Query,
) -> Result<Json<OrderDays>, Problem> {
    let question = question(query)?;
    Ok(Json(services::orders::days(&services, &caller, &question).await?))
}

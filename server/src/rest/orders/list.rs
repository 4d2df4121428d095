//! `GET /api/v1/orders/`.

use crate::{
    extract::{By, Query},
    openapi::refusals::{Invalid, Unauthenticated},
    problem::Problem,
};
use axum::{Json, extract::State};
use domain::{
    AccountId, ProductId,
    order::{OrderPage, OrderQuery},
};
use services::Services;

/// Orders, the newest first, page by page. A row is a unit.
///
/// Days are the marketplace's own (Moscow's for Wildberries), both ends included. `cursor` is `next_cursor` of the page
/// before, asked with the same filter.
#[utoipa::path(
    get, path = "/api/v1/orders/", tag = "orders",
    params(
        ("from" = Option<NaiveDate>, Query, description = "From this day of the marketplace's calendar on"),
        ("to" = Option<NaiveDate>, Query, description = "Until this day, included"),
        ("account" = Option<AccountId>, Query, description = "Only this shop's"),
        ("product" = Option<ProductId>, Query, description = "Only this product's"),
        ("cancelled" = Option<bool>, Query, description = "Only the cancelled ones, or only the others"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "Default 50"),
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before"),
    ),
    responses((status = 200, description = "A page", body = OrderPage), Unauthenticated, Invalid)
)]
pub async fn list(
    State(services): State<Services>,
    By(caller): By,
    query: Query,
) -> Result<Json<OrderPage>, Problem> {
    let question = question(query)?;
    Ok(Json(services::orders::list(&services, &caller, &question).await?))
}

/// The parameters that every question to the orders has.
pub(crate) fn question(mut query: Query) -> Result<OrderQuery, Problem> {
    let question = OrderQuery {
        from: query.day("from"),
        to: query.day("to"),
        account: query.id("account"),
        product: query.id("product"),
        cancelled: query.flag("cancelled"),
        limit: query.number("limit").unwrap_or(OrderQuery::default().limit),
        cursor: query.text("cursor"),
    };
    query.check(question.check())?;
    Ok(question)
}

//! Orders.
#![expect(missing_docs, reason = "fields of the macro's structs: the functions' arguments")]

use super::Failure;
use chrono::NaiveDate;
use domain::{
    AccountId, ProductId,
    order::{OrderDays, OrderPage},
};
use leptos::{prelude::*, server_fn::codec::GetUrl};

#[cfg(feature = "ssr")]
use {super::door::Door, domain::order::OrderQuery};

/// A page of orders, the newest first.
#[cfg_attr(feature = "ssr", utoipa::path(
    get, path = "/api/fn/orders/list", tag = "dashboard",
    params(
        ("from" = Option<NaiveDate>, Query), ("to" = Option<NaiveDate>, Query),
        ("account" = Option<AccountId>, Query), ("product" = Option<ProductId>, Query),
        ("cancelled" = Option<bool>, Query), ("cursor" = Option<String>, Query),
    ),
    responses((status = 200, body = OrderPage), (status = 401, body = domain::ApiError), (status = 422, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "orders/list", input = GetUrl)]
pub async fn list(
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    account: Option<AccountId>,
    product: Option<ProductId>,
    cancelled: Option<bool>,
    cursor: Option<String>,
) -> Result<OrderPage, Failure> {
    let (door, caller) = Door::enter().await?;
    let query =
        OrderQuery { from, to, account, product, cancelled, cursor, ..OrderQuery::default() };
    door.answer(services::orders::list(&door.services, &caller, &query).await)
}

/// What they add up to, day by day.
#[cfg_attr(feature = "ssr", utoipa::path(
    get, path = "/api/fn/orders/days", tag = "dashboard",
    params(
        ("from" = Option<NaiveDate>, Query), ("to" = Option<NaiveDate>, Query),
        ("account" = Option<AccountId>, Query), ("product" = Option<ProductId>, Query),
        ("cancelled" = Option<bool>, Query),
    ),
    responses((status = 200, body = OrderDays), (status = 401, body = domain::ApiError), (status = 422, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "orders/days", input = GetUrl)]
pub async fn days(
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    account: Option<AccountId>,
    product: Option<ProductId>,
    cancelled: Option<bool>,
) -> Result<OrderDays, Failure> {
    let (door, caller) = Door::enter().await?;
    let query = OrderQuery { from, to, account, product, cancelled, ..OrderQuery::default() };
    door.answer(services::orders::days(&door.services, &caller, &query).await)
}

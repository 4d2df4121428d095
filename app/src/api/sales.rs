//! Sales and returns.
#![expect(missing_docs, reason = "fields of the macro's structs: the functions' arguments")]

use super::Failure;
use chrono::NaiveDate;
use domain::{
    AccountId, ProductId,
    observed::SaleKind,
    sale::{SaleDays, SalePage},
};
use leptos::{prelude::*, server_fn::codec::GetUrl};

#[cfg(feature = "ssr")]
use {super::door::Door, domain::sale::SaleQuery};

/// A page of sales and returns, the newest first.
#[cfg_attr(feature = "ssr", utoipa::path(
    get, path = "/api/fn/sales/list", tag = "dashboard",
    params(
        ("from" = Option<NaiveDate>, Query), ("to" = Option<NaiveDate>, Query),
        ("account" = Option<AccountId>, Query), ("product" = Option<ProductId>, Query),
        ("kind" = Option<SaleKind>, Query), ("cursor" = Option<String>, Query),
    ),
    responses((status = 200, body = SalePage), (status = 401, body = domain::ApiError), (status = 422, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "sales/list", input = GetUrl)]
pub async fn list(
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    account: Option<AccountId>,
    product: Option<ProductId>,
    kind: Option<SaleKind>,
    cursor: Option<String>,
) -> Result<SalePage, Failure> {
    let (door, caller) = Door::enter().await?;
    let query = SaleQuery { from, to, account, product, kind, cursor, ..SaleQuery::default() };
    door.answer(services::sales::list(&door.services, &caller, &query).await)
}

/// What they add up to, day by day.
#[cfg_attr(feature = "ssr", utoipa::path(
    get, path = "/api/fn/sales/days", tag = "dashboard",
    params(
        ("from" = Option<NaiveDate>, Query), ("to" = Option<NaiveDate>, Query),
        ("account" = Option<AccountId>, Query), ("product" = Option<ProductId>, Query),
        ("kind" = Option<SaleKind>, Query),
    ),
    responses((status = 200, body = SaleDays), (status = 401, body = domain::ApiError), (status = 422, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "sales/days", input = GetUrl)]
pub async fn days(
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    account: Option<AccountId>,
    product: Option<ProductId>,
    kind: Option<SaleKind>,
) -> Result<SaleDays, Failure> {
    let (door, caller) = Door::enter().await?;
    let query = SaleQuery { from, to, account, product, kind, ..SaleQuery::default() };
    door.answer(services::sales::days(&door.services, &caller, &query).await)
}

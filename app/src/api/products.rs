//! The catalogue.
#![expect(missing_docs, reason = "fields of the macro's structs: the functions' arguments")]

use super::Failure;
use chrono::NaiveDate;
use domain::{
    ProductId,
    comparison::ProductComparison,
    product::{ProductDetail, ProductHistory, ProductNames, ProductPage, ProductSort, SortOrder},
};
use leptos::{prelude::*, server_fn::codec::GetUrl};

#[cfg(feature = "ssr")]
use {
    super::door::Door,
    domain::{catalogue::SortKey, product::ProductQuery},
};

/// A page of products, the filter's totals with it. What is left out takes its default.
#[cfg_attr(feature = "ssr", utoipa::path(
    get, path = "/api/fn/products/list", tag = "dashboard",
    params(
        ("page" = Option<u32>, Query), ("page_size" = Option<u32>, Query),
        ("search" = Option<String>, Query), ("low_stock_only" = Option<bool>, Query),
        ("sort_by" = Option<ProductSort>, Query), ("sort_order" = Option<SortOrder>, Query),
        ("sort" = Option<String>, Query), ("filter" = Option<String>, Query, description = "The filter as JSON"),
        ("cursor" = Option<String>, Query), ("before" = Option<String>, Query),
    ),
    responses((status = 200, body = ProductPage), (status = 401, body = domain::ApiError), (status = 422, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "products/list", input = GetUrl)]
pub async fn list(
    page: Option<u32>,
    page_size: Option<u32>,
    search: Option<String>,
    low_stock_only: Option<bool>,
    sort_by: Option<ProductSort>,
    sort_order: Option<SortOrder>,
    sort: Option<String>,
    min_stock: Option<i64>,
    max_stock: Option<i64>,
    filter: Option<String>,
    cursor: Option<String>,
    before: Option<String>,
) -> Result<ProductPage, Failure> {
    let (door, caller) = Door::enter().await?;
    let defaults = ProductQuery::default();
    let filter = door.answer(super::catalogue::read_filter(filter.as_deref()))?;
    let query = ProductQuery {
        page: page.unwrap_or(defaults.page),
        page_size: page_size.unwrap_or(defaults.page_size),
        search,
        min_stock,
        max_stock,
        low_stock_only: low_stock_only.unwrap_or_default(),
        sort_by: sort_by.unwrap_or_default(),
        sort_order: sort_order.unwrap_or_default(),
        sort: sort.and_then(|text| SortKey::read(&text)).unwrap_or_default(),
        filter,
        cursor,
        before,
        ..defaults
    };
    door.answer(services::products::list(&door.services, &caller, &query).await)
}

/// The names of the listed products, for the palette: at most 100,000.
#[cfg_attr(feature = "ssr", utoipa::path(
    get, path = "/api/fn/products/names", tag = "dashboard",
    responses((status = 200, body = ProductNames), (status = 401, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "products/names", input = GetUrl)]
pub async fn names() -> Result<ProductNames, Failure> {
    let (door, caller) = Door::enter().await?;
    door.answer(services::products::names(&door.services, &caller).await)
}

/// A product with its sizes and its stock by warehouse; with `at` as it was at a moment, or at the end of a day.
#[cfg_attr(feature = "ssr", utoipa::path(
    get, path = "/api/fn/products/get", tag = "dashboard",
    params(("id" = ProductId, Query), ("at" = Option<String>, Query)),
    responses((status = 200, body = ProductDetail), (status = 401, body = domain::ApiError), (status = 403, body = domain::ApiError), (status = 404, body = domain::ApiError), (status = 422, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "products/get", input = GetUrl)]
pub async fn get(id: ProductId, at: Option<String>) -> Result<ProductDetail, Failure> {
    let (door, caller) = Door::enter().await?;
    let found = match at.as_deref().map(|at| super::past::moment("at", at)).transpose() {
        Ok(Some(at)) => services::past::get(&door.services, &caller, id, at).await,
        Ok(None) => services::products::get(&door.services, &caller, id).await,
        Err(error) => Err(error.into()),
    };
    door.found(found, "product")
}

/// A product day by day: `days` of them, the last of which is `until` or today.
#[cfg_attr(feature = "ssr", utoipa::path(
    get, path = "/api/fn/products/history", tag = "dashboard",
    params(("id" = ProductId, Query), ("days" = u32, Query), ("until" = Option<NaiveDate>, Query)),
    responses((status = 200, body = ProductHistory), (status = 401, body = domain::ApiError), (status = 404, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "products/history", input = GetUrl)]
pub async fn history(
    id: ProductId,
    days: u32,
    until: Option<NaiveDate>,
) -> Result<ProductHistory, Failure> {
    let (door, caller) = Door::enter().await?;
    let history = services::products::history(&door.services, &caller, id, days, until).await;
    door.found(history, "product")
}

/// A product's numbers beside the marketplace's own.
#[cfg_attr(feature = "ssr", utoipa::path(
    get, path = "/api/fn/products/comparison", tag = "dashboard", params(("id" = ProductId, Query)),
    responses((status = 200, body = ProductComparison), (status = 401, body = domain::ApiError), (status = 404, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "products/comparison", input = GetUrl)]
pub async fn comparison(id: ProductId) -> Result<ProductComparison, Failure> {
    let (door, caller) = Door::enter().await?;
    door.found(services::products::compare(&door.services, &caller, id).await, "product")
}

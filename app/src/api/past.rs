//! The catalogue as of a moment, and what differs between two.
#![expect(missing_docs, reason = "fields of the macro's structs: the functions' arguments")]

use super::Failure;
use domain::{ProductId, past::StockChanges, product::ProductPage};
use leptos::{prelude::*, server_fn::codec::GetUrl};

#[cfg(feature = "ssr")]
use {
    super::door::Door,
    chrono::{DateTime, Utc},
    domain::{
        ApiError, FieldError,
        catalogue::SortKey,
        past::ChangesQuery,
        product::{ProductQuery, ProductSort, SortOrder},
    },
};

/// Reads a moment of an address.
#[cfg(feature = "ssr")]
pub(crate) fn moment(name: &str, text: &str) -> Result<DateTime<Utc>, ApiError> {
    domain::past::moment(text.trim()).ok_or_else(|| {
        let hint = "expected a moment, 2026-09-15T09:00:00Z, or a day";
        ApiError::validation(vec![FieldError::query(name, "wrong_type", hint)])
    })
}

/// A page of the catalogue as it was, by name unless another order is asked that does not change with time.
#[cfg_attr(feature = "ssr", utoipa::path(
    get, path = "/api/fn/past/list", tag = "dashboard",
    params(
        ("at" = String, Query), ("search" = Option<String>, Query), ("cursor" = Option<String>, Query),
        ("sort" = Option<String>, Query), ("filter" = Option<String>, Query, description = "The filter as JSON"),
        ("page_size" = Option<u32>, Query),
    ),
    responses((status = 200, body = ProductPage), (status = 401, body = domain::ApiError), (status = 403, body = domain::ApiError), (status = 422, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "past/list", input = GetUrl)]
pub async fn list(
    at: String,
    search: Option<String>,
    cursor: Option<String>,
    sort: Option<String>,
    filter: Option<String>,
    page_size: Option<u32>,
) -> Result<ProductPage, Failure> {
    let (door, caller) = Door::enter().await?;
    let defaults = ProductQuery::default();
    let query = ProductQuery {
        search,
        cursor,
        sort_by: ProductSort::ProductName,
        sort_order: SortOrder::Asc,
        sort: sort.and_then(|text| SortKey::read(&text)).unwrap_or_default(),
        filter: door.answer(super::catalogue::read_filter(filter.as_deref()))?,
        page_size: page_size.unwrap_or(defaults.page_size),
        ..defaults
    };
    let at = moment("at", &at).map_err(|error| door.fail(error))?;
    door.answer(services::past::list(&door.services, &caller, &query, at).await)
}

/// Products whose stock differs between two moments; without the later one: now.
#[cfg_attr(feature = "ssr", utoipa::path(
    get, path = "/api/fn/past/changes", tag = "dashboard",
    params(("from" = String, Query), ("to" = Option<String>, Query), ("cursor" = Option<ProductId>, Query)),
    responses((status = 200, body = StockChanges), (status = 401, body = domain::ApiError), (status = 403, body = domain::ApiError), (status = 422, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "past/changes", input = GetUrl)]
pub async fn changes(
    from: String,
    to: Option<String>,
    cursor: Option<ProductId>,
) -> Result<StockChanges, Failure> {
    let (door, caller) = Door::enter().await?;
    let from = moment("from", &from).map_err(|error| door.fail(error))?;
    let to = to.as_deref().map(|to| moment("to", to)).transpose();
    let to = to.map_err(|error| door.fail(error))?;
    let query = ChangesQuery { from, to, limit: 50, cursor };
    door.answer(services::past::changes(&door.services, &caller, &query).await)
}

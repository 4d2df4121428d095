//! The morning page, periods, warehouses and the rules of orders.
#![expect(missing_docs, reason = "fields of the macro's structs: the functions' arguments")]

use super::Failure;
use domain::today::{PlanningRules, ShopPeriod, Today, WarehouseLines};
use leptos::{prelude::*, server_fn::codec::GetUrl};

#[cfg(feature = "ssr")]
use super::door::Door;

/// Rows of each card.
#[cfg(feature = "ssr")]
const ROWS: u32 = 5;

/// What the morning asks; with `at` what it asked at a moment, `null` when that was not kept.
#[cfg_attr(feature = "ssr", utoipa::path(
    get, path = "/api/fn/today/get", tag = "dashboard", params(("at" = Option<String>, Query)),
    responses((status = 200, body = Option<Today>), (status = 401, body = domain::ApiError), (status = 403, body = domain::ApiError), (status = 422, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "today/get", input = GetUrl)]
pub async fn get(at: Option<String>) -> Result<Option<Today>, Failure> {
    let (door, caller) = Door::enter().await?;
    door.answer(match at.as_deref().map(|at| super::past::moment("at", at)).transpose() {
        Ok(Some(at)) => services::today::morning_at(&door.services, &caller, at).await,
        Ok(None) => services::today::morning(&door.services, &caller, ROWS).await.map(Some),
        Err(error) => Err(error.into()),
    })
}

/// The company's last whole days.
#[cfg_attr(feature = "ssr", utoipa::path(
    get, path = "/api/fn/today/period", tag = "dashboard", params(("days" = u32, Query)),
    responses((status = 200, body = ShopPeriod), (status = 401, body = domain::ApiError), (status = 422, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "today/period", input = GetUrl)]
pub async fn period(days: u32) -> Result<ShopPeriod, Failure> {
    let (door, caller) = Door::enter().await?;
    door.answer(services::today::period(&door.services, &caller, days).await)
}

/// The warehouses; with `at` as they were last counted before a moment.
#[cfg_attr(feature = "ssr", utoipa::path(
    get, path = "/api/fn/today/warehouses", tag = "dashboard", params(("at" = Option<String>, Query)),
    responses((status = 200, body = WarehouseLines), (status = 401, body = domain::ApiError), (status = 403, body = domain::ApiError), (status = 422, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "today/warehouses", input = GetUrl)]
pub async fn warehouses(at: Option<String>) -> Result<WarehouseLines, Failure> {
    let (door, caller) = Door::enter().await?;
    door.answer(match at.as_deref().map(|at| super::past::moment("at", at)).transpose() {
        Ok(Some(at)) => services::today::warehouses_at(&door.services, &caller, at).await,
        Ok(None) => services::today::warehouses(&door.services, &caller).await,
        Err(error) => Err(error.into()),
    })
}

/// The rules of orders.
#[cfg_attr(feature = "ssr", utoipa::path(
    get, path = "/api/fn/today/rules", tag = "dashboard",
    responses((status = 200, body = PlanningRules), (status = 401, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "today/rules", input = GetUrl)]
pub async fn rules() -> Result<PlanningRules, Failure> {
    let (door, caller) = Door::enter().await?;
    door.answer(services::today::rules(&door.services, &caller).await)
}

/// Other rules.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/today/set_rules", tag = "dashboard",
    request_body(content = PlanningRules, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200), (status = 403, body = domain::ApiError), (status = 422, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "today/set_rules")]
pub async fn set_rules(lead_days: i64, review_days: i64, buffer_days: i64) -> Result<(), Failure> {
    let (door, caller) = Door::enter().await?;
    let rules = PlanningRules { lead_days, review_days, buffer_days };
    let typed = [lead_days, review_days, buffer_days].map(|days| days.to_string());
    let typed =
        [("lead_days", typed[0].as_str()), ("review_days", &typed[1]), ("buffer_days", &typed[2])];
    let outcome = services::today::set_rules(&door.services, &caller, rules, &door.client).await;
    door.answer_form("/settings/orders", &typed, outcome)
}

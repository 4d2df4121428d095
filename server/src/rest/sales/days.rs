//! `GET /api/v1/sales/days`.

use super::list::question;
use crate::{
    extract::{By, Query},
    openapi::refusals::{Invalid, Unauthenticated},
    problem::Problem,
};
use axum::{Json, extract::State};
use domain::{AccountId, ProductId, observed::SaleKind, sale::SaleDays};
use services::Services;

/// Sales and returns added up by day, the newest day first.
///
/// The last 28 days when no day is named; at most 400. A day without any has no row, one with several currencies has a
/// row for each. `unpriced` and `unpaid` count the pieces that the sums lack, because their amounts are not told yet.
#[utoipa::path(
    get, path = "/api/v1/sales/days", tag = "sales",
    params(
        ("from" = Option<NaiveDate>, Query, description = "From this day of the marketplace's calendar on"),
        ("to" = Option<NaiveDate>, Query, description = "Until this day, included"),
        ("account" = Option<AccountId>, Query, description = "Only this shop's"),
        ("product" = Option<ProductId>, Query, description = "Only this product's"),
        ("kind" = Option<SaleKind>, Query, description = "Only sales, or only returns"),
    ),
    responses((status = 200, description = "The days", body = SaleDays), Unauthenticated, Invalid)
)]
pub async fn days(
    State(services): State<Services>,
    By(caller): By,
    query: Query,
) -> Result<Json<SaleDays>, Problem> {
    let question = question(query)?;
    Ok(Json(services::sales::days(&services, &caller, &question).await?))
}

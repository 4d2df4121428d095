//! `GET /api/v1/sales`.

use crate::{
    extract::{By, Query},
    openapi::refusals::{Invalid, Unauthenticated},
    problem::Problem,
};
use axum::{Json, extract::State};
use domain::{
    AccountId, ProductId,
    observed::SaleKind,
    sale::{SalePage, SaleQuery},
};
use services::Services;

/// Sales and returns, the newest first, page by page.
///
/// A sale is what reached its buyer. Days are the marketplace's own (Moscow's for Wildberries), both ends included. Amounts
/// are those of one piece; `null` is what the marketplace has not told. `sources` says how old each shop's are. `cursor`
/// is `next_cursor` of the page before, asked with the same filter.
#[utoipa::path(
    get, path = "/api/v1/sales", tag = "sales",
    params(
        ("from" = Option<NaiveDate>, Query, description = "From this day of the marketplace's calendar on"),
        ("to" = Option<NaiveDate>, Query, description = "Until this day, included"),
        ("account" = Option<AccountId>, Query, description = "Only this shop's"),
        ("product" = Option<ProductId>, Query, description = "Only this product's"),
        ("kind" = Option<SaleKind>, Query, description = "Only sales, or only returns"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "Default 50"),
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before"),
    ),
    responses((status = 200, description = "A page", body = SalePage), Unauthenticated, Invalid)
)]
pub async fn list(
    State(services): State<Services>,
    By(caller): By,
    query: Query,
) -> Result<Json<SalePage>, Problem> {
    let question = question(query)?;
    Ok(Json(services::sales::list(&services, &caller, &question).await?))
}

/// The parameters that every question to the sales has.
pub(crate) fn question(mut query: Query) -> Result<SaleQuery, Problem> {
    let question = SaleQuery {
        from: query.day("from"),
        to: query.day("to"),
        account: query.id("account"),
        product: query.id("product"),
        kind: query.word("kind"),
        limit: query.number("limit").unwrap_or(SaleQuery::default().limit),
        cursor: query.text("cursor"),
    };
    query.check(question.check())?;
    Ok(question)
}

//! `GET /api/v1/exports/sales.csv` and `.xlsx`.

use super::{answer, csv as format_of};
use crate::rest::sales;
use crate::{
    extract::{By, From, Query},
    openapi::refusals::{Denied, Invalid, Unauthenticated},
    problem::Problem,
};
use axum::{extract::State, response::Response};
use domain::{
    AccountId, ProductId,
    export::{Format, Separator},
    observed::SaleKind,
};
use services::{Services, exports::List};

/// Sales and returns as CSV, streamed: those of a filter, the newest first. Whoever may export.
///
/// The heading and the words are in the language asked for. With `;` there are a byte order mark and decimal commas, as a
/// Russian Excel reads them. Moments are Moscow's; what was never read is empty. No cell is a formula.
#[utoipa::path(
    get, path = "/api/v1/exports/sales.csv", tag = "exports",
    params(
        ("from" = Option<NaiveDate>, Query, description = "From this day of the marketplace's calendar on"),
        ("to" = Option<NaiveDate>, Query, description = "Until this day, included"),
        ("account" = Option<AccountId>, Query, description = "Only this shop's"),
        ("product" = Option<ProductId>, Query, description = "Only this product's"),
        ("kind" = Option<SaleKind>, Query, description = "Only sales, or only returns"),
        ("separator" = Option<Separator>, Query, description = "Default: by the language asked for"),
    ),
    responses((status = 200, description = "The file", body = String, content_type = "text/csv", example = json!("Магазин;Маркетплейс;Что;…\r\nWildberries;Wildberries;выкуп;15.09.2026 12:00;…\r\n")), Unauthenticated, Denied, Invalid)
)]
pub async fn sales_csv(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
    mut query: Query,
) -> Result<Response, Problem> {
    let format = format_of(&mut query);
    let list = List::Sales(sales::list::question(query)?);
    answer(&services, &caller, &client, list, format).await
}

/// Sales and returns as a workbook, streamed: those of a filter, the newest first. Whoever may export.
///
/// Numbers and moments (Moscow's) are real ones, the heading stays in sight. At Excel's row limit the list goes on in a
/// further sheet. No cell is a formula.
#[utoipa::path(
    get, path = "/api/v1/exports/sales.xlsx", tag = "exports",
    params(
        ("from" = Option<NaiveDate>, Query, description = "From this day of the marketplace's calendar on"),
        ("to" = Option<NaiveDate>, Query, description = "Until this day, included"),
        ("account" = Option<AccountId>, Query, description = "Only this shop's"),
        ("product" = Option<ProductId>, Query, description = "Only this product's"),
        ("kind" = Option<SaleKind>, Query, description = "Only sales, or only returns"),
    ),
    responses((status = 200, description = "The file", body = String, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", example = json!("PK…")), Unauthenticated, Denied, Invalid)
)]
pub async fn sales_xlsx(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
    query: Query,
) -> Result<Response, Problem> {
    let list = List::Sales(sales::list::question(query)?);
    answer(&services, &caller, &client, list, Format::Xlsx).await
}

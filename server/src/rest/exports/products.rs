//! `GET /api/v1/exports/products.csv` and `.xlsx`.

use super::{answer, csv as format_of};
use crate::rest::products;
use crate::{
    extract::{By, From, Query},
    openapi::refusals::{Denied, Invalid, Unauthenticated},
    problem::Problem,
};
use axum::{extract::State, response::Response};
use domain::export::{Format, Separator};
use services::{Services, exports::List};

/// Products as CSV, streamed: the products of a filter, in the order in which they were first seen. Whoever may export.
///
/// The heading and the words are in the language asked for. With `;` there are a byte order mark and decimal commas, as a
/// Russian Excel reads them. Moments are Moscow's; what was never read is empty. No cell is a formula.
#[utoipa::path(
    get, path = "/api/v1/exports/products.csv", tag = "exports",
    params(
        ("search" = Option<String>, Query, description = "Part of a title, an article or a barcode"),
        ("min_stock" = Option<i64>, Query, minimum = 0, description = "At least so many pieces"),
        ("max_stock" = Option<i64>, Query, minimum = 0, description = "At most so many pieces"),
        ("low_stock_only" = Option<bool>, Query, description = "Only what lies below the company's threshold"),
        ("separator" = Option<Separator>, Query, description = "Default: by the language asked for"),
    ),
    responses((status = 200, description = "The file", body = String, content_type = "text/csv", example = json!("Магазин;Маркетплейс;Артикул маркетплейса;…\r\nWildberries;Wildberries;146000123;…\r\n")), Unauthenticated, Denied, Invalid)
)]
pub async fn products_csv(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
    mut query: Query,
) -> Result<Response, Problem> {
    let format = format_of(&mut query);
    let list = List::Products(products::list::question(query)?);
    answer(&services, &caller, &client, list, format).await
}

/// Products as a workbook, streamed: the products of a filter, in the order in which they were first seen. Whoever may export.
///
/// Numbers and moments (Moscow's) are real ones, the heading stays in sight. At Excel's row limit the list goes on in a
/// further sheet. No cell is a formula.
#[utoipa::path(
    get, path = "/api/v1/exports/products.xlsx", tag = "exports",
    params(
        ("search" = Option<String>, Query, description = "Part of a title, an article or a barcode"),
        ("min_stock" = Option<i64>, Query, minimum = 0, description = "At least so many pieces"),
        ("max_stock" = Option<i64>, Query, minimum = 0, description = "At most so many pieces"),
        ("low_stock_only" = Option<bool>, Query, description = "Only what lies below the company's threshold"),
    ),
    responses((status = 200, description = "The file", body = String, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", example = json!("PK…")), Unauthenticated, Denied, Invalid)
)]
pub async fn products_xlsx(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
    query: Query,
) -> Result<Response, Problem> {
    let list = List::Products(products::list::question(query)?);
    answer(&services, &caller, &client, list, Format::Xlsx).await
}

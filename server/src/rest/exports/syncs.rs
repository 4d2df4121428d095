//! `GET /api/v1/exports/syncs.csv` and `.xlsx`.

use super::{answer, csv as format_of};
use crate::{
    extract::{By, From, Query},
    openapi::refusals::{Denied, Invalid, Unauthenticated},
    problem::Problem,
};
use axum::{extract::State, response::Response};
use domain::export::{Format, Separator};
use services::{Services, exports::List};

/// Synchronisations as CSV, streamed: all of them, the newest first. Whoever may export.
///
/// The heading and the words are in the language asked for. With `;` there are a byte order mark and decimal commas, as a
/// Russian Excel reads them. Moments are Moscow's; what was never read is empty. No cell is a formula.
#[utoipa::path(
    get, path = "/api/v1/exports/syncs.csv", tag = "exports",
    params(
        ("separator" = Option<Separator>, Query, description = "Default: by the language asked for"),
    ),
    responses((status = 200, description = "The file", body = String, content_type = "text/csv", example = json!("Магазин;Маркетплейс;Состояние;…\r\nWildberries;Wildberries;завершена;…\r\n")), Unauthenticated, Denied, Invalid)
)]
pub async fn syncs_csv(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
    mut query: Query,
) -> Result<Response, Problem> {
    let format = format_of(&mut query);
    query.check([])?;
    answer(&services, &caller, &client, List::Syncs, format).await
}

/// Synchronisations as a workbook, streamed: all of them, the newest first. Whoever may export.
///
/// Numbers and moments (Moscow's) are real ones, the heading stays in sight. At Excel's row limit the list goes on in a
/// further sheet. No cell is a formula.
#[utoipa::path(
    get, path = "/api/v1/exports/syncs.xlsx", tag = "exports",
    responses((status = 200, description = "The file", body = String, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", example = json!("PK…")), Unauthenticated, Denied)
)]
pub async fn syncs_xlsx(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
) -> Result<Response, Problem> {
    answer(&services, &caller, &client, List::Syncs, Format::Xlsx).await
}

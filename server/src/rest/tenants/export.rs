//! `GET /api/v1/tenants/me/export`.

use crate::{
    extract::{By, From},
    openapi::refusals::{Denied, Unauthenticated},
    problem::Problem,
};
use axum::{
    body::Body,
    extract::State,
    response::{IntoResponse, Response},
};
use futures::StreamExt;
use http::header;
use services::{Services, danger};

/// The company's data as JSON lines, streamed. Owners only.
///
/// A head, then a line a row with its table, then `{"end":true,"rows":…}`: without it the download broke
/// off. Passwords, keys and their hashes are not in it.
#[utoipa::path(
    get, path = "/api/v1/tenants/me/export", tag = "tenants",
    responses((status = 200, description = "JSON lines", body = String, content_type = "application/x-ndjson", example = json!("{\"export\":\"stock-tracker\",\"version\":1,…}\n{\"table\":\"users\",\"row\":{…}}\n{\"end\":true,\"rows\":1}\n")), Unauthenticated, Denied)
)]
pub async fn export(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
) -> Result<Response, Problem> {
    let danger::Export { file_name, lines } = danger::export(&services, &caller, &client).await?;
    // Fused: what compresses the answer asks once more after the end.
    let lines = lines.fuse().inspect(|page| {
        if let Err(error) = page {
            tracing::error!(error = crate::telemetry::chain(error), "an export broke off");
        }
    });
    let headers = [
        (header::CONTENT_TYPE, "application/x-ndjson; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{file_name}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, Body::from_stream(lines)).into_response())
}

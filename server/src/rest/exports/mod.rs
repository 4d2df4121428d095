//! Lists as CSV and XLSX files.

pub mod orders;
pub mod products;
pub mod sales;
pub mod stock;
pub mod syncs;

use crate::{extract::Query, problem::Problem};
use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use domain::export::{Format, Separator};
use futures::StreamExt;
use http::header;
use services::{
    Caller, Client, Services,
    exports::{self, Download, List},
};

/// Answers with the file of a list.
async fn answer(
    services: &Services,
    caller: &Caller,
    client: &Client,
    list: List,
    format: Format,
) -> Result<Response, Problem> {
    let Download { file_name, content_type, bytes } =
        exports::download(services, caller, client, list, format).await?;
    // Fused: what compresses the answer asks once more after the end.
    let bytes = bytes.fuse().inspect(|page| {
        if let Err(error) = page {
            tracing::error!(error = crate::telemetry::chain(error), "an export broke off");
        }
    });
    let headers = [
        (header::CONTENT_TYPE, content_type.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{file_name}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, Body::from_stream(bytes)).into_response())
}

/// CSV as asked for.
fn csv(query: &mut Query) -> Format {
    Format::Csv(query.word::<Separator>("separator"))
}

//! `GET /metrics` on the server's own address: only where a token was set.

use super::{Metrics, Open};
use crate::{problem::Problem, state::Doors};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use domain::ApiError;
use http::{HeaderMap, header};
use services::Services;
use std::sync::Arc;

/// The format that Prometheus reads.
const FORMAT: &str = "text/plain; version=0.0.4; charset=utf-8";

/// Measures for a monitor, in Prometheus' text format.
///
/// With `METRICS_TOKEN` as bearer token; where none is set there is nothing here. `METRICS_ADDR` serves the same on an
/// address of its own.
#[utoipa::path(
    get, path = "/metrics", tag = "health", security(()),
    responses(
        (status = 200, description = "All measures", body = String, content_type = "text/plain", example = json!("stock_tracker_database_up 1\n")),
        (status = 401, description = "Not the token (`authentication_error`)", body = ApiError),
        (status = 404, description = "No token is set (`not_found`)", body = ApiError),
    )
)]
pub async fn metrics(
    State(services): State<Services>,
    State(doors): State<Arc<Doors>>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let open = doors.metrics.with_token().ok_or_else(|| ApiError::not_found("page"))?;
    answer(open, &services, &headers).await
}

/// The page, for who has the token.
pub(super) async fn answer(
    open: &Open,
    services: &Services,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    if !open.admits(bearer(headers)) {
        return Err(ApiError::unauthenticated().into());
    }
    let page = open.page(services).await;
    Ok(([(header::CONTENT_TYPE, FORMAT), (header::CACHE_CONTROL, "no-store")], page)
        .into_response())
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// The same on an address of its own.
pub(super) async fn on_own_address(
    State((metrics, services)): State<(Metrics, Services)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let open = metrics.0.as_deref().ok_or_else(|| ApiError::not_found("page"))?;
    answer(open, &services, &headers).await
}

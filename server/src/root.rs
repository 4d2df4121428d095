//! `/`: the product's name to programs, its front page to people.

use crate::{pages, state::AppState};
use axum::{
    Json,
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use http::{HeaderValue, header};
use serde::Serialize;

/// What a program learns.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Root {
    /// `Stock Tracker API`.
    #[schema(example = "Stock Tracker API")]
    name: &'static str,
    /// The program's version.
    #[schema(example = "0.1.0")]
    version: &'static str,
    /// `running`.
    #[schema(example = "running")]
    status: &'static str,
    /// Where the documentation is.
    #[schema(example = "/docs")]
    docs: &'static str,
}

/// Name, version and where to read on.
///
/// A browser (`Accept: text/html`) gets the dashboard.
#[utoipa::path(get, path = "/", tag = "health", security(()), responses((status = 200, description = "Name and version", body = Root)))]
pub async fn root(State(state): State<AppState>, request: Request) -> Response {
    let mut response = if pages::wants_html(request.headers()) {
        pages::render(state, request).await
    } else {
        let version = env!("CARGO_PKG_VERSION");
        let name = "Stock Tracker API";
        Json(Root { name, version, status: "running", docs: "/docs" }).into_response()
    };
    response.headers_mut().append(header::VARY, HeaderValue::from_static("accept"));
    response
}

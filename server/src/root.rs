//! `/`: the product's name to programs, its front page to people.

use crate::{pages, state::AppState};
use axum::{
    Json,
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use http::{HeaderValue, Uri, header};
use serde::Serialize;
use services::access;

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
        pages::render(state.clone(), front(&state, request)).await
    } else {
        let version = env!("CARGO_PKG_VERSION");
        let name = "Stock Tracker API";
        Json(Root { name, version, status: "running", docs: "/docs" }).into_response()
    };
    response.headers_mut().append(header::VARY, HeaderValue::from_static("accept"));
    response
}

/// The morning page for whoever comes with a sign-in, the welcome for everybody else: at one address, so that both are
/// the first page.
fn front(state: &AppState, mut request: Request) -> Request {
    if !access::has_cookie(&state.services, request.headers()) {
        *request.uri_mut() = Uri::from_static("/welcome");
    }
    request
}

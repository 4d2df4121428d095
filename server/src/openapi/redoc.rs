//! `/redoc`: the same document for reading. The script is inside the binary, so it works offline.

use crate::{openapi::docs::policy, state::AppState};
use axum::{Router, response::Html, routing::get};
use http::header;

/// Redoc 2.5.1 as its authors built it (npm `redoc`, `bundles/redoc.standalone.js`).
const SCRIPT: &str = include_str!("../../assets/redoc/redoc.standalone.js");

const PAGE: &str = r#"<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Stock Tracker API</title>
</head>
<body style="margin:0">
<redoc spec-url="/openapi.json"></redoc>
<script src="/redoc/redoc.standalone.js"></script>
</body>
</html>
"#;

/// The routes.
pub fn routes() -> Router<AppState> {
    let kept = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=3600"),
    ];
    Router::new()
        .route("/redoc", get(async || Html(PAGE)))
        .route("/redoc/redoc.standalone.js", get(async move || (kept, SCRIPT)))
        .layer(axum::middleware::map_response(policy))
}

//! `/redoc`: the same document for reading. The script is inside the binary, so it works offline.

use crate::{openapi::docs::policy, state::AppState};
use axum::{Router, response::Html, routing::get};
use http::header;
use std::sync::LazyLock;

/// Redoc 2.5.1 as its authors built it (npm `redoc`, `bundles/redoc.standalone.js`).
const SCRIPT: &str = include_str!("../../assets/redoc/redoc.standalone.js");

/// The one thing that it would ask another machine for, its authors' logo, and an empty picture in its place.
const LOGO: &str = "https://cdn.redoc.ly/redoc/logo-mini.svg";
const NO_LOGO: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E";

fn script() -> &'static str {
    static LOCAL: LazyLock<String> = LazyLock::new(|| SCRIPT.replace(LOGO, NO_LOGO));
    &LOCAL
}

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
        .route("/redoc/redoc.standalone.js", get(async move || (kept, script())))
        .layer(axum::middleware::map_response(policy))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_asked_of_another_machine() {
        assert_eq!(SCRIPT.matches(LOGO).count(), 1, "another version: look for what it loads");
        assert!(!script().contains("://cdn"));
        // It stands between double quotes there.
        assert!(!NO_LOGO.contains('"'));
    }
}

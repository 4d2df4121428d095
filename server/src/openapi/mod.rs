//! The OpenAPI document, collected from the routes, and the two pages that show it. Never from a network.

mod describe;
pub mod docs;
mod examples;
mod finish;
mod problems;
pub mod redoc;
pub mod refusals;

use crate::router;
use serde_json::Value;
use std::sync::OnceLock;
use utoipa::openapi::OpenApi;

pub use describe::base;

/// The document as the routes describe it.
pub fn document() -> OpenApi {
    static DOCUMENT: OnceLock<OpenApi> = OnceLock::new();
    DOCUMENT.get_or_init(|| router::api().into_openapi()).clone()
}

/// The document as it is shown: with what every operation has in common.
pub fn shown() -> &'static Value {
    static SHOWN: OnceLock<Value> = OnceLock::new();
    SHOWN.get_or_init(|| finish::finish(serde_json::to_value(document()).unwrap_or_default()))
}

/// The document as the snapshot keeps it.
pub fn text() -> serde_json::Result<String> {
    serde_json::to_string_pretty(shown()).map(|text| text + "\n")
}

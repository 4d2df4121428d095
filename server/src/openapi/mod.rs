//! The OpenAPI document, collected from the routes, and the two pages that show it. Never from a network.

mod describe;
pub mod docs;
pub mod redoc;
pub mod refusals;

use crate::router;
use std::sync::OnceLock;
use utoipa::openapi::OpenApi;

pub use describe::base;

/// The document.
pub fn document() -> OpenApi {
    static DOCUMENT: OnceLock<OpenApi> = OnceLock::new();
    DOCUMENT.get_or_init(|| router::api().into_openapi()).clone()
}

/// The document as the snapshot keeps it.
pub fn text() -> serde_json::Result<String> {
    document().to_pretty_json().map(|text| text + "\n")
}

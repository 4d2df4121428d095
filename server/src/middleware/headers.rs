//! The headers that keep a browser from doing harm, on every response, errors and files included.

use crate::state::Doors;
use axum::response::Response;
use http::{HeaderMap, HeaderName, HeaderValue, header};

/// What isn't a page needs nothing at all.
const POLICY: &str = "default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Swagger UI and Redoc style themselves from scripts; Redoc searches in a worker of its own making.
pub const DOCS_POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
     img-src 'self' data:; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; \
     form-action 'self'; frame-ancestors 'none'";

/// The policy of a page, whose inline scripts carry this nonce. Photos come from the marketplace's own
/// hosts.
pub fn page_policy(nonce: &str) -> String {
    format!(
        "default-src 'self'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; \
         style-src 'self' 'nonce-{nonce}'; style-src-attr 'unsafe-inline'; \
         img-src 'self' data: https://*.wbbasket.ru https://*.ozone.ru; object-src 'none'; base-uri 'none'; \
         form-action 'self'; frame-ancestors 'none'"
    )
}

/// Adds what the answer has not said itself.
pub fn add(doors: &Doors, response: &mut Response) {
    let headers = response.headers_mut();
    // Without a word about keeping it, an answer is a tenant's and is not kept.
    or_insert(headers, header::CACHE_CONTROL, "no-store");
    or_insert(headers, header::CONTENT_SECURITY_POLICY, POLICY);
    or_insert(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    or_insert(headers, header::REFERRER_POLICY, "same-origin");
    or_insert(headers, HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    or_insert(headers, HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    if doors.https {
        let a_year = "max-age=31536000";
        or_insert(headers, header::STRICT_TRANSPORT_SECURITY, a_year);
    }
}

fn or_insert(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.entry(name).or_insert(HeaderValue::from_static(value));
}

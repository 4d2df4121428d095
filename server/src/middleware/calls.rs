//! Counts the calls of each company. What programs call counts (the API, and the dashboard's functions with a bearer
//! token); a person's browser does not, and neither does a page.

use axum::response::Response;
use http::{HeaderMap, HeaderName, HeaderValue, header};
use services::{
    Services,
    access::{self, Seen},
    plans::{self, Allowance},
};

/// Counts a call, if it counts.
pub async fn count(
    services: &Services,
    path: &str,
    headers: &HeaderMap,
    seen: Option<&Seen>,
) -> Option<Allowance> {
    if !counts(path, headers) {
        return None;
    }
    // Who has no good token is refused by the operation itself, in its own words.
    let caller = access::caller_once(services, headers, seen).await.ok()?;
    plans::count_call(services, &caller)
}

/// Says how the measure stands, on refusals as well: after the bodies of errors were written.
pub fn tell(response: &mut Response) {
    if let Some(allowance) = response.extensions().get::<Allowance>().copied() {
        let headers = response.headers_mut();
        for (name, value) in [
            ("x-ratelimit-limit", allowance.limit),
            ("x-ratelimit-remaining", allowance.remaining),
            ("x-ratelimit-reset", allowance.reset_s),
        ] {
            headers.insert(HeaderName::from_static(name), HeaderValue::from(value));
        }
    }
}

fn counts(path: &str, headers: &HeaderMap) -> bool {
    path.starts_with("/api/v1/")
        || path.starts_with("/api/fn/") && headers.contains_key(header::AUTHORIZATION)
}

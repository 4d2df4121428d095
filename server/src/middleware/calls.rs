//! Counts the calls of each company. What programs call counts (the API, and the dashboard's functions with a bearer
//! token); a person's browser does not, and neither does a page.

use crate::problem::Problem;
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderName, HeaderValue, header};
use services::{
    Services,
    access::{self, Seen},
    plans,
};

/// Counts a call, and refuses one too many. Inside of what writes the bodies of errors.
pub async fn count(State(services): State<Services>, request: Request, next: Next) -> Response {
    if !counts(&request) {
        return next.run(request).await;
    }
    // Who has no good token is refused by the operation itself, in its own words.
    let seen = request.extensions().get::<Seen>();
    let Ok(caller) = access::caller_once(&services, request.headers(), seen).await else {
        return next.run(request).await;
    };
    let Some(allowance) = plans::count_call(&services, &caller) else {
        return next.run(request).await;
    };
    let mut response = match allowance.refusal() {
        Some(refusal) => Problem::from(refusal).into_response(),
        None => next.run(request).await,
    };
    response.extensions_mut().insert(allowance);
    response
}

/// Says how the measure stands, on refusals as well. Outside of what writes the bodies of errors.
pub async fn tell(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if let Some(allowance) = response.extensions().get::<plans::Allowance>().copied() {
        let headers = response.headers_mut();
        for (name, value) in [
            ("x-ratelimit-limit", allowance.limit),
            ("x-ratelimit-remaining", allowance.remaining),
            ("x-ratelimit-reset", allowance.reset_s),
        ] {
            headers.insert(HeaderName::from_static(name), HeaderValue::from(value));
        }
    }
    response
}

fn counts(request: &Request) -> bool {
    let path = request.uri().path();
    path.starts_with("/api/v1/")
        || path.starts_with("/api/fn/") && request.headers().contains_key(header::AUTHORIZATION)
}

//! One line a request: id, method, route, status, milliseconds, tenant. The route is its template and there is no
//! query, so that nothing a person typed comes into the log. A client that goes away before its answer has a line
//! as well, with the status that nginx made the custom for it.

use super::route::Route;
use crate::metrics::names;
use axum::{extract::Request, response::Response};
use http::Method;
use services::access::Seen;
use tokio::time::Instant;
use tracing::Instrument;

/// Nobody was there any more.
const CLIENT_WENT_AWAY: u16 = 499;

/// Counts it by the route's template: what no route answered is one, whatever its address was.
fn count(method: &Method, route: &str, status: u16, took: std::time::Duration) {
    let method = match method.as_str() {
        known @ ("GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS") => known,
        _ => "other",
    };
    let route = if route == "-" { "other" } else { route };
    let class = match status {
        CLIENT_WENT_AWAY => "gone",
        100..=199 => "1xx",
        200..=299 => "2xx",
        300..=399 => "3xx",
        400..=499 => "4xx",
        _ => "5xx",
    };
    let (method, route) = (method.to_owned(), route.to_owned());
    metrics::histogram!(names::HTTP_DURATION, "method" => method.clone(), "route" => route.clone())
        .record(took.as_secs_f64());
    metrics::counter!(names::HTTP_REQUESTS, "method" => method, "route" => route, "status" => class)
        .increment(1);
}

/// The line until it is written, which it is at the latest when the request's work is dropped.
pub struct Line {
    method: Method,
    begun: Instant,
    seen: Seen,
    is_written: bool,
}

impl Line {
    /// Begins it; from here on the request carries a note of whose it turns out to be.
    pub fn begin(request: &mut Request) -> Self {
        let seen = Seen::default();
        request.extensions_mut().insert(seen.clone());
        Self { method: request.method().clone(), begun: Instant::now(), seen, is_written: false }
    }

    /// Answers in a span of this id, and closes it with the line.
    pub async fn around(mut self, id: &str, answer: impl Future<Output = Response>) -> Response {
        let span = tracing::info_span!("request", id);
        async move {
            let response = answer.await;
            let route = response.extensions().get::<Route>().map_or("-", |route| route.0.as_str());
            self.write(route, response.status().as_u16());
            response
        }
        .instrument(span)
        .await
    }

    fn write(&mut self, route: &str, status: u16) {
        self.is_written = true;
        let method = self.method.as_str();
        let ms = (self.begun.elapsed().as_secs_f64() * 10_000.0).round() / 10.0;
        count(&self.method, route, status, self.begun.elapsed());
        let tenant = self.seen.tenant().map(tracing::field::display);
        if route.starts_with("/health") || route == "/metrics" {
            tracing::debug!(method, route, status, ms, tenant, "answered");
        } else {
            tracing::info!(method, route, status, ms, tenant, "answered");
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if !self.is_written {
            self.write("-", CLIENT_WENT_AWAY);
        }
    }
}

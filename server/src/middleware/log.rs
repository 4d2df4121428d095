//! One line a request: id, method, route, status, milliseconds, tenant. The route is its template and there is no
//! query, so that nothing a person typed comes into the log. A client that goes away before its answer has a line
//! as well, with the status that nginx made the custom for it.

use super::route::Route;
use axum::{extract::Request, response::Response};
use http::Method;
use services::access::Seen;
use tokio::time::Instant;
use tracing::Instrument;

/// Nobody was there any more.
const CLIENT_WENT_AWAY: u16 = 499;

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
        let tenant = self.seen.tenant().map(tracing::field::display);
        if route.starts_with("/health") {
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

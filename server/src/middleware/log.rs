//! One line a request: id, route, status, time, tenant. The route is its template and there is no
//! query, so that nothing a person typed comes into the log.

use super::route::Route;
use axum::{extract::Request, middleware::Next, response::Response};
use services::Client;
use tokio::time::Instant;
use tracing::{Instrument, field::Empty};

/// Opens a span around the request and closes it with the line.
pub async fn request(request: Request, next: Next) -> Response {
    let id = request.extensions().get::<Client>().map(|client| client.request_id.clone());
    // `tenant` is filled in where the caller becomes known.
    let span = tracing::info_span!("request", id, tenant = Empty);
    let method = request.method().clone();
    let begun = Instant::now();
    async move {
        let response = next.run(request).await;
        let route = response.extensions().get::<Route>().map_or("-", |route| route.0.as_str());
        let status = response.status().as_u16();
        let ms = begun.elapsed().as_secs_f64() * 1000.0;
        let ms = (ms * 10.0).round() / 10.0;
        if route.starts_with("/health") {
            tracing::debug!(%method, route, status, ms, "answered");
        } else {
            tracing::info!(%method, route, status, ms, "answered");
        }
        response
    }
    .instrument(span)
    .await
}

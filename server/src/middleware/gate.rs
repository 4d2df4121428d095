//! Nothing of a tenant is asked for before the database was verified: 503 until then.

use crate::{gate::Gate, problem::Problem};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::ApiError;

/// Lets through what needs no database, and everything once the gate is open.
pub async fn pass(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let needs_nothing = ["/health", "/metrics", "/docs", "/redoc", "/openapi.json", "/pkg/", "/fonts/"];
    if gate.is_open() || needs_nothing.iter().any(|prefix| path.starts_with(prefix)) {
        return next.run(request).await;
    }
    Problem::from(ApiError::unavailable()).into_response()
}

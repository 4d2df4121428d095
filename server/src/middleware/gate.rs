//! Nothing of a tenant is asked for before the database was verified: 503 until then.

use crate::gate::Gate;
use domain::ApiError;

/// Lets through what needs no database, and everything once the gate is open.
pub fn pass(gate: &Gate, path: &str) -> Result<(), ApiError> {
    let needs_nothing =
        ["/health", "/metrics", "/docs", "/redoc", "/openapi.json", "/pkg/", "/fonts/"];
    if gate.is_open() || needs_nothing.iter().any(|prefix| path.starts_with(prefix)) {
        return Ok(());
    }
    Err(ApiError::unavailable())
}

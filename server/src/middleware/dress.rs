//! Every refusal leaves as `application/problem+json` with the request's id, whoever refused: a
//! handler of ours, axum's router, a limit of tower's. Pages and files keep their own bodies.

use crate::problem::{self, Problem};
use axum::response::Response;
use http::{HeaderMap, header};

/// Writes the body of an error.
pub fn errors(mut response: Response, request_id: &str) -> Response {
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let error = match response.extensions_mut().remove::<Problem>() {
        Some(Problem(error)) => *error,
        None if is_finished(response.headers()) => return response,
        None => problem::of_status(status),
    };
    let mut dressed = problem::response(error, request_id);
    for name in [header::ALLOW, header::SET_COOKIE] {
        if let Some(value) = response.headers_mut().remove(&name) {
            dressed.headers_mut().insert(name, value);
        }
    }
    std::mem::swap(dressed.extensions_mut(), response.extensions_mut());
    dressed
}

/// A page for a person, or a server function's own error.
fn is_finished(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    kind.is_some_and(|kind| {
        kind.starts_with("text/html")
            || kind.starts_with("application/problem+json")
            || kind.starts_with("application/json")
    })
}

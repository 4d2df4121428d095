//! The one shape of Ozon's errors: a gRPC code, a text, no details.
//!
//! Only shapes; who gets which is decided in `gateway` and in the methods.

use crate::problem::json_answer;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use serde_json::json;

/// Why a call is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub status: StatusCode,
    /// gRPC's number, not HTTP's.
    pub code: i32,
    pub message: String,
    /// `Retry-After`, seconds.
    pub retry_after: Option<i64>,
}

impl Problem {
    fn new(status: StatusCode, code: i32, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), retry_after: None }
    }

    /// The body or one of its values is wrong.
    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, 3, message)
    }

    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, 5, message)
    }

    pub(crate) fn denied(message: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, 7, message)
    }

    pub(crate) fn exhausted(message: impl Into<String>, retry_after: Option<i64>) -> Self {
        Self { retry_after, ..Self::new(StatusCode::TOO_MANY_REQUESTS, 8, message) }
    }

    pub(crate) fn unimplemented(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, 12, message)
    }

    pub(crate) fn unauthenticated(message: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, 16, message)
    }

    /// An error of the gateway or of what is behind it.
    pub(crate) fn failed(status: StatusCode, message: impl Into<String>) -> Self {
        let code = if status == StatusCode::SERVICE_UNAVAILABLE { 14 } else { 13 };
        Self::new(status, code, message)
    }

    /// What a method that is off, or that never was, answers.
    pub(crate) fn not_allowed() -> Self {
        Self::not_found("method is not allowed")
    }

    pub(crate) fn with_status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    pub(crate) fn answer(&self) -> Response {
        let body = json!({"code": self.code, "message": self.message, "details": []});
        let mut response = json_answer(self.status, &body);
        if let Some(seconds) = self.retry_after {
            let name = HeaderName::from_static("retry-after");
            response.headers_mut().insert(name, HeaderValue::from(seconds));
        }
        response
    }
}

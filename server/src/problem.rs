//! An error on its way out: `application/problem+json`, whoever found it.
//!
//! A handler answers with a [`Problem`]; its body is written by `middleware::dress`, which knows the
//! request's id, and which also puts into words what axum and tower refuse by status alone.

use axum::response::{IntoResponse, Response};
use domain::{ApiError, ErrorCode};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};

/// What every handler may fail with.
#[derive(Clone, Debug)]
pub struct Problem(pub Box<ApiError>);

impl From<ApiError> for Problem {
    fn from(error: ApiError) -> Self {
        Self(Box::new(error))
    }
}

impl From<services::Error> for Problem {
    fn from(error: services::Error) -> Self {
        ApiError::from(error).into()
    }
}

impl IntoResponse for Problem {
    /// The body is still to be written.
    fn into_response(self) -> Response {
        let mut response = status(&self.0).into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// The whole answer.
pub fn response(mut error: ApiError, request_id: &str) -> Response {
    error.request_id.get_or_insert_with(|| request_id.to_owned());
    let mut response = (status(&error), axum::Json(&error)).into_response();
    add_headers(&error, response.headers_mut());
    response
}

/// The headers that go with an error.
fn add_headers(error: &ApiError, headers: &mut HeaderMap) {
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if error.status == 401 {
        headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    if let Some(seconds) = error.retry_after {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        if error.status == 429 {
            add_rate(seconds, headers);
        }
    }
}

/// What many clients read instead of `Retry-After`: none are left now, one will be then.
fn add_rate(seconds: u32, headers: &mut HeaderMap) {
    for (name, value) in
        [("x-ratelimit-limit", 1), ("x-ratelimit-remaining", 0), ("x-ratelimit-reset", seconds)]
    {
        headers.entry(HeaderName::from_static(name)).or_insert(HeaderValue::from(value));
    }
}

/// What a status without words means.
pub fn of_status(status: StatusCode) -> ApiError {
    let (code, detail) = match status {
        StatusCode::UNAUTHORIZED => return ApiError::unauthenticated(),
        StatusCode::FORBIDDEN => (ErrorCode::PermissionDenied, "This is not allowed."),
        StatusCode::NOT_FOUND => {
            (ErrorCode::NotFound, "There is nothing at this address. /docs lists what there is.")
        }
        StatusCode::METHOD_NOT_ALLOWED => {
            (ErrorCode::MethodNotAllowed, "Use one of the methods in the Allow header.")
        }
        StatusCode::NOT_ACCEPTABLE => {
            (ErrorCode::NotAcceptable, "There is no such representation.")
        }
        StatusCode::PAYLOAD_TOO_LARGE => (ErrorCode::PayloadTooLarge, "Send at most 1 MiB."),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => {
            (ErrorCode::UnsupportedMediaType, "Send the body as application/json.")
        }
        StatusCode::TOO_MANY_REQUESTS => {
            return ApiError::rate_limited("Too many requests. Try again later.", 1);
        }
        StatusCode::SERVICE_UNAVAILABLE => return ApiError::unavailable(),
        status if status.is_client_error() => {
            let error = ApiError::new(ErrorCode::ValidationError, "The request could not be read.");
            return ApiError { status: status.as_u16(), title: title(status), ..error };
        }
        _ => return ApiError::internal(),
    };
    ApiError::new(code, detail)
}

fn title(status: StatusCode) -> String {
    status.canonical_reason().unwrap_or("Error").to_owned()
}

fn status(error: &ApiError) -> StatusCode {
    StatusCode::from_u16(error.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

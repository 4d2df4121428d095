//! The shapes of errors: the gateway's, and each host's own.
//!
//! Only shapes; who gets which is decided in `gateway` and in the methods.

use crate::moscow::utc_text;
use crate::operation::{Host, Style};
use axum::body::Body;
use axum::http::{StatusCode, header::CONTENT_TYPE};
use axum::response::Response;
use serde_json::{Value, json};

/// An answer with a body.
pub(crate) fn answer(status: StatusCode, content_type: &str, body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    if let Ok(value) = content_type.parse() {
        response.headers_mut().insert(CONTENT_TYPE, value);
    }
    response
}

/// An answer of JSON.
pub(crate) fn json_answer(status: StatusCode, body: &Value) -> Response {
    answer(status, "application/json", body.to_string())
}

/// Where and when something went wrong.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub request_id: u128,
    /// Seconds since 1970.
    pub now: i64,
    pub host: &'static str,
}

/// The gateway's error.
pub(crate) fn gateway(status: StatusCode, detail: &str, code: &str, place: &Place) -> Response {
    let reason = status.canonical_reason().unwrap_or("");
    let body = json!({
        "title": reason.to_lowercase(),
        "detail": detail,
        "code": code,
        "requestId": format!("{:032x}", place.request_id),
        "origin": format!("ag-{}", place.host.split(['-', '.']).next().unwrap_or("")),
        "status": status.as_u16(),
        "statusText": reason,
        "timestamp": utc_text(place.now, 0),
    });
    answer(status, "application/problem+json", body.to_string())
}

/// A refusal in the form of the host that refuses.
pub(crate) fn refused(host: &Host, status: StatusCode, detail: &str, place: &Place) -> Response {
    let forbidden = status == StatusCode::FORBIDDEN;
    match host.style {
        Style::Marketplace => {
            let code = if forbidden { "AccessDenied" } else { "NotFound" };
            json_answer(status, &json!({"code": code, "message": detail}))
        }
        Style::Content if forbidden => content(status, "Access denied", &json!(detail)),
        _ => gateway(status, detail, detail, place),
    }
}

/// An error of Content and Prices.
pub(crate) fn content(status: StatusCode, text: &str, more: &Value) -> Response {
    let body = json!({"data": null, "error": true, "errorText": text, "additionalErrors": more});
    json_answer(status, &body)
}

/// An error of Marketplace.
pub(crate) fn marketplace(status: StatusCode, code: &str, message: &str) -> Response {
    json_answer(status, &json!({"code": code, "message": message, "data": null}))
}

/// An error of Analytics.
pub(crate) fn analytics(detail: &str, content_type: &str, place: &Place) -> Response {
    let body = json!({
        "title": "Invalid request body",
        "detail": detail,
        "requestId": uuid::Uuid::from_u128(place.request_id).to_string(),
        "origin": "analytics-open-api",
    });
    answer(StatusCode::BAD_REQUEST, content_type, body.to_string())
}

/// An error of Statistics: a list of texts, or one text.
pub(crate) fn statistics(errors: &Value) -> Response {
    json_answer(StatusCode::BAD_REQUEST, &json!({ "errors": errors }))
}

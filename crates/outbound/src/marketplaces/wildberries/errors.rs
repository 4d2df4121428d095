//! The marketplace's five shapes of error, all read as "code and words", and what each status means for a sync.

use super::{client::NAME, wire::clean};
use crate::marketplaces::{
    failure::{Failure, Reason},
    pace::Pace,
    reading::without,
};
use reqwest::{StatusCode, header::HeaderMap};
use serde_json::Value;
use std::time::Duration;

/// A warehouse's update takes minutes.
const BUSY: Duration = Duration::from_mins(2);

/// What an error's body says.
#[derive(Debug, Default, PartialEq, Eq)]
struct Said {
    text: String,
    request_id: Option<String>,
}

/// The failure behind an answer that is no success. `secrets` are taken out of its words.
pub(super) fn failure(
    operation: &'static str,
    status: StatusCode,
    headers: &HeaderMap,
    body: &[u8],
    usual_wait: Duration,
    secrets: &[&str],
) -> Failure {
    let mut said = read(body);
    for secret in secrets {
        said.text = without(&said.text, secret);
    }
    let pace = Pace::read(headers);
    let reason = reason(status, &said.text, pace.retry_after.unwrap_or(usual_wait));
    let header = headers.get("x-request-id").and_then(|id| id.to_str().ok());
    let request_id = said.request_id.or_else(|| header.map(clean));
    Failure::new(NAME, operation, reason, said.text).answered(status.as_u16(), request_id, pace)
}

/// Content's way to refuse with a status of 200: `{"error":true,"errorText":"Access denied"}`. Nothing: all is well.
pub(super) fn within(operation: &'static str, body: &[u8]) -> Option<Failure> {
    #[derive(serde::Deserialize)]
    struct Flag {
        error: Option<bool>,
    }
    let flag = serde_json::from_slice::<Flag>(body).ok()?;
    if flag.error != Some(true) {
        return None;
    }
    let said = read(body);
    let reason = if contains(&said.text, "access denied") {
        Reason::NotPermitted { base_token: false }
    } else {
        Reason::Unreachable
    };
    let failure = Failure::new(NAME, operation, reason, said.text);
    Some(failure.answered(200, said.request_id, Pace::default()))
}

fn reason(status: StatusCode, text: &str, retry_after: Duration) -> Reason {
    match status.as_u16() {
        401 => Reason::KeyRefused,
        402 => Reason::PaymentRequired,
        403 => Reason::NotPermitted { base_token: contains(text, "base token is not allowed") },
        404 if contains(text, "temporarily disabled") => Reason::Disabled,
        404 | 410 => Reason::NotFound,
        409 => Reason::Busy { retry_after: BUSY },
        429 => Reason::RateLimited { retry_after },
        // Redirects are not followed; early data, timeouts and their own errors pass.
        300..400 | 408 | 425 | 500.. => Reason::Unreachable,
        400..500 => Reason::OurFault,
        _ => Reason::UnexpectedShape,
    }
}

fn read(body: &[u8]) -> Said {
    let Ok(Value::Object(fields)) = serde_json::from_slice::<Value>(body) else {
        // `Request body can not be decoded`, or a page of some proxy.
        let words = String::from_utf8_lossy(body.get(..1000).unwrap_or(body)).into_owned();
        let text = if words.trim_start().starts_with('<') { String::new() } else { clean(&words) };
        return Said { text, request_id: None };
    };
    let text_of = |name: &str| match fields.get(name) {
        Some(Value::String(text)) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Some(Value::Array(texts)) => {
            let texts: Vec<&str> = texts.iter().filter_map(Value::as_str).collect();
            Some(texts.join("; ")).filter(|text| !text.is_empty())
        }
        _ => None,
    };
    // Gateway and Analytics: title, detail. Content and Prices: errorText. Marketplace: code, message. Statistics: errors.
    let names = ["title", "detail", "errorText", "message", "errors"];
    let mut parts: Vec<String> = names.into_iter().filter_map(text_of).collect();
    if parts.is_empty() {
        parts.extend(text_of("code"));
    }
    Said { text: clean(&parts.join(": ")), request_id: text_of("requestId").map(|id| clean(&id)) }
}

fn contains(text: &str, part: &str) -> bool {
    text.to_lowercase().contains(part)
}

#[cfg(test)]
#[path = "errors_tests.rs"]
mod tests;

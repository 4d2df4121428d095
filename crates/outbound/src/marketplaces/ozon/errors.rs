//! Ozon's one shape of error: a gRPC code and words. The HTTP status is not always of the same mind, so the words that
//! are known decide first.

use super::{
    client::NAME,
    methods::{Method, rule},
};
use crate::marketplaces::{
    failure::{Failure, Reason},
    pace::Pace,
    reading::{clean, without},
};
use domain::Secret;
use reqwest::{StatusCode, header::HeaderMap};
use serde::Deserialize;
use std::time::Duration;

/// Their circuit breaker is back after minutes.
const BROKEN_CIRCUIT: Duration = Duration::from_mins(5);

#[derive(Debug, Default, Deserialize)]
struct Said {
    code: Option<i64>,
    message: Option<String>,
}

/// The failure behind an answer that is no success. `secrets` are taken out of its words.
pub(super) fn failure(
    method: Method,
    status: StatusCode,
    headers: &HeaderMap,
    body: &[u8],
    secrets: &[&Secret],
) -> Failure {
    let said: Option<Said> = serde_json::from_slice(body).ok();
    let words = said.as_ref().and_then(|said| said.message.clone()).unwrap_or_else(|| {
        // A page of some proxy says nothing.
        let words = String::from_utf8_lossy(body.get(..1000).unwrap_or(body)).into_owned();
        if words.trim_start().starts_with(['<', '{']) { String::new() } else { words }
    });
    let text = secrets.iter().fold(clean(&words), |text, secret| without(&text, secret.expose()));
    let pace = Pace::of_retry_after(headers);
    let code = said.as_ref().and_then(|said| said.code);
    let retry_after = pace.retry_after.unwrap_or(rule(method).interval);
    let reason = reason(status.as_u16(), code, &text.to_lowercase(), retry_after);
    let trace = headers.get("x-o3-trace-id").and_then(|id| id.to_str().ok()).map(clean);
    Failure::new(NAME, method.path(), reason, text).answered(status.as_u16(), trace, pace)
}

fn reason(status: u16, code: Option<i64>, text: &str, retry_after: Duration) -> Reason {
    let says = |part: &str| text.contains(part);
    if says("circle is open") || says("circuit") {
        return Reason::Busy { retry_after: retry_after.max(BROKEN_CIRCUIT) };
    }
    if says("missing a required role") || says("offer not signed") {
        return Reason::NotPermitted { base_token: false };
    }
    let key_words = ["invalid api-key", "api-key is deactivated", "restricted to specific ip"];
    if key_words.iter().any(|words| says(words)) {
        return Reason::KeyRefused;
    }
    match (status, code) {
        (429, _) | (_, Some(8)) => Reason::RateLimited { retry_after },
        (401, _) | (_, Some(16)) => Reason::KeyRefused,
        (403, _) | (_, Some(7)) => Reason::NotPermitted { base_token: false },
        // A version that was removed, not a thing that is not there.
        (404 | 405 | 410, _) if says("not allowed") || code.is_none() => Reason::Disabled,
        (_, Some(12)) => Reason::Disabled,
        (404 | 410, _) | (_, Some(5)) => Reason::NotFound,
        (300..400 | 408 | 425 | 500.., _) | (_, Some(1 | 2 | 4 | 10 | 13 | 14)) => {
            Reason::Unreachable
        }
        (409, _) => Reason::Busy { retry_after },
        (400..500, _) => Reason::OurFault,
        _ => Reason::UnexpectedShape,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(status: u16, body: &str) -> Failure {
        let headers = HeaderMap::from_iter([
            ("x-o3-trace-id".parse().unwrap(), "5f2c".parse().unwrap()),
            ("retry-after".parse().unwrap(), "7".parse().unwrap()),
        ]);
        let key = Secret::new("550e8400-e29b-41d4-a716-446655440000");
        let status = StatusCode::from_u16(status).unwrap();
        failure(Method::ProductList, status, &headers, body.as_bytes(), &[&key])
    }

    // Texts of the documentation of 2026-06-11.
    #[test]
    fn each_refusal_is_what_it_means() {
        let denied = Reason::NotPermitted { base_token: false };
        let limited = Reason::RateLimited { retry_after: Duration::from_secs(7) };
        let cases = [
            (400, 16, "Invalid Api-Key, please check the key and try again", Reason::KeyRefused),
            (404, 5, "Invalid Api-Key, please check the key and try again", Reason::KeyRefused),
            (403, 7, "Api-key is deactivated, use another one", Reason::KeyRefused),
            (403, 7, "Api-Key is restricted to specific IP addresses", Reason::KeyRefused),
            (401, 16, "Client-Id and Api-Key headers are required", Reason::KeyRefused),
            (403, 7, "Api-Key is missing a required role for a method", denied),
            (403, 7, "Offer not signed", denied),
            (429, 8, "You have reached request rate limit per second", limited),
            (400, 8, "You have reached request rate limit per second", limited),
            (400, 3, "proto: syntax error (line 1:16): unexpected token [", Reason::OurFault),
            (400, 3, "PERIOD_IS_TOO_LONG", Reason::OurFault),
            (404, 5, "product not found", Reason::NotFound),
            (404, 12, "method is not allowed", Reason::Disabled),
            (500, 13, "internal", Reason::Unreachable),
            (503, 14, "Circle is open", Reason::Busy { retry_after: BROKEN_CIRCUIT }),
        ];
        for (status, code, text, reason) in cases {
            let body = format!(r#"{{"code":{code},"message":"{text}","details":[]}}"#);
            let found = read(status, &body);
            assert_eq!((found.reason(), found.text()), (reason, text), "{status} {code}");
            assert_eq!(found.request_id(), Some("5f2c"));
        }
    }

    #[test]
    fn what_is_no_error_of_theirs_is_read_by_its_status() {
        assert_eq!(read(502, "<html>").reason(), Reason::Unreachable);
        assert_eq!(read(302, "").reason(), Reason::Unreachable);
        assert_eq!(read(404, "<html>404 page not found").reason(), Reason::Disabled);
        assert_eq!(read(400, "?").reason(), Reason::OurFault);
    }

    #[test]
    fn a_key_that_is_repeated_is_taken_out() {
        let body = r#"{"code":3,"message":"bad 550e8400-e29b-41d4-a716-446655440000"}"#;
        assert_eq!(read(400, body).text(), "bad [redacted]");
    }
}

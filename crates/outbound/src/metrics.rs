//! What is counted of requests to marketplaces. Labels are our own tables' words: a host, a group of methods, a status.

use reqwest::StatusCode;
use std::time::Duration;

/// Requests, by host, group and status.
pub const REQUESTS: &str = "stock_tracker_marketplace_requests_total";
/// Time until the head of an answer, by host and group.
pub const DURATION: &str = "stock_tracker_marketplace_request_duration_seconds";

/// Where a request goes, in words of our own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    /// The production host, whichever front leads there.
    pub host: &'static str,
    /// The methods that share a limit.
    pub group: &'static str,
}

/// Counts a request that was answered, or was not.
pub(crate) fn asked(target: Target, status: Option<StatusCode>, took: Duration) {
    let Target { host, group } = target;
    metrics::counter!(REQUESTS, "host" => host, "group" => group, "status" => word(status))
        .increment(1);
    metrics::histogram!(DURATION, "host" => host, "group" => group).record(took.as_secs_f64());
}

/// Those that tell something apart; the others by their class.
fn word(status: Option<StatusCode>) -> &'static str {
    match status.map(|status| status.as_u16()) {
        None => "none",
        Some(200..=299) => "2xx",
        Some(401) => "401",
        Some(403) => "403",
        Some(404) => "404",
        Some(429) => "429",
        Some(400..=499) => "4xx",
        Some(500..=599) => "5xx",
        Some(_) => "other",
    }
}

//! Whether the marketplace answers at all: without a key, for the operator's check of an installation.

use super::{client::NAME, hosts};
use crate::{
    guard::{Call, Front, Http, Method},
    marketplaces::failure::{Failure, Reason},
    metrics::Target,
};
use chrono::{DateTime, Utc};
use reqwest::header::DATE;
use std::time::Duration;

/// A person waits.
const WITHIN: Duration = Duration::from_secs(4);

/// The time on the marketplace's clock, to the second, when it tells. Any answer is one: 401 is what a call without
/// a key gets.
pub async fn probe(http: &Http, front: &Front) -> Result<Option<DateTime<Utc>>, Failure> {
    let operation = hosts::ping(hosts::COMMON);
    let failed = |reason, detail: String| Failure::new(NAME, operation.name, reason, detail);
    let address = front.address(operation.host, "/ping", &[]).ok_or_else(|| {
        failed(Reason::NotPermitted { base_token: false }, "this world has no such host".into())
    })?;
    let call = Call {
        target: Target { host: operation.host.production, group: operation.group.as_str() },
        method: Method::Get,
        address,
        headers: Vec::new(),
        body: None,
        within: Some(WITHIN),
        cap: 1 << 16,
    };
    let answer = http
        .answer(call)
        .await
        .map_err(|trouble| failed(Reason::Unreachable, trouble.to_string()))?;
    let date = answer.headers.get(DATE).and_then(|date| date.to_str().ok());
    Ok(date.and_then(|date| DateTime::parse_from_rfc2822(date).ok()).map(Into::into))
}

//! What a marketplace says about its limits beside an answer. Never waits.

use reqwest::header::HeaderMap;
use std::time::Duration;

/// The limit of the method group as the last answer told it; `None` where it did not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    /// Requests left at once (`X-Ratelimit-Remaining`; not on a 429).
    pub remaining: Option<u32>,
    /// How long until the next try is allowed (`X-Ratelimit-Retry`; only on a 429). An earlier one is refused.
    pub retry_after: Option<Duration>,
    /// How long until the whole burst is free again (`X-Ratelimit-Reset`; only on a 429).
    pub reset_after: Option<Duration>,
    /// The burst (`X-Ratelimit-Limit`; only on a 429).
    pub limit: Option<u32>,
}

/// A published limit: a bucket that fills again one request an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The steady pause between two requests.
    pub interval: Duration,
    /// How many may go at once after a rest.
    pub burst: u32,
    /// Whether this kind of token may use the methods at all.
    pub available: bool,
    /// How many requests one refused request (4XX) counts as.
    pub refusal_costs: u32,
}

/// A value with the pace of the answer it came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paced<T> {
    /// What was asked for.
    pub value: T,
    /// The limits as told.
    pub pace: Pace,
}

impl<T> Paced<T> {
    /// The same pace with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Paced<U> {
        Paced { value: change(self.value), pace: self.pace }
    }
}

impl Pace {
    /// Reads the one header that Ozon may send (`Retry-After`, in seconds).
    pub(crate) fn of_retry_after(headers: &HeaderMap) -> Self {
        let wait = headers.get(reqwest::header::RETRY_AFTER).and_then(|wait| wait.to_str().ok());
        let retry_after = wait.and_then(seconds_up).map(Duration::from_secs);
        Self { retry_after, ..Self::default() }
    }

    /// Reads Wildberries' headers; what can't be read is not there.
    pub(crate) fn read(headers: &HeaderMap) -> Self {
        let whole = |name: &str| seconds_up(headers.get(name)?.to_str().ok()?);
        let count = |name| whole(name).and_then(|n| u32::try_from(n).ok());
        Self {
            remaining: count("x-ratelimit-remaining"),
            retry_after: whole("x-ratelimit-retry").map(Duration::from_secs),
            reset_after: whole("x-ratelimit-reset").map(Duration::from_secs),
            limit: count("x-ratelimit-limit"),
        }
    }
}

/// A number of seconds, a broken one rounded up: coming early costs another refusal.
fn seconds_up(text: &str) -> Option<u64> {
    let (whole, broken) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let more = broken.bytes().any(|digit| digit != b'0');
    whole.parse::<u64>().ok()?.checked_add(u64::from(more))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_read_whatever_their_case() {
        let headers = HeaderMap::from_iter([
            ("X-Ratelimit-Retry".parse().unwrap(), "37".parse().unwrap()),
            ("x-ratelimit-reset".parse().unwrap(), "59.2".parse().unwrap()),
            ("X-RateLimit-Limit".parse().unwrap(), "1".parse().unwrap()),
            ("X-Ratelimit-Remaining".parse().unwrap(), "many".parse().unwrap()),
        ]);
        let pace = Pace::read(&headers);
        assert_eq!(pace.retry_after, Some(Duration::from_secs(37)));
        assert_eq!(pace.reset_after, Some(Duration::from_mins(1)));
        assert_eq!((pace.limit, pace.remaining), (Some(1), None));
    }
}

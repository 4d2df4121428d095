//! Moscow's clock, in which Wildberries writes times without an offset: UTC+3, no summer time.
//!
//! Inside the simulator a moment is a number of seconds since 1970 (UTC); this turns it into text
//! and back. It never asks what time it is.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeDelta, Timelike, Utc};
use std::fmt::Write;

/// Seconds that Moscow is ahead of UTC.
pub(crate) const AHEAD: i64 = 3 * 3600;
/// Seconds in a day.
pub(crate) const DAY: i64 = 86_400;
/// How Wildberries writes "never".
pub(crate) const NEVER: &str = "0001-01-01T00:00:00";

/// The Moscow day that a moment falls into, counted from 1970-01-01.
pub(crate) fn day_of(moment: i64) -> i64 {
    (moment + AHEAD).div_euclid(DAY)
}

/// The moment at which a Moscow day begins.
pub(crate) fn start_of(day: i64) -> i64 {
    day * DAY - AHEAD
}

/// The moment as chrono knows it; outside of chrono's years: 1970.
pub(crate) fn utc(moment: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(moment, 0).unwrap_or(DateTime::UNIX_EPOCH)
}

/// `2026-08-18T18:08:31`, Moscow.
pub(crate) fn text(moment: i64) -> String {
    let local = utc(moment + AHEAD).naive_utc();
    let mut out = String::with_capacity(19);
    let _ = write!(
        out,
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}",
        local.year(),
        local.month(),
        local.day(),
        local.hour(),
        local.minute(),
        local.second()
    );
    out
}

/// `2026-08-19T11:17:00.96577Z`: UTC, the fraction without trailing zeros.
pub(crate) fn utc_text(moment: i64, micros: u32) -> String {
    let at = utc(moment).naive_utc();
    let mut fraction = format!(".{:06}", micros % 1_000_000);
    while fraction.ends_with('0') {
        fraction.pop();
    }
    let fraction = if fraction == "." { "" } else { &fraction };
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{fraction}Z",
        at.year(),
        at.month(),
        at.day(),
        at.hour(),
        at.minute(),
        at.second()
    )
}

/// Reads `2019-06-20`, `2019-06-20T23:59:59`, `2019-06-20T00:00:00.12345` as Moscow, or the same
/// with an offset as what it says. A fraction is cut.
pub(crate) fn parse(text: &str) -> Option<i64> {
    if let Ok(at) = text.parse::<DateTime<Utc>>() {
        return Some(at.timestamp());
    }
    let local = match text.parse::<NaiveDateTime>() {
        Ok(local) => local,
        Err(_) => text.parse::<NaiveDate>().ok()?.and_hms_opt(0, 0, 0)?,
    };
    local.checked_sub_signed(TimeDelta::seconds(AHEAD)).map(|at| at.and_utc().timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_moscow_time_without_offset() {
        let at = "2026-08-18T15:08:31Z".parse::<DateTime<Utc>>().unwrap().timestamp();
        assert_eq!(text(at), "2026-08-18T18:08:31");
        assert_eq!(parse("2026-08-18T18:08:31"), Some(at));
        assert_eq!(parse("2026-08-18T18:08:31+03:00"), Some(at));
        assert_eq!(parse("2026-08-18T18:08:31.12345"), Some(at));
        assert_eq!(parse("2026-08-18"), Some(start_of(day_of(at))));
        assert_eq!(parse("yesterday"), None);
        assert_eq!(utc_text(at, 965_770), "2026-08-18T15:08:31.96577Z");
        assert_eq!(utc_text(at, 0), "2026-08-18T15:08:31Z");
    }

    #[test]
    fn a_moscow_day_begins_at_nine_in_the_evening() {
        let at = "2026-08-17T21:00:00Z".parse::<DateTime<Utc>>().unwrap().timestamp();
        assert_eq!(start_of(day_of(at)), at);
        assert_eq!(day_of(at - 1), day_of(at) - 1);
    }
}

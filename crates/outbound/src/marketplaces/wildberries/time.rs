//! Moments as Wildberries writes them: Moscow time (UTC+3, no summer time) unless an offset stands behind.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use serde::{Deserialize, Deserializer, de};
use std::fmt;

const MOSCOW: TimeDelta = TimeDelta::hours(3);

/// A moment; `0001-01-01T00:00:00`, an empty text and `null` are `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Moment(pub Option<DateTime<Utc>>);

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Visitor)
    }
}

struct Visitor;

impl de::Visitor<'_> for Visitor {
    type Value = Moment;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date and time")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Moment, E> {
        parse(text).ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self))
    }

    fn visit_unit<E: de::Error>(self) -> Result<Moment, E> {
        Ok(Moment(None))
    }
}

/// Reads a moment; the outer `None`: it is none.
fn parse(text: &str) -> Option<Moment> {
    if text.is_empty() {
        return Some(Moment(None));
    }
    let naive = match text.parse::<NaiveDateTime>() {
        Ok(naive) => naive,
        Err(_) => match DateTime::parse_from_rfc3339(text) {
            // The year 1 with an offset is as empty as without.
            Ok(moment) if moment.year() <= 1 => return Some(Moment(None)),
            Ok(moment) => return Some(Moment(Some(moment.to_utc()))),
            Err(_) => text.parse::<NaiveDate>().ok()?.and_time(NaiveTime::MIN),
        },
    };
    if naive.year() <= 1 {
        return Some(Moment(None));
    }
    Some(Moment(Some(naive.checked_sub_signed(MOSCOW)?.and_utc())))
}

/// A moment as a parameter of a request: Moscow time without an offset, with as much of a second as it has.
pub(super) fn moscow_text(moment: DateTime<Utc>) -> String {
    let moscow = moment.naive_utc().checked_add_signed(MOSCOW).unwrap_or(moment.naive_utc());
    // `Debug` of chrono is ISO 8601 with a T and 0, 3, 6 or 9 digits after the second.
    format!("{moscow:?}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn without_an_offset_it_is_moscow() {
        let cases = [
            ("2026-08-18T18:08:31", "2026-08-18T15:08:31Z"),
            ("2026-08-18T01:00:00.25", "2026-08-17T22:00:00.250Z"),
            ("2026-08-18", "2026-08-17T21:00:00Z"),
            ("2026-08-18T18:08:31+03:00", "2026-08-18T15:08:31Z"),
            ("2026-08-19T11:17:00.96577Z", "2026-08-19T11:17:00.965770Z"),
        ];
        for (text, expected) in cases {
            assert_eq!(parse(text), Some(Moment(Some(expected.parse().unwrap()))), "{text}");
        }
    }

    #[test]
    fn the_year_one_is_no_moment() {
        for text in ["0001-01-01T00:00:00", "0001-01-01T00:00:00Z", "0001-01-01", ""] {
            assert_eq!(parse(text), Some(Moment(None)), "{text}");
        }
        assert_eq!(serde_json::from_str::<Moment>("null").unwrap(), Moment(None));
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["yesterday", "2026-13-01T00:00:00", "18.08.2026"] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert!(serde_json::from_str::<Moment>("7").is_err());
    }

    proptest! {
        #[test]
        fn what_is_sent_is_read_back(seconds in 1_500_000_000_i64..2_000_000_000, micros in 0_u32..1_000_000) {
            let moment = DateTime::from_timestamp(seconds, micros * 1000).unwrap();
            let text = moscow_text(moment);
            prop_assert!(!text.contains(['+', 'Z', ' ']), "{}", text);
            prop_assert_eq!(parse(&text), Some(Moment(Some(moment))));
        }
    }
}

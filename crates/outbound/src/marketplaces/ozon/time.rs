//! Moments as Ozon writes them: RFC 3339 in UTC.

use chrono::{DateTime, Datelike, SecondsFormat, Utc};
use serde::{Deserialize, Deserializer, de::Error as _};

/// A moment; an empty text, the year 1 and `null` are `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Moment(pub Option<DateTime<Utc>>);

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Some(text) = Option::<String>::deserialize(deserializer)? else {
            return Ok(Self(None));
        };
        if text.trim().is_empty() {
            return Ok(Self(None));
        }
        let moment: DateTime<Utc> =
            text.trim().parse().map_err(|_| D::Error::custom("no moment of time"))?;
        Ok(Self(Some(moment).filter(|moment| moment.year() > 1)))
    }
}

/// A moment as a filter wants it, to the second.
pub(super) fn text(moment: DateTime<Utc>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::Secs, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_utc_and_may_be_missing() {
        let read = |json: &str| serde_json::from_str::<Moment>(json).map(|moment| moment.0);
        let at = |text: &str| Some(text.parse::<DateTime<Utc>>().unwrap());
        assert_eq!(
            read("\"2026-05-10T23:59:51.653736Z\"").unwrap(),
            at("2026-05-10T23:59:51.653736Z")
        );
        assert_eq!(read("\"2026-05-11T02:59:51+03:00\"").unwrap(), at("2026-05-10T23:59:51Z"));
        for nothing in ["null", "\"\"", "\"0001-01-01T00:00:00Z\""] {
            assert_eq!(read(nothing).unwrap(), None, "{nothing}");
        }
        assert!(read("\"yesterday\"").is_err());
        assert_eq!(text(at("2026-08-18T00:00:00.9Z").unwrap()), "2026-08-18T00:00:00Z");
    }
}

//! How Ozon reads a body: JSON through protobuf, strict about names, lenient about 64-bit numbers,
//! which come as numbers or as text.

use super::problem::Problem;
use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

/// Reads a body; nothing at all is `{}`.
pub(crate) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    let body = if body.iter().all(u8::is_ascii_whitespace) { b"{}" } else { body };
    if body.trim_ascii_start().first() != Some(&b'{') {
        return Err(Problem::invalid("proto: syntax error (line 1:1): unexpected token"));
    }
    serde_json::from_slice(body).map_err(|problem| Problem::invalid(parse_failure(&problem)))
}

/// As protobuf's reader words it.
fn parse_failure(problem: &serde_json::Error) -> String {
    let (line, column) = (problem.line(), problem.column());
    let text = problem.to_string();
    if let Some(name) = text.strip_prefix("unknown field `").and_then(|rest| rest.split('`').next())
    {
        return format!("proto: (line {line}:{column}): unknown field \"{name}\"");
    }
    match text.split(" at line ").next() {
        Some(reason) if text.starts_with("missing field") => format!("validation error: {reason}"),
        _ => format!("proto: syntax error (line {line}:{column}): unexpected token"),
    }
}

/// A 64-bit number, written as a number or as text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Int(pub i64);

impl<'de> Deserialize<'de> for Int {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Number(i64),
            Text(String),
        }
        match Written::deserialize(from)? {
            Written::Number(number) => Ok(Self(number)),
            Written::Text(text) => text.parse().map(Self).map_err(serde::de::Error::custom),
        }
    }
}

/// A period; a moment that is left out doesn't limit.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Period {
    #[serde(alias = "time_from")]
    pub from: Option<DateTime<Utc>>,
    #[serde(alias = "time_to")]
    pub to: Option<DateTime<Utc>>,
}

impl Period {
    /// Whole seconds, both included.
    pub(crate) fn seconds(self) -> (i64, i64) {
        let from = self.from.map_or(i64::MIN / 4, ceil);
        (from, self.to.map_or(i64::MAX / 4, |to| to.timestamp()))
    }
}

/// The first whole second that is not before a moment.
pub(crate) fn ceil(at: DateTime<Utc>) -> i64 {
    at.timestamp() + i64::from(at.timestamp_subsec_nanos() > 0)
}

/// A page's size within its bounds.
pub(crate) fn limit(wanted: Option<i64>, most: i64) -> Result<usize, Problem> {
    let wanted = wanted.unwrap_or(0);
    if !(1..=most).contains(&wanted) {
        return Err(Problem::invalid(format!(
            "invalid Request.Limit: value must be inside range [1, {most}]"
        )));
    }
    usize::try_from(wanted).map_err(|_| Problem::invalid("invalid Request.Limit"))
}

/// Not more than so many.
pub(crate) fn at_most<T>(name: &str, values: &[T], most: usize) -> Result<(), Problem> {
    if values.len() > most {
        return Err(Problem::invalid(format!(
            "invalid Request.{name}: value must contain no more than {most} item(s)"
        )));
    }
    Ok(())
}

/// Numbers as a text that says nothing.
pub(crate) fn cursor<const N: usize>(numbers: [i64; N]) -> String {
    STANDARD.encode(format!("{numbers:?}").replace(' ', ""))
}

/// The numbers of a cursor; `None` of an empty one.
pub(crate) fn read_cursor<const N: usize>(text: &str) -> Result<Option<[i64; N]>, Problem> {
    if text.is_empty() {
        return Ok(None);
    }
    let wrong = || Problem::invalid("invalid cursor");
    let bytes = STANDARD.decode(text).map_err(|_| wrong())?;
    let numbers: Vec<i64> = serde_json::from_slice(&bytes).map_err(|_| wrong())?;
    numbers.try_into().map(Some).map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Wanted {
        #[serde(default)]
        sku: Vec<Int>,
    }

    #[test]
    fn numbers_may_be_texts_and_names_must_be_right() {
        let wanted: Wanted = read(br#"{"sku":["1480000007",8]}"#).unwrap();
        assert_eq!(wanted.sku, [Int(1_480_000_007), Int(8)]);
        assert!(read::<Wanted>(b"").unwrap().sku.is_empty());
        let problem = read::<Wanted>(br#"{"skus":[]}"#).unwrap_err();
        assert!(problem.message.contains("unknown field \"skus\""), "{}", problem.message);
        let problem = read::<Wanted>(br#"{"sku":"7"}"#).unwrap_err();
        assert!(problem.message.starts_with("proto: syntax error (line 1:"), "{problem:?}");
    }

    #[test]
    fn a_cursor_leads_back() {
        let text = cursor([1_003_123_456, -2]);
        assert_eq!(read_cursor(&text), Ok(Some([1_003_123_456, -2])));
        assert_eq!(read_cursor::<2>(""), Ok(None));
        assert!(read_cursor::<2>("x").is_err() && read_cursor::<3>(&text).is_err());
    }
}

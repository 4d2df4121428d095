//! Fields that the documentation types one way and the marketplace sometimes sends another way.

use serde::{Deserialize, Deserializer, de};
use std::fmt;

/// A whole number: as a number, as a number with `.0`, or as a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Int(pub i64);

impl<'de> Deserialize<'de> for Int {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(IntVisitor)
    }
}

struct IntVisitor;

impl de::Visitor<'_> for IntVisitor {
    type Value = Int;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number")
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Int, E> {
        Ok(Int(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Int, E> {
        i64::try_from(value)
            .map(Int)
            .map_err(|_| E::invalid_value(de::Unexpected::Unsigned(value), &self))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Int, E> {
        // Up to 2^53 every whole number has a float of its own.
        if value.fract() == 0.0 && value.abs() <= 9_007_199_254_740_992.0 {
            #[expect(clippy::cast_possible_truncation, reason = "whole and within 2^53")]
            return Ok(Int(value as i64));
        }
        Err(E::invalid_value(de::Unexpected::Float(value), &self))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Int, E> {
        text.trim().parse().map(Int).map_err(|_| E::invalid_value(de::Unexpected::Str(text), &self))
    }
}

/// A list; `null` is an empty one.
pub(super) fn list<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Ok(Option::<Vec<T>>::deserialize(deserializer)?.unwrap_or_default())
}

/// A text that says something: `null`, the empty one and white space are `None`.
pub(super) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(Option::<String>::deserialize(deserializer)?.and_then(said))
}

/// The text trimmed, if anything is left; allocates only when there is something to cut.
pub(super) fn said(text: String) -> Option<String> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        None
    } else if trimmed.len() == text.len() {
        Some(text)
    } else {
        Some(trimmed.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_in_all_their_clothes() {
        let read = |json: &str| serde_json::from_str::<Int>(json).map(|int| int.0);
        assert_eq!(read("4294967297").unwrap(), 4_294_967_297);
        assert_eq!(read("-999999").unwrap(), -999_999);
        assert_eq!(read("12.0").unwrap(), 12);
        assert_eq!(read("\"77\"").unwrap(), 77);
        for json in ["12.5", "18446744073709551615", "\"x\"", "null", "[]"] {
            assert!(read(json).is_err(), "{json}");
        }
    }
}

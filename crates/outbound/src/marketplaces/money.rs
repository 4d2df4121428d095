//! Decimal numbers from the text of a JSON number to whole parts: money to minor units, figures to thousandths.
//! Never through a float: 0.1 + 0.2 is 30 kopecks.

use serde::{Deserialize, Deserializer, de::Error as _};
use serde_json::value::RawValue;

/// Hundredths of the currency's unit; `null` and an empty text are `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Minor(pub Option<i64>);

impl<'de> Deserialize<'de> for Minor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        decimal(deserializer, 2, "no amount of money").map(Self)
    }
}

/// Thousandths of a figure (pieces a day, days); `null` and an empty text are `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Thousandths(pub Option<i64>);

impl<'de> Deserialize<'de> for Thousandths {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        decimal(deserializer, 3, "no number").map(Self)
    }
}

fn decimal<'de, D: Deserializer<'de>>(
    deserializer: D,
    places: i64,
    otherwise: &'static str,
) -> Result<Option<i64>, D::Error> {
    let raw = <&RawValue>::deserialize(deserializer)?.get();
    let text = raw.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(raw);
    if text == "null" || text.is_empty() {
        return Ok(None);
    }
    scaled(text, places).map(Some).ok_or_else(|| D::Error::custom(otherwise))
}

/// A decimal number in so many decimal places; what lies beyond them is rounded to the nearest, halves away from
/// zero. A comma is as good as a point. `None`: no number, or none that fits.
fn scaled(text: &str, places: i64) -> Option<i64> {
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text),
    };
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (unsigned, 0),
    };
    let (whole, broken) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, ""));
    if whole.is_empty() || !digits(whole) || !digits(broken) || !(-40..=20).contains(&exponent) {
        return None;
    }
    // The point stands after so many digits of whole + broken, counted in the last place.
    let point = i64::try_from(whole.len()).ok()? + i64::from(exponent) + places;
    let mut minor = 0_i64;
    let mut all = whole.bytes().chain(broken.bytes()).map(|digit| i64::from(digit - b'0'));
    for _ in 0..point {
        minor = minor.checked_mul(10)?.checked_add(all.next().unwrap_or(0))?;
    }
    let round_up = point >= 0 && all.next().is_some_and(|digit| digit >= 5);
    minor.checked_add(i64::from(round_up))?.checked_mul(sign)
}

fn digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn minor_units(text: &str) -> Option<i64> {
        scaled(text, 2)
    }

    #[test]
    fn figures_have_three_places() {
        let read = |json: &str| serde_json::from_str::<Thousandths>(json).map(|n| n.0);
        assert_eq!(read("4.25").unwrap(), Some(4250));
        assert_eq!(read("0.0357142857").unwrap(), Some(36));
        assert_eq!(read("null").unwrap(), None);
        assert!(read("[]").is_err());
    }

    #[test]
    fn amounts_are_exact() {
        let cases = [
            ("1145", 114_500),
            ("525.35", 52_535),
            ("0.1", 10),
            ("11,2", 1_120),
            ("-3.07", -307),
            ("1.005", 101),
            ("1.004999", 100),
            ("0.005", 1),
            ("0.0005", 0),
            ("1.1e3", 110_000),
            ("125E-3", 13),
            ("5e-9", 0),
            ("92233720368547758.07", i64::MAX),
        ];
        for (text, minor) in cases {
            assert_eq!(minor_units(text), Some(minor), "{text}");
        }
    }

    #[test]
    fn what_is_no_amount_is_none() {
        for text in [
            "",
            "-",
            ".5",
            "1.2.3",
            "abc",
            "1 000",
            "92233720368547758.08",
            "1e99",
            "0x1",
            "NaN",
            "+1",
        ] {
            assert_eq!(minor_units(text), None, "{text}");
        }
    }

    #[test]
    fn json_numbers_texts_and_null() {
        let read = |json: &str| serde_json::from_str::<Minor>(json).map(|minor| minor.0);
        assert_eq!(read("19.99").unwrap(), Some(1999));
        assert_eq!(read("\"19,99\"").unwrap(), Some(1999));
        assert_eq!(read("null").unwrap(), None);
        assert!(read("[1]").is_err());
        assert!(read("true").is_err());
    }

    proptest! {
        #[test]
        fn written_with_two_places_it_comes_back(minor in -10_i64.pow(17)..10_i64.pow(17)) {
            let sign = if minor < 0 { "-" } else { "" };
            let text = format!("{sign}{}.{:02}", minor.abs() / 100, minor.abs() % 100);
            prop_assert_eq!(minor_units(&text), Some(minor));
        }

        #[test]
        fn zeros_behind_change_nothing(minor in 0_i64..1_000_000_000, zeros in 0_usize..12) {
            let text = format!("{}.{:02}{}", minor / 100, minor % 100, "0".repeat(zeros));
            prop_assert_eq!(minor_units(&text), Some(minor));
        }

        #[test]
        fn an_exponent_only_moves_the_point(minor in 0_i64..1_000_000_000, shift in 0_usize..8) {
            prop_assert_eq!(minor_units(&format!("{minor}{}e-{}", "0".repeat(shift), shift + 2)), Some(minor));
        }

        #[test]
        fn no_text_makes_it_panic(text in "[-0-9eE.,]{0,40}") {
            let _ = minor_units(&text);
        }
    }
}

//! The query, parameter by parameter: an empty one is absent, the last of several counts, every
//! mistake is collected. Unknown ones are ignored, as they always were.

use crate::problem::Problem;
use axum::extract::FromRequestParts;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{ApiError, FieldError};
use http::request::Parts;
use serde::de::{DeserializeOwned, IntoDeserializer, value::StrDeserializer};
use std::{convert::Infallible, fmt::Display, ops::RangeInclusive, str::FromStr};

/// The parameters that hold something.
#[derive(Debug, Default)]
pub struct Query {
    pairs: Vec<(String, String)>,
    mistakes: Vec<FieldError>,
}

impl<S: Sync> FromRequestParts<S> for Query {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(parts.uri.query().unwrap_or_default()))
    }
}

impl Query {
    /// Reads `a=1&b=2`.
    pub fn of(text: &str) -> Self {
        let pairs = url::form_urlencoded::parse(text.as_bytes())
            .filter(|(_, value)| !spaceless(value).is_empty())
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
        Self { pairs, mistakes: Vec::new() }
    }

    /// Text without control characters.
    pub fn text(&mut self, name: &str) -> Option<String> {
        let value = self.last(name)?;
        if value.chars().any(char::is_control) {
            self.note(name, "control_character", "leave out control characters".into());
            return None;
        }
        Some(value)
    }

    /// A whole number that fits its type.
    pub fn number<T: FromStr>(&mut self, name: &str) -> Option<T> {
        let value = self.last(name)?;
        let number = spaceless(&value).parse().ok();
        if number.is_none() {
            let digits = spaceless(&value).trim_start_matches(['-', '+']);
            let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
            let (code, msg) = if is_number {
                ("out_of_range", "this number is out of range")
            } else {
                ("wrong_type", "expected a whole number")
            };
            self.note(name, code, msg.into());
        }
        number
    }

    /// A whole number between these two.
    pub fn within<T>(&mut self, name: &str, range: RangeInclusive<T>) -> Option<T>
    where
        T: FromStr + PartialOrd + Display,
    {
        let number = self.number(name)?;
        if range.contains(&number) {
            return Some(number);
        }
        self.note(name, "out_of_range", format!("use {} to {}", range.start(), range.end()));
        None
    }

    /// Yes or no, in the words that the original took.
    pub fn flag(&mut self, name: &str) -> Option<bool> {
        match spaceless(&self.last(name)?).to_ascii_lowercase().as_str() {
            "true" | "1" | "yes" | "on" | "t" | "y" => Some(true),
            "false" | "0" | "no" | "off" | "f" | "n" => Some(false),
            _ => {
                self.note(name, "wrong_type", "expected true or false".into());
                None
            }
        }
    }

    /// One of an enum's words.
    pub fn word<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        let value = self.last(name)?;
        self.word_of(name, &value)
    }

    fn word_of<T: DeserializeOwned>(&mut self, name: &str, value: &str) -> Option<T> {
        let reader: StrDeserializer<'_, serde::de::value::Error> =
            spaceless(value).into_deserializer();
        match T::deserialize(reader) {
            Ok(word) => Some(word),
            Err(error) => {
                let text = error.to_string();
                let known = text.rsplit_once("expected ").map_or("", |(_, rest)| rest);
                let known: Vec<&str> = known.split('`').skip(1).step_by(2).collect();
                self.note(name, "unknown_value", format!("use one of: {}", known.join(", ")));
                None
            }
        }
    }

    /// An id.
    pub fn id<T: FromStr>(&mut self, name: &str) -> Option<T> {
        let value = self.last(name)?;
        let id = value.trim().parse().ok();
        if id.is_none() {
            self.note(name, "wrong_type", "expected an id".into());
        }
        id
    }

    /// A day: `2026-09-15`.
    pub fn day(&mut self, name: &str) -> Option<NaiveDate> {
        let day = spaceless(&self.last(name)?).parse().ok();
        if day.is_none() {
            self.note(name, "wrong_type", "expected a day: 2026-09-15".into());
        }
        day
    }

    /// A moment, `2026-09-15T09:00:00Z`, or a day, `2026-09-15`: its end in Moscow.
    pub fn moment(&mut self, name: &str) -> Option<DateTime<Utc>> {
        let value = self.last(name)?;
        let value = spaceless(&value);
        let moment = domain::past::moment(value);
        if moment.is_none() {
            self.note(
                name,
                "wrong_type",
                "expected a moment, 2026-09-15T09:00:00Z, or a day".into(),
            );
        }
        moment
    }

    /// Texts without control characters: the parameter may come several times.
    pub fn texts(&mut self, name: &str) -> Vec<String> {
        let values = self.all(name);
        if values.iter().any(|value| value.chars().any(char::is_control)) {
            self.note(name, "control_character", "leave out control characters".into());
            return Vec::new();
        }
        values
    }

    /// Several of an enum's words.
    pub fn words<T: DeserializeOwned>(&mut self, name: &str) -> Vec<T> {
        let mut words = Vec::new();
        for value in self.all(name) {
            words.extend(self.word_of(name, &value));
        }
        words
    }

    /// Several ids.
    pub fn ids<T: FromStr>(&mut self, name: &str) -> Vec<T> {
        let read: Result<Vec<T>, _> =
            self.all(name).iter().map(|value| value.trim().parse()).collect();
        read.unwrap_or_else(|_| {
            self.note(name, "wrong_type", "expected an id".into());
            Vec::new()
        })
    }

    /// What a parameter says in words of its own.
    pub fn read<T>(
        &mut self,
        name: &str,
        hint: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let value = self.last(name)?;
        let read = read(spaceless(&value));
        if read.is_none() {
            self.note(name, "unknown_value", hint.into());
        }
        read
    }

    /// Ends the reading: the parameters' own rules come last.
    pub fn check(mut self, rules: impl IntoIterator<Item = FieldError>) -> Result<(), Problem> {
        let noted: Vec<String> =
            self.mistakes.iter().map(|mistake| mistake.field().to_owned()).collect();
        self.mistakes
            .extend(rules.into_iter().filter(|rule| !noted.iter().any(|n| n == rule.field())));
        if self.mistakes.is_empty() {
            Ok(())
        } else {
            Err(ApiError::validation(self.mistakes).into())
        }
    }

    fn last(&self, name: &str) -> Option<String> {
        self.pairs.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value.clone())
    }

    fn all(&self, name: &str) -> Vec<String> {
        self.pairs.iter().filter(|(key, _)| key == name).map(|(_, value)| value.clone()).collect()
    }

    fn note(&mut self, name: &str, code: &str, msg: String) {
        self.mistakes.push(FieldError::query(name, code, msg));
    }
}

/// Without spaces around it; a line break or another control character is no space here.
fn spaceless(value: &str) -> &str {
    value.trim_matches(' ')
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::product::ProductSort;

    #[test]
    fn an_empty_parameter_is_an_absent_one() {
        let mut query = Query::of("page=&search=+&low_stock_only=&sort_by=");
        assert_eq!(query.number::<u32>("page"), None);
        assert_eq!(query.text("search"), None);
        assert_eq!(query.flag("low_stock_only"), None);
        assert_eq!(query.word::<ProductSort>("sort_by"), None);
        assert!(query.check([]).is_ok());
    }

    #[test]
    fn a_number_keeps_within_its_bounds() {
        let mut query = Query::of("days=366&limit=200&threshold=-1");
        assert_eq!(query.within("days", 1..=365_u32), None);
        assert_eq!(query.within("limit", 1..=200_u32), Some(200));
        assert_eq!(query.within("threshold", 0..=9_i64), None);
        assert_eq!(query.within("absent", 0..=9_i64), None);
        let problem = query.check([]).unwrap_err();
        let told: Vec<_> = problem.0.errors.iter().map(|e| (e.field(), e.msg.as_str())).collect();
        assert_eq!(told, [("days", "use 1 to 365"), ("threshold", "use 0 to 9")]);
    }

    #[test]
    fn every_mistake_is_told_with_its_place() {
        let mut query =
            Query::of("page=99999999999&page_size=ten&sort_by=price&low_stock_only=maybe");
        query.number::<u32>("page");
        query.number::<u32>("page_size");
        query.word::<ProductSort>("sort_by");
        query.flag("low_stock_only");
        let problem = query.check([FieldError::query("page", "too_small", "no")]).unwrap_err();
        let told: Vec<_> = problem.0.errors.iter().map(|e| (e.field(), e.code.as_str())).collect();
        assert_eq!(
            told,
            [
                ("page", "out_of_range"),
                ("page_size", "wrong_type"),
                ("sort_by", "unknown_value"),
                ("low_stock_only", "wrong_type"),
            ]
        );
        assert!(problem.0.errors[2].msg.contains("seller_article"), "{}", problem.0.errors[2].msg);
    }
}

//! Rows that could not be read, as they are set aside: without secrets, on one line, cut to a size. One bad row costs
//! itself and nothing else of its answer.

use super::{failure::Failure, lenient::Int, reading::without};
use domain::{
    Secret,
    malformed::{KEPT_CHARACTERS, KEPT_ROWS, Malformed, MalformedRow},
};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::HashMap;

/// What is set aside of one answer.
#[derive(Debug)]
pub(super) struct Aside {
    operation: &'static str,
    /// Should the marketplace repeat them in a row.
    secrets: Vec<Secret>,
    set: Malformed,
}

impl Aside {
    pub(super) fn new<'s>(
        operation: &'static str,
        secrets: impl IntoIterator<Item = &'s Secret>,
    ) -> Self {
        let secrets = secrets.into_iter().cloned().collect();
        Self { operation, secrets, set: Malformed::default() }
    }

    /// Sets a row aside. `name` is the field that says what it is about.
    pub(super) fn row(&mut self, failure: &Failure, raw: &[u8], name: &str) {
        let about = about(raw, name);
        let row = if self.set.rows.len() < KEPT_ROWS {
            tracing::warn!(
                operation = self.operation,
                problem = failure.text(),
                "a row can't be read"
            );
            MalformedRow {
                operation: self.operation,
                problem: self.clean(failure.text(), usize::MAX),
                raw: self.clean(&String::from_utf8_lossy(raw), KEPT_CHARACTERS),
            }
        } else {
            // It is only counted.
            MalformedRow { operation: self.operation, problem: String::new(), raw: String::new() }
        };
        self.set.push(row, about);
    }

    /// All of it; nothing is left.
    pub(super) fn take(&mut self) -> Malformed {
        std::mem::take(&mut self.set)
    }

    fn clean(&self, text: &str, most: usize) -> String {
        let text = self.secrets.iter().fold(text.to_owned(), |t, s| without(&t, s.expose()));
        let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        line.chars().take(most).collect()
    }
}

/// A number out of a row that is no good otherwise.
fn about(raw: &[u8], name: &str) -> Option<i64> {
    let fields: HashMap<&str, &RawValue> = serde_json::from_slice(raw).ok()?;
    Int::deserialize(&mut serde_json::Deserializer::from_str(fields.get(name)?.get()))
        .ok()
        .map(|number| number.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::marketplaces::failure::Reason;

    fn failure() -> Failure {
        Failure::new("Wildberries", "stock", Reason::UnexpectedShape, "quantity: not a number")
    }

    #[test]
    fn a_row_is_kept_without_secrets_and_not_whole() {
        let key = Secret::new("aaaaaaaaaa.bbbbbbbbbb.cccccccccc");
        let mut aside = Aside::new("stock", [&key]);
        let raw = format!(
            "{{\"chrtId\":\"77\",\n\"quantity\":\"{} bbbbbbbbbb\",\"more\":\"{}\"}}",
            key.expose(),
            "x".repeat(5_000)
        );
        aside.row(&failure(), raw.as_bytes(), "chrtId");
        let set = aside.take();
        let row = &set.rows[0];
        assert_eq!(row.problem, "quantity: not a number");
        assert!(row.raw.starts_with(r#"{"chrtId":"77", "quantity":"[redacted]"#), "{}", row.raw);
        assert!(!row.raw.contains("bbbb") && row.raw.chars().count() == KEPT_CHARACTERS);
        assert!(set.may_tell_of(77) && !set.may_tell_of(78));
        assert!(aside.take().is_empty());
    }

    #[test]
    fn a_row_that_names_nothing_may_be_about_anything() {
        for raw in [r#"{"chrtId":}"#, r#"{"chrtId":"x"}"#, "{}", "null", "\u{0}{"] {
            let mut aside = Aside::new("stock", []);
            aside.row(&failure(), raw.as_bytes(), "chrtId");
            assert_eq!(aside.take().nameless, 1, "{raw}");
        }
    }
}

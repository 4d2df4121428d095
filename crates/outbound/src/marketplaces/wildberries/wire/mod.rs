//! Bodies as the marketplace writes them, under its own names. Tolerant: unknown fields are passed over, what may be
//! missing or `null` is optional.

pub(super) mod cards;
pub(super) mod orders;
pub(super) mod seller;
pub(super) mod stock;

use crate::marketplaces::failure::{Failure, Reason};
use serde::de::DeserializeOwned;

/// Reads a body; a mistake names the field.
pub(super) fn read<T: DeserializeOwned>(
    operation: &'static str,
    body: &[u8],
) -> Result<T, Failure> {
    read_row(operation, String::new, body)
}

/// Reads a row of a long list, whose place is named in a mistake.
pub(super) fn read_row<T: DeserializeOwned>(
    operation: &'static str,
    place: impl FnOnce() -> String,
    row: &[u8],
) -> Result<T, Failure> {
    // The path to a field costs time, so it is looked for only when something is wrong.
    serde_json::from_slice(row).map_err(|plain| {
        let mut deserializer = serde_json::Deserializer::from_slice(row);
        let (path, mistake) = match serde_path_to_error::deserialize::<_, T>(&mut deserializer) {
            Err(error) => (error.path().to_string(), error.into_inner()),
            Ok(_) => (".".to_owned(), plain),
        };
        let mut text = place();
        if path != "." {
            if !text.is_empty() {
                text.push('.');
            }
            text.push_str(&path);
        }
        let separator = if text.is_empty() { "" } else { ": " };
        let text = clean(&format!("{text}{separator}{mistake}"));
        Failure::new(super::client::NAME, operation, Reason::UnexpectedShape, text)
    })
}

/// Text for an error: one line, at most 300 characters.
pub(super) fn clean(text: &str) -> String {
    let words: Vec<&str> = text
        .split(|c: char| c.is_control() || c.is_whitespace())
        .filter(|w| !w.is_empty())
        .collect();
    words.join(" ").chars().take(300).collect()
}

//! Bodies into wire types; a mistake names the field, never the value of a secret.

use super::failure::{Failure, Reason};
use serde::de::DeserializeOwned;

/// Reads a row of a long list, whose place is named in a mistake; an empty place: the body as a whole.
pub(super) fn read_row<T: DeserializeOwned>(
    marketplace: &'static str,
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
        Failure::new(marketplace, operation, Reason::UnexpectedShape, text)
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

/// The text without a secret, should the marketplace repeat it: the whole of it, or a part of a token.
pub(super) fn without(text: &str, secret: &str) -> String {
    std::iter::once(secret.trim())
        .chain(secret.split('.'))
        .filter(|part| part.len() >= 8)
        .fold(text.to_owned(), |text, part| text.replace(part, "[redacted]"))
}

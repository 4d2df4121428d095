//! Keys that can be guessed, and how to make one that can't.

use base64::{Engine as _, engine::general_purpose::URL_SAFE};
use std::collections::HashSet;

/// How to make a key that is good for either.
pub const RECIPE: &str = "`openssl rand -base64 32 | tr '+/' '-_'`";

/// Examples of documents and tutorials: whoever reads them can sign tokens.
const KNOWN: [&str; 10] = [
    "change-me",
    "changeme",
    "change_me",
    "your-secret-key",
    "your_secret_key",
    "secret-key",
    "supersecret",
    "super-secret",
    "insecure",
    "example",
];

/// Why a signing key can be guessed, if it can.
pub fn signing_weakness(key: &str) -> Option<String> {
    let lower = key.to_lowercase();
    let distinct = key.chars().collect::<HashSet<_>>().len();
    if KNOWN.iter().any(|known| lower.contains(known)) {
        Some(format!("this is an example that everybody knows: make one with {RECIPE}"))
    } else if key.len() < 32 {
        Some(format!("use 32 characters or more: make one with {RECIPE}"))
    } else if distinct < 10 {
        Some(format!("it repeats itself: make one with {RECIPE}"))
    } else {
        None
    }
}

/// Why a master key won't do, if it won't.
pub fn master_weakness(key: &str) -> Option<String> {
    let bytes = URL_SAFE.decode(key).unwrap_or_default();
    if bytes.len() != 32 {
        Some(format!("write 32 bytes as URL-safe base64 (44 characters): make one with {RECIPE}"))
    } else if bytes.iter().collect::<HashSet<_>>().len() < 8 {
        Some(format!("it repeats itself: make one with {RECIPE}"))
    } else {
        None
    }
}

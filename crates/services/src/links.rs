//! Tokens that a person carries: random, shown once, kept as their hash only.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};
use url::Url;

/// 256 bits of the system's randomness as 43 characters that need no quoting in an address.
pub(crate) fn token() -> String {
    let bytes: [u8; 32] = rand::random();
    URL_SAFE_NO_PAD.encode(bytes)
}

/// What is kept of a token: SHA-256, hex. A token of 256 random bits needs no slow hash.
pub(crate) fn hash(token: &str) -> String {
    hex::encode(Sha256::digest(token.trim().as_bytes()))
}

/// A page of this installation, with its host.
pub(crate) fn page(public_url: &Url, path_and_query: &str) -> String {
    let base = public_url.as_str().trim_end_matches('/');
    format!("{base}{path_and_query}")
}

#[cfg(test)]
mod tests {
    #[test]
    fn tokens_are_long_and_differ() {
        let (one, other) = (super::token(), super::token());
        assert_eq!((one.len(), other.len()), (43, 43));
        assert_ne!(one, other);
        assert_eq!(super::hash(&one).len(), 64);
    }
}

//! Secrets of the product's own making: the only place that draws them.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::Secret;
use sha2::{Digest, Sha256};

/// Random bytes of the operating system's generator.
pub(crate) fn bytes<const N: usize>() -> [u8; N] {
    let mut drawn = [0; N];
    rand::fill(&mut drawn);
    drawn
}

/// A token for an address: 256 bits in 43 characters.
pub(crate) fn token() -> Secret {
    Secret::new(URL_SAFE_NO_PAD.encode(bytes::<32>()))
}

/// What is kept of a token, white space of copying left out: SHA-256, hex. 256 random bits need no slow hash.
pub(crate) fn hash(token: &str) -> String {
    hex::encode(Sha256::digest(token.trim().as_bytes()))
}

#[cfg(test)]
mod tests {
    #[test]
    fn tokens_are_long_and_differ() {
        let (one, other) = (super::token(), super::token());
        assert_eq!((one.expose().len(), other.expose().len()), (43, 43));
        assert_ne!(one, other);
        assert_eq!(super::hash(one.expose()), super::hash(&format!(" {}\n", one.expose())));
    }
}

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

/// What is kept of a token.
pub(crate) fn hash(token: &Secret) -> String {
    hex::encode(Sha256::digest(token.expose().as_bytes()))
}

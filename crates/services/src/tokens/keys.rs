//! The keys that sign tokens: the first of the list signs, all verify, and each key fixes its own algorithm.

use domain::Secret;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey};
use sha2::{Digest, Sha256};

/// A list of keys. Never prints one.
#[derive(Clone)]
pub struct TokenKeys {
    pub(super) signing: SigningKey,
    pub(super) verifying: Vec<VerifyingKey>,
}

#[derive(Clone)]
pub(super) struct SigningKey {
    pub kid: String,
    pub algorithm: Algorithm,
    pub key: EncodingKey,
}

#[derive(Clone)]
pub(super) struct VerifyingKey {
    pub kid: String,
    pub algorithm: Algorithm,
    pub key: DecodingKey,
}

/// Why a list of keys was refused; never names one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenKeysProblem {
    /// Nothing between two commas, or nothing at all.
    #[error("SECRET_KEY is empty, or has an empty part between commas")]
    Empty,
    /// The same key twice.
    #[error("SECRET_KEY names the same key twice")]
    Twice,
}

impl TokenKeys {
    /// HS256 keys from `SECRET_KEY`: their UTF-8 bytes as they are, not derived, separated by commas.
    pub fn hs256(list: &Secret) -> Result<Self, TokenKeysProblem> {
        let mut keys: Vec<(SigningKey, VerifyingKey)> = Vec::new();
        for part in list.expose().split(',') {
            if part.is_empty() {
                return Err(TokenKeysProblem::Empty);
            }
            let kid = kid_of(part.as_bytes());
            if keys.iter().any(|(key, _)| key.kid == kid) {
                return Err(TokenKeysProblem::Twice);
            }
            let algorithm = Algorithm::HS256;
            keys.push((
                SigningKey {
                    kid: kid.clone(),
                    algorithm,
                    key: EncodingKey::from_secret(part.as_bytes()),
                },
                VerifyingKey { kid, algorithm, key: DecodingKey::from_secret(part.as_bytes()) },
            ));
        }
        let mut keys = keys.into_iter();
        let (signing, first) = keys.next().ok_or(TokenKeysProblem::Empty)?;
        let verifying = std::iter::once(first).chain(keys.map(|(_, key)| key)).collect();
        Ok(Self { signing, verifying })
    }
}

impl std::fmt::Debug for TokenKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let kids: Vec<_> = self.verifying.iter().map(|key| key.kid.as_str()).collect();
        f.debug_struct("TokenKeys").field("kids", &kids).finish_non_exhaustive()
    }
}

/// A key's public name: 8 bytes of a hash with a purpose of its own.
fn kid_of(key: &[u8]) -> String {
    let digest = Sha256::new().chain_update(b"stock-tracker kid\0").chain_update(key).finalize();
    hex::encode(&digest[..8])
}

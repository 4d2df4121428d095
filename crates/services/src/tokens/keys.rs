//! The keys that sign tokens: the first of the list that has begun signs, all verify, and each key fixes its own
//! algorithm, whatever a token says of itself.

use super::pem;
use chrono::{DateTime, Utc};
use domain::{Secret, auth::PublicKey};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey};
use sha2::{Digest, Sha256};

/// A list of keys. Never prints one.
#[derive(Clone)]
pub struct TokenKeys {
    pub(super) keys: Vec<TokenKey>,
}

/// A key with its public name. Never prints itself.
#[derive(Clone)]
pub struct TokenKey {
    pub(super) kid: String,
    pub(super) algorithm: Algorithm,
    pub(super) signing: EncodingKey,
    pub(super) verifying: DecodingKey,
    pub(super) public: Option<PublicKey>,
    begins: Option<DateTime<Utc>>,
}

/// Why a key or a list of them was refused; never names one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenKeysProblem {
    /// Nothing between two commas, or nothing at all.
    #[error("SECRET_KEY is empty, or has an empty part between commas")]
    Empty,
    /// The same key twice.
    #[error("the same key is named twice")]
    Twice,
    /// No PEM of a private key that we sign with.
    #[error(
        "this is no private key that can sign: use PEM with an RSA key (PKCS#1 or PKCS#8) or an Ed25519 key (PKCS#8), not encrypted"
    )]
    NotAPrivateKey,
    /// An RSA key that is too short.
    #[error("the RSA key is shorter than 2048 bits: make a longer one")]
    Short,
}

impl TokenKey {
    /// An HS256 key: the text's UTF-8 bytes as they are, not derived.
    pub fn hs256(secret: &Secret) -> Result<Self, TokenKeysProblem> {
        let bytes = secret.expose().as_bytes();
        if bytes.is_empty() {
            return Err(TokenKeysProblem::Empty);
        }
        Ok(Self {
            kid: kid_of(bytes),
            algorithm: Algorithm::HS256,
            signing: EncodingKey::from_secret(bytes),
            verifying: DecodingKey::from_secret(bytes),
            public: None,
            begins: None,
        })
    }

    /// A private key as PEM: RS256 for RSA of 2048 bits and more, `EdDSA` for Ed25519.
    pub fn pem(text: &Secret) -> Result<Self, TokenKeysProblem> {
        let pem::Pair { algorithm, signing, verifying, public } = pem::read(text)?;
        let kid = public.kid.clone();
        Ok(Self { kid, algorithm, signing, verifying, public: Some(public), begins: None })
    }

    /// Signs from then on; until then it only verifies, so that every copy of the server has heard of it first.
    #[must_use]
    pub fn beginning(self, begins: Option<DateTime<Utc>>) -> Self {
        Self { begins, ..self }
    }

    /// Its public name, the `kid` of its tokens.
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// The one algorithm that it is used with.
    pub fn algorithm(&self) -> &'static str {
        match self.algorithm {
            Algorithm::RS256 => "RS256",
            Algorithm::EdDSA => "EdDSA",
            _ => "HS256",
        }
    }
}

impl TokenKeys {
    /// These keys, the one that signs first.
    pub fn new(keys: Vec<TokenKey>) -> Result<Self, TokenKeysProblem> {
        if keys.is_empty() {
            return Err(TokenKeysProblem::Empty);
        }
        let is_twice = |at: usize, key: &TokenKey| keys[..at].iter().any(|k| k.kid == key.kid);
        if keys.iter().enumerate().any(|(at, key)| is_twice(at, key)) {
            return Err(TokenKeysProblem::Twice);
        }
        Ok(Self { keys })
    }

    /// HS256 keys from `SECRET_KEY`, separated by commas.
    pub fn hs256(list: &Secret) -> Result<Self, TokenKeysProblem> {
        let parts = list.expose().split(',').map(|part| TokenKey::hs256(&part.into()));
        Self::new(parts.collect::<Result<_, _>>()?)
    }

    /// The key that signs at this moment: the first that has begun, or, before all of them have, the last.
    pub(super) fn signing(&self, now: DateTime<Utc>) -> Option<&TokenKey> {
        let begun = |key: &&TokenKey| key.begins.is_none_or(|begins| begins <= now);
        self.keys.iter().find(begun).or(self.keys.last())
    }
}

impl std::fmt::Debug for TokenKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TokenKey").field("kid", &self.kid).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for TokenKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let kids: Vec<_> = self.keys.iter().map(|key| key.kid.as_str()).collect();
        f.debug_struct("TokenKeys").field("kids", &kids).finish_non_exhaustive()
    }
}

/// A secret key's public name: 8 bytes of a hash with a purpose of its own.
fn kid_of(key: &[u8]) -> String {
    let digest = Sha256::new().chain_update(b"stock-tracker kid\0").chain_update(key).finalize();
    hex::encode(&digest[..8])
}

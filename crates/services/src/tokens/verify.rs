//! A token's signature and shape. The header may say only what we ourselves write: a key sent along (`jwk`, `jku`,
//! `x5u`), an extension (`crit`), a field named twice or another algorithm than the key's is a refusal.

use super::{
    Claims,
    keys::{TokenKey, TokenKeys},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::Algorithm;
use serde::{Deserialize, de::DeserializeOwned};

/// Longer than any token of ours: what is longer is not even decoded.
const LONGEST: usize = 4096;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StrictHeader {
    alg: Algorithm,
    typ: String,
    kid: String,
}

/// A token cut apart, nothing of it checked.
pub(super) struct Parts<'t> {
    pub header: &'t str,
    pub payload: &'t str,
    pub message: &'t str,
    pub signature: &'t str,
}

pub(super) fn parts(token: &str) -> Option<Parts<'_>> {
    if token.len() > LONGEST {
        return None;
    }
    let (message, signature) = token.rsplit_once('.')?;
    let (header, payload) = message.split_once('.')?;
    Some(Parts { header, payload, message, signature })
}

/// The claims of a token that one of the keys signed.
pub(super) fn signed<C: Claims>(keys: &TokenKeys, token: &str) -> Option<C> {
    let Parts { header, payload, message, signature } = parts(token)?;
    let header: StrictHeader = decode(header)?;
    let key = keys.keys.iter().find(|key| key.kid == header.kid)?;
    if header.alg != key.algorithm || header.typ != C::TYP {
        return None;
    }
    if !is_signed(key, message, signature) {
        return None;
    }
    decode(payload)
}

/// Whether this key signed it, with the key's own algorithm.
pub(super) fn is_signed(key: &TokenKey, message: &str, signature: &str) -> bool {
    let verified =
        jsonwebtoken::crypto::verify(signature, message.as_bytes(), &key.verifying, key.algorithm);
    matches!(verified, Ok(true))
}

pub(super) fn decode<T: DeserializeOwned>(part: &str) -> Option<T> {
    let bytes = URL_SAFE_NO_PAD.decode(part).ok()?;
    serde_json::from_slice(&bytes).ok()
}

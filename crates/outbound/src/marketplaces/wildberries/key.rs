//! What a token says of itself. It informs the user; its signature can't be checked, so it never authorises.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use domain::account::{KeyKind, KeyScope};
use serde::Deserialize;
use uuid::Uuid;

/// Tokens are about 400 characters long.
const LONGEST: usize = 4096;

/// Bit of `s` for a token that may only read.
const READ_ONLY_BIT: u32 = 30;

/// A token read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodedKey {
    /// Its kind; `None` where the token does not tell (old ones).
    pub kind: Option<KeyKind>,
    /// The service that a service token was made for.
    pub service: Option<String>,
    /// The token's own id.
    pub id: Option<Uuid>,
    /// The seller's id: the key of the limits' buckets, the same for all tokens of a seller.
    pub seller: Option<Uuid>,
    /// Until when it lives.
    pub expires_at: DateTime<Utc>,
    /// The permissions it names, as far as we know them.
    pub scopes: Vec<KeyScope>,
    /// Whether it may only read.
    pub read_only: bool,
}

/// Why a text is no token.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyProblem {
    /// Nothing.
    #[error("the key is empty")]
    Empty,
    /// Too much.
    #[error("the text is {0} bytes long, a key has about 400: another text was pasted")]
    TooLong(usize),
    /// A space, a line break, a Cyrillic letter.
    #[error(
        "a character that no key has stands at place {0}: a space, a line break or a foreign letter"
    )]
    ForeignCharacter(usize),
    /// Another marketplace's key.
    #[error(
        "this looks like an Ozon key (or an id), a Wildberries key is about 400 characters long"
    )]
    Uuid,
    /// Cut, or something else.
    #[error(
        "a key has three parts with dots between, this has {0}: a piece is missing, or it is another text"
    )]
    Parts(usize),
    /// A part that can't be read.
    #[error("the key's {0} can't be read: it was cut or changed when it was copied")]
    Unreadable(&'static str),
    /// Another kind of token.
    #[error("this is a token, but not one of Wildberries: it lacks {0}")]
    Foreign(&'static str),
}

#[derive(Deserialize)]
struct Header {
    alg: String,
}

#[derive(Deserialize)]
struct Claims {
    acc: Option<i64>,
    #[serde(rename = "for")]
    made_for: Option<String>,
    t: Option<bool>,
    id: Option<String>,
    sid: Option<String>,
    exp: Option<i64>,
    s: Option<u64>,
}

/// Reads a token without trusting it. White space around it is a mistake of copying and is no problem.
pub fn decode(text: &str) -> Result<DecodedKey, KeyProblem> {
    let claims = claims(text.trim())?;
    let expires_at = claims.exp.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    let expires_at = expires_at.ok_or(KeyProblem::Foreign("the time at which it expires (exp)"))?;
    let mask = claims.s.ok_or(KeyProblem::Foreign("its permissions (s)"))?;
    let made_for = claims.made_for.as_deref().unwrap_or_default();
    let uuid = |text: Option<String>| text.and_then(|text| Uuid::parse_str(&text).ok());
    Ok(DecodedKey {
        kind: kind(claims.acc, made_for, claims.t == Some(true)),
        service: made_for.strip_prefix("asid:").map(str::to_owned),
        id: uuid(claims.id),
        seller: uuid(claims.sid),
        expires_at,
        scopes: KeyScope::ALL.into_iter().filter(|scope| has(mask, bit(*scope))).collect(),
        read_only: has(mask, READ_ONLY_BIT),
    })
}

fn claims(text: &str) -> Result<Claims, KeyProblem> {
    if text.is_empty() {
        return Err(KeyProblem::Empty);
    }
    if text.len() > LONGEST {
        return Err(KeyProblem::TooLong(text.len()));
    }
    let known =
        |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_' | '=');
    if let Some(place) = text.chars().position(|letter| !known(letter)) {
        return Err(KeyProblem::ForeignCharacter(place + 1));
    }
    if Uuid::parse_str(text).is_ok() {
        return Err(KeyProblem::Uuid);
    }
    let parts: Vec<&str> = text.split('.').collect();
    let [header, payload, signature] = parts[..] else {
        return Err(KeyProblem::Parts(parts.len()));
    };
    let header: Header = part(header, "first part")?;
    if header.alg.eq_ignore_ascii_case("none") {
        return Err(KeyProblem::Foreign("a signature"));
    }
    bytes(signature, "last part")?;
    part(payload, "middle part")
}

fn part<T: for<'a> Deserialize<'a>>(text: &str, name: &'static str) -> Result<T, KeyProblem> {
    serde_json::from_slice(&bytes(text, name)?).map_err(|_| KeyProblem::Unreadable(name))
}

fn bytes(text: &str, name: &'static str) -> Result<Vec<u8>, KeyProblem> {
    match URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')) {
        Ok(bytes) if !bytes.is_empty() => Ok(bytes),
        _ => Err(KeyProblem::Unreadable(name)),
    }
}

fn kind(acc: Option<i64>, made_for: &str, test: bool) -> Option<KeyKind> {
    match acc {
        _ if test => Some(KeyKind::Test),
        Some(1) => Some(KeyKind::Base),
        Some(2) => Some(KeyKind::Test),
        Some(3) => Some(KeyKind::Personal),
        Some(4) => Some(KeyKind::Service),
        _ if made_for == "self" => Some(KeyKind::Personal),
        _ if made_for.starts_with("asid:") => Some(KeyKind::Service),
        _ => None,
    }
}

const fn bit(scope: KeyScope) -> u32 {
    match scope {
        KeyScope::Content => 1,
        KeyScope::Analytics => 2,
        KeyScope::Prices => 3,
        KeyScope::Marketplace => 4,
        KeyScope::Statistics => 5,
    }
}

const fn has(mask: u64, bit: u32) -> bool {
    mask & (1 << bit) != 0
}

#[cfg(test)]
#[path = "key_tests.rs"]
mod tests;

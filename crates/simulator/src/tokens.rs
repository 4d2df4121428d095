//! Tokens as Wildberries makes them: JWT-shaped, with the claims that a client can read.
//!
//! Signatures are never checked and mean nothing: these tokens open a simulator, nothing else.

use crate::random::hash;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The four kinds of token, claim `acc`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, clap::ValueEnum)]
pub enum Kind {
    /// `acc` 1: hard limits, newer methods refuse it.
    Base,
    /// `acc` 2: sandbox hosts only.
    Test,
    /// `acc` 3, `for` = `self`.
    Personal,
    /// `acc` 4, `for` = `asid:...`.
    Service,
}

/// What a token may do, claim `s`: bit n is set when category n is granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Scopes(pub u64);

impl Scopes {
    /// Product cards.
    pub const CONTENT: Self = Self(1 << 1);
    /// Stock at the marketplace's warehouses.
    pub const ANALYTICS: Self = Self(1 << 2);
    /// Prices and discounts.
    pub const PRICES: Self = Self(1 << 3);
    /// Stock at the seller's warehouses.
    pub const MARKETPLACE: Self = Self(1 << 4);
    /// Orders and sales.
    pub const STATISTICS: Self = Self(1 << 5);
    /// Supplies.
    pub const SUPPLIES: Self = Self(1 << 10);
    /// May not change anything.
    pub const READ_ONLY: Self = Self(1 << 30);
    /// Content, Analytics, Prices, Marketplace, Statistics.
    pub const TRACKER: Self = Self(62);

    /// Both.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// All but those.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether all of those are there.
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

#[derive(Serialize)]
struct Header {
    alg: &'static str,
    kid: &'static str,
    typ: &'static str,
}

#[derive(Serialize, Deserialize)]
struct Claims {
    acc: u8,
    #[serde(default)]
    ent: u8,
    exp: i64,
    #[serde(rename = "for", default, skip_serializing_if = "Option::is_none")]
    used_by: Option<String>,
    id: Uuid,
    #[serde(default)]
    iid: u64,
    #[serde(default)]
    oid: u64,
    s: u64,
    sid: Uuid,
    t: bool,
    #[serde(default)]
    uid: u64,
}

/// Makes a token. The same arguments give the same token.
pub fn mint(kind: Kind, sid: Uuid, scopes: Scopes, expires_at: DateTime<Utc>) -> String {
    let (high, low) = sid.as_u64_pair();
    let exp = expires_at.timestamp();
    let key = hash([high, low, kind as u64, scopes.0, exp.cast_unsigned()]);
    let id = uuid::Builder::from_random_bytes(
        [hash([key, 1]).to_be_bytes(), hash([key, 2]).to_be_bytes()]
            .concat()
            .try_into()
            .unwrap_or([0; 16]),
    )
    .into_uuid();
    let claims = Claims {
        acc: match kind {
            Kind::Base => 1,
            Kind::Test => 2,
            Kind::Personal => 3,
            Kind::Service => 4,
        },
        ent: 1,
        exp,
        used_by: match kind {
            Kind::Personal => Some("self".to_owned()),
            Kind::Service => Some("asid:d6f6a1c2-1f0b-4a5e-9d53-5b1a7f5ac001".to_owned()),
            Kind::Base | Kind::Test => None,
        },
        id,
        iid: key % 100_000_000,
        oid: high % 10_000_000,
        s: scopes.0,
        sid,
        t: kind == Kind::Test,
        uid: key % 100_000_000,
    };
    let signature: Vec<u8> =
        (0..8).flat_map(|part| hash([key, 100 + part]).to_be_bytes()).collect();
    let header = Header { alg: "ES256", kid: "20260302v1", typ: "JWT" };
    // Neither of the two has anything that JSON can't say.
    let json = |text: Result<Vec<u8>, _>| URL_SAFE_NO_PAD.encode(text.unwrap_or_default());
    format!(
        "{}.{}.{}",
        json(serde_json::to_vec(&header)),
        json(serde_json::to_vec(&claims)),
        URL_SAFE_NO_PAD.encode(signature)
    )
}

/// What a token says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// The token's own id.
    pub id: Uuid,
    /// Whose shop.
    pub sid: Uuid,
    /// Its kind.
    pub kind: Kind,
    /// What it may do.
    pub scopes: Scopes,
    /// Until when it lives.
    pub expires_at: DateTime<Utc>,
}

/// Why a token is refused with 401; the text is the gateway's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// There is none.
    #[error("empty Authorization header")]
    Missing,
    /// It can't be read.
    #[error("token problem; token is malformed: {0}")]
    Malformed(&'static str),
    /// Its time is over.
    #[error("token problem; token is expired")]
    Expired,
    /// It was taken back.
    #[error("token problem; token is withdrawn")]
    Withdrawn,
    /// A test token outside the sandbox, or another kind inside.
    #[error("token problem; this token type is not accepted by this host")]
    WrongHost,
}

/// Reads the value of an `Authorization` header, with or without `Bearer `.
pub fn read(header: &str, now: DateTime<Utc>) -> Result<Token, TokenError> {
    let text = header.trim();
    let text = text.strip_prefix("Bearer ").unwrap_or(text).trim();
    if text.is_empty() {
        return Err(TokenError::Missing);
    }
    let parts: Vec<&str> = text.split('.').collect();
    let [head, payload, signature] = parts[..] else {
        return Err(TokenError::Malformed("token contains an invalid number of segments"));
    };
    let head = part(head, "could not base64 decode header")?;
    if serde_json::from_slice::<serde_json::Value>(&head).is_err() {
        return Err(TokenError::Malformed("could not JSON decode header"));
    }
    let payload = part(payload, "could not base64 decode claim")?;
    let claims: Claims = serde_json::from_slice(&payload)
        .map_err(|_| TokenError::Malformed("could not JSON decode claim"))?;
    if part(signature, "could not base64 decode signature")?.is_empty() {
        return Err(TokenError::Malformed("signature is empty"));
    }
    let kind = match (claims.acc, claims.t) {
        (1, false) => Kind::Base,
        (2, true) => Kind::Test,
        (3, false) => Kind::Personal,
        (4, false) => Kind::Service,
        _ => return Err(TokenError::Malformed("unknown token type")),
    };
    let expires_at = DateTime::from_timestamp(claims.exp, 0)
        .ok_or(TokenError::Malformed("exp is out of range"))?;
    if expires_at <= now {
        return Err(TokenError::Expired);
    }
    Ok(Token { id: claims.id, sid: claims.sid, kind, scopes: Scopes(claims.s), expires_at })
}

fn part(text: &str, problem: &'static str) -> Result<Vec<u8>, TokenError> {
    URL_SAFE_NO_PAD.decode(text).map_err(|_| TokenError::Malformed(problem))
}

/// Keys of one seller, one for each thing that can be wrong or right with a key.
#[derive(Clone, Debug, Serialize)]
pub struct Keys {
    /// For the seller's own software, everything a tracker needs.
    pub personal: String,
    /// The same, of a catalogue service.
    pub service: String,
    /// The same, of the kind with hard limits.
    pub base: String,
    /// Sandbox hosts only.
    pub test: String,
    /// Personal, may only read.
    pub read_only: String,
    /// Personal, without Statistics: no orders.
    pub without_statistics: String,
    /// Personal, over for a day.
    pub expired: String,
}

impl Keys {
    /// Keys that live 180 days from a moment.
    pub fn of(sid: Uuid, now: DateTime<Utc>) -> Self {
        let until = now + TimeDelta::days(180);
        let all = Scopes::TRACKER;
        Self {
            personal: mint(Kind::Personal, sid, all, until),
            service: mint(Kind::Service, sid, all, until),
            base: mint(Kind::Base, sid, all, until),
            test: mint(Kind::Test, sid, all, until),
            read_only: mint(Kind::Personal, sid, all.with(Scopes::READ_ONLY), until),
            without_statistics: mint(Kind::Personal, sid, all.without(Scopes::STATISTICS), until),
            expired: mint(Kind::Personal, sid, all, now - TimeDelta::days(1)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SID: Uuid = Uuid::from_u128(7);

    #[test]
    fn reads_what_it_minted_with_and_without_bearer() {
        let until = DateTime::UNIX_EPOCH + TimeDelta::days(180);
        for kind in [Kind::Base, Kind::Test, Kind::Personal, Kind::Service] {
            let text = mint(kind, SID, Scopes::TRACKER, until);
            let token = read(&text, DateTime::UNIX_EPOCH).unwrap();
            assert_eq!((token.kind, token.sid, token.expires_at), (kind, SID, until));
            assert_eq!(read(&format!("Bearer {text}"), DateTime::UNIX_EPOCH), Ok(token));
            assert_eq!(read(&text, until), Err(TokenError::Expired));
        }
    }

    #[test]
    fn refuses_what_is_no_token() {
        let now = DateTime::UNIX_EPOCH;
        assert_eq!(read("", now), Err(TokenError::Missing));
        for text in ["abc", "a.b.c", "e30.e30.e30", "e30.e30", "eyJhbGciOiJFUzI1NiJ9.!!.AA"] {
            assert!(matches!(read(text, now), Err(TokenError::Malformed(_))), "{text}");
        }
    }

    #[test]
    fn the_documented_check_value_is_read_only_and_twelve_categories() {
        let scopes = Scopes(1_073_757_950);
        assert!(scopes.contains(Scopes::TRACKER) && scopes.contains(Scopes::READ_ONLY));
        assert_eq!(Scopes::TRACKER.with(Scopes::READ_ONLY), Scopes(1_073_741_886));
        let with_supplies = Scopes::TRACKER.with(Scopes::READ_ONLY).with(Scopes::SUPPLIES);
        assert_eq!(with_supplies, Scopes(1_073_742_910));
    }
}

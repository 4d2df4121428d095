//! Refresh tokens of the original Python service, which moved over with its data: signed with `SECRET_KEY`, without
//! `kid`, `iss`, `aud` and family. Only refresh tokens, and only those whose hash was imported: see
//! `accounts::refresh`, which accepts each once.

use super::{LEEWAY, keys::TokenKeys, verify};
use chrono::{DateTime, Utc};
use domain::UserId;
use jsonwebtoken::Algorithm;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    alg: Algorithm,
    #[serde(default)]
    typ: Option<String>,
}

#[derive(Deserialize)]
struct Claims {
    sub: UserId,
    #[serde(rename = "type")]
    kind: String,
    exp: i64,
}

/// Whose it is, if an HS256 key of ours signed it and it is of its time.
pub(super) fn refresh(keys: &TokenKeys, token: &str, now: DateTime<Utc>) -> Option<UserId> {
    let verify::Parts { header, payload, message, signature } = verify::parts(token)?;
    let header: Header = verify::decode(header)?;
    if header.alg != Algorithm::HS256 || !matches!(header.typ.as_deref(), None | Some("JWT")) {
        return None;
    }
    let signed = keys
        .keys
        .iter()
        .filter(|key| key.algorithm == Algorithm::HS256)
        .any(|key| verify::is_signed(key, message, signature));
    if !signed {
        return None;
    }
    let claims: Claims = verify::decode(payload)?;
    let timely = now.timestamp().saturating_sub(LEEWAY.num_seconds()) < claims.exp;
    (claims.kind == "refresh" && timely).then_some(claims.sub)
}

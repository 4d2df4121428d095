//! What an Ozon key is worth: its shape, then `POST /v1/roles`, which also tells its end and the methods it opens.

use crate::guard::{Call, Front, Host, Http, Method};
use chrono::{DateTime, Utc};
use domain::{
    Marketplace, Secret,
    account::{KeyCheck, KeyScope, KeyStatus, ScopeGrant},
};
use reqwest::header::{HeaderName, HeaderValue};
use serde::Deserialize;
use std::time::Duration;
use uuid::Uuid;

const HOST: Host = Host { production: "api-seller.ozon.ru", sandbox: None };
const CLIENT_ID: HeaderName = HeaderName::from_static("client-id");
const API_KEY: HeaderName = HeaderName::from_static("api-key");
const WITHIN: Duration = Duration::from_millis(4_700);
const CAP: u64 = 1 << 20;

/// A method of each kind that a stock tracker reads: the key has the permission when it opens the method.
const SIGNS: [(KeyScope, &str); 5] = [
    (KeyScope::Content, "/v3/product/list"),
    (KeyScope::Analytics, "/v1/analytics/stocks"),
    (KeyScope::Prices, "/v5/product/info/prices"),
    (KeyScope::Marketplace, "/v2/product/info/stocks-by-warehouse/fbs"),
    (KeyScope::Statistics, "/v3/posting/fbo/list"),
];

/// Why two texts are no Ozon key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyProblem {
    /// Not a number.
    #[error("the Client-Id is a number of at most 19 digits")]
    ClientId,
    /// Not the form of a key.
    #[error("the Api-Key has 36 characters, letters a to f and digits in five groups")]
    ApiKey,
}

#[derive(Deserialize)]
struct Roles {
    expires_at: Option<DateTime<Utc>>,
    #[serde(default)]
    roles: Vec<Role>,
}

#[derive(Deserialize)]
struct Role {
    #[serde(default)]
    methods: Vec<String>,
}

/// Whether the two texts can be an Ozon key. White space around them is a mistake of copying and is no problem.
pub fn check_shape(client_id: &Secret, api_key: &Secret) -> Result<(), KeyProblem> {
    let id = client_id.expose().trim();
    if id.is_empty() || id.len() > 19 || !id.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(KeyProblem::ClientId);
    }
    let key = api_key.expose().trim();
    if key.len() != 36 || Uuid::parse_str(key).is_err() {
        return Err(KeyProblem::ApiKey);
    }
    Ok(())
}

/// Reads the key's shape, asks Ozon, and says what was found. Never fails: the state says what is not known.
pub async fn check_key(
    http: &Http,
    front: &Front,
    client_id: &Secret,
    api_key: &Secret,
    now: DateTime<Utc>,
) -> KeyCheck {
    let (status, message) = match check_shape(client_id, api_key) {
        Err(problem) => (KeyStatus::Malformed, format!("This is no Ozon key: {problem}.")),
        Ok(()) => match ask(http, front, client_id, api_key).await {
            Ok(Asked::Roles(roles)) => return valid(&roles, now),
            Ok(Asked::Refused) => (
                KeyStatus::Invalid,
                "Ozon refuses the key: it is wrong, expired, deactivated or bound to other addresses.".to_owned(),
            ),
            Err(why) => (
                KeyStatus::Unreachable,
                format!("Ozon gave no answer ({why}): the key is kept and will be checked at the next sync."),
            ),
        },
    };
    KeyCheck { status, message, ..blank(now) }
}

enum Asked {
    Roles(Roles),
    Refused,
}

async fn ask(
    http: &Http,
    front: &Front,
    client_id: &Secret,
    api_key: &Secret,
) -> Result<Asked, String> {
    let address = front.address(HOST, "/v1/roles", &[]).ok_or("this world has no Ozon")?;
    let sealed = |secret: &Secret| {
        HeaderValue::from_str(secret.expose().trim()).map(|mut value| {
            value.set_sensitive(true);
            value
        })
    };
    let (Ok(id), Ok(key)) = (sealed(client_id), sealed(api_key)) else { return Ok(Asked::Refused) };
    let call = Call {
        method: Method::Post,
        address,
        headers: vec![(CLIENT_ID, id), (API_KEY, key)],
        body: Some(b"{}".to_vec()),
        within: Some(WITHIN),
        cap: CAP,
    };
    let answer = http.answer(call).await.map_err(|trouble| trouble.to_string())?;
    match answer.status.as_u16() {
        200 => serde_json::from_slice(&answer.body)
            .map(Asked::Roles)
            .map_err(|_| "its answer does not have the agreed shape".to_owned()),
        400 | 401 | 403 | 404 => Ok(Asked::Refused),
        status => Err(format!("HTTP {status}")),
    }
}

fn valid(roles: &Roles, now: DateTime<Utc>) -> KeyCheck {
    let opens = |method: &str| {
        roles.roles.iter().any(|role| role.methods.iter().any(|known| known == method))
    };
    let scopes: Vec<ScopeGrant> = SIGNS
        .into_iter()
        .map(|(scope, method)| ScopeGrant {
            scope,
            granted: opens(method),
            needed: scope != KeyScope::Prices,
        })
        .collect();
    let until =
        roles.expires_at.map_or(String::new(), |end| format!(", valid until {}", end.date_naive()));
    let missing = if scopes.iter().all(|grant| grant.granted || !grant.needed) {
        ""
    } else {
        "; some permissions are missing: make a key with the role \"Admin read only\""
    };
    KeyCheck {
        status: KeyStatus::Valid,
        expires_at: roles.expires_at,
        scopes,
        message: format!("The key works{until}{missing}. Nothing is synchronised from Ozon yet."),
        ..blank(now)
    }
}

fn blank(now: DateTime<Utc>) -> KeyCheck {
    KeyCheck {
        marketplace: Marketplace::Ozon,
        status: KeyStatus::Unreachable,
        kind: None,
        expires_at: None,
        scopes: Vec::new(),
        read_only: None,
        seller_name: None,
        message: String::new(),
        checked_at: now,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        let shape = |id: &str, key: &str| check_shape(&id.into(), &key.into());
        let key = "550e8400-e29b-41d4-a716-446655440000";
        assert_eq!(shape(" 123456 ", key), Ok(()));
        for id in ["", "12a", "12345678901234567890"] {
            assert_eq!(shape(id, key), Err(KeyProblem::ClientId), "{id}");
        }
        for text in ["", "550e8400e29b41d4a716446655440000", "550e8400-e29b-41d4-a716-44665544000g"]
        {
            assert_eq!(shape("1", text), Err(KeyProblem::ApiKey), "{text}");
        }
    }

    #[test]
    fn roles_tell_end_and_permissions() {
        let body = r#"{"expires_at":"2026-12-18T09:54:23.296Z","roles":[{"name":"Admin read only","methods":["/v3/product/list","/v1/analytics/stocks"]}]}"#;
        let now = "2026-08-19T12:00:00Z".parse().unwrap();
        let check = valid(&serde_json::from_str(body).unwrap(), now);
        assert_eq!(check.status, KeyStatus::Valid);
        let granted: Vec<_> = check.scopes.iter().map(|grant| grant.granted).collect();
        assert_eq!(granted, [true, true, false, false, false]);
        assert!(
            check.message.contains("valid until 2026-12-18; some permissions"),
            "{}",
            check.message
        );
    }
}

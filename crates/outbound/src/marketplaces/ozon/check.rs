//! What an Ozon key is worth: its shape, then `POST /v1/roles`, which also tells its end and the methods it opens.

use super::{
    client::{Access, Nothing, Ozon},
    methods::Method,
    time::Moment,
};
use crate::marketplaces::{
    failure::{Failure, Reason},
    lenient::{list, text},
};
use chrono::{DateTime, Utc};
use domain::{
    Marketplace, Secret,
    account::{KeyCheck, KeyScope, KeyStatus, ScopeGrant},
};
use serde::Deserialize;
use std::{collections::HashSet, time::Duration};
use uuid::Uuid;

/// A person waits.
const WITHIN: Duration = Duration::from_millis(4_700);

/// Ozon's name for the role that is enough and can change nothing.
const READ_ONLY_ROLE: &str = "Admin read only";

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
    #[serde(default)]
    expires_at: Moment,
    #[serde(default, deserialize_with = "list")]
    roles: Vec<Role>,
}

#[derive(Deserialize)]
struct Role {
    #[serde(default, deserialize_with = "text")]
    name: Option<String>,
    #[serde(default, deserialize_with = "list")]
    methods: Vec<String>,
}

#[derive(Deserialize)]
struct SellerInfo {
    #[serde(default)]
    company: Option<Company>,
}

#[derive(Deserialize)]
struct Company {
    #[serde(default, deserialize_with = "text")]
    name: Option<String>,
    #[serde(default, deserialize_with = "text")]
    legal_name: Option<String>,
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
pub async fn check_key(client: &Ozon, access: &Access<'_>, now: DateTime<Utc>) -> KeyCheck {
    if let Err(problem) = check_shape(access.client_id, access.api_key) {
        let message = format!("This is no Ozon key: {problem}.");
        return KeyCheck { status: KeyStatus::Malformed, message, ..blank(now) };
    }
    let within = Some(WITHIN);
    let (roles, seller) = tokio::join!(
        client.ask_within::<Roles>(access, Method::Roles, &Nothing {}, within),
        client.ask_within::<SellerInfo>(access, Method::SellerInfo, &Nothing {}, within),
    );
    match roles {
        // The name is a nicety.
        Ok(roles) => {
            let seller_name = seller.ok().and_then(|seller| name(seller.value));
            KeyCheck { seller_name, ..valid(&roles.value, now) }
        }
        Err(failure) => refused(&failure, now),
    }
}

fn name(info: SellerInfo) -> Option<String> {
    info.company.and_then(|company| company.name.or(company.legal_name))
}

fn refused(failure: &Failure, now: DateTime<Utc>) -> KeyCheck {
    let said = if failure.text().is_empty() { "no reason given" } else { failure.text() };
    let (status, message) = match failure.reason() {
        Reason::KeyRefused
        | Reason::NotPermitted { .. }
        | Reason::NotFound
        | Reason::Disabled
        | Reason::OurFault => (
            KeyStatus::Invalid,
            format!(
                "Ozon refuses the key: it is wrong, expired, deactivated, bound to other addresses, or the shop has not \
                 accepted Ozon's offer ({said})."
            ),
        ),
        _ => (
            KeyStatus::Unreachable,
            format!(
                "Ozon gave no answer ({failure}): the key is kept and will be checked at the next sync."
            ),
        ),
    };
    KeyCheck { status, message, ..blank(now) }
}

fn valid(roles: &Roles, now: DateTime<Utc>) -> KeyCheck {
    let opened: HashSet<&str> =
        roles.roles.iter().flat_map(|role| role.methods.iter().map(String::as_str)).collect();
    let methods =
        |scope| Method::ALL.into_iter().filter(move |method| method.scope() == Some(scope));
    let scopes: Vec<ScopeGrant> = KeyScope::ALL
        .into_iter()
        .map(|scope| ScopeGrant {
            scope,
            granted: methods(scope).all(|method| opened.contains(method.path())),
            needed: scope != KeyScope::Prices,
        })
        .collect();
    let until = roles
        .expires_at
        .0
        .map_or(String::new(), |end| format!(", valid until {}", end.date_naive()));
    let missing = if scopes.iter().all(|grant| grant.granted || !grant.needed) {
        String::new()
    } else {
        format!("; some permissions are missing: make a key with the role \"{READ_ONLY_ROLE}\"")
    };
    // Which of hundreds of methods change something can't be told; the one role that changes nothing has a name.
    let read_only = roles.roles.iter().all(|role| role.name.as_deref() == Some(READ_ONLY_ROLE));
    KeyCheck {
        status: KeyStatus::Valid,
        expires_at: roles.expires_at.0,
        scopes,
        read_only: (read_only && !roles.roles.is_empty()).then_some(true),
        message: format!("The key works{until}{missing}."),
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

    fn read(body: &str) -> KeyCheck {
        let now = "2026-08-19T12:00:00Z".parse().unwrap();
        valid(&serde_json::from_str(body).unwrap(), now)
    }

    // In the shape of the contract of 2026-06-11.
    #[test]
    fn roles_tell_end_and_permissions() {
        let check = read(
            r#"{"expires_at":"2026-12-18T09:54:23.296Z","roles":[{"name":"Product","methods":["/v3/product/list",
            "/v3/product/info/list","/v4/product/info/attributes","/v1/analytics/stocks"]}]}"#,
        );
        assert_eq!(check.status, KeyStatus::Valid);
        assert!(check.expires_at.is_some());
        let granted: Vec<_> = check.scopes.iter().map(|grant| grant.granted).collect();
        // Analytics lack turnover and the stock by warehouse.
        assert_eq!(granted, [true, false, false, false, false]);
        assert!(check.message.contains("valid until 2026-12-18; some permissions"));
        assert_eq!(check.read_only, None);
    }

    #[test]
    fn the_role_that_is_enough_is_enough() {
        let methods: Vec<_> = Method::ALL.iter().map(|method| method.path()).collect();
        let body = serde_json::json!({ "expires_at": null, "roles": [{ "name": READ_ONLY_ROLE, "methods": methods }] });
        let check = read(&body.to_string());
        assert!(check.scopes.iter().all(|grant| grant.granted), "{check:?}");
        assert_eq!((check.read_only, check.message.as_str()), (Some(true), "The key works."));
    }
}

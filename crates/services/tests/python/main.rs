//! Ours beside the libraries of the original service, the real ones from the package index: what each side makes, the other takes.
//!
//! `cargo xtask test` installs them and names their interpreter in `TEST_PYTHON`; without it these tests say that they
//! were left out.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use chrono::{DateTime, Utc};
use domain::{Role, SessionId, TenantId, UserId};
use serde_json::{Value, json};
use services::{
    Hasher, TokenKeys, Tokens, Vault,
    tokens::{AccessClaims, Person, RefreshClaims},
};
use std::{
    io::Write,
    path::Path,
    process::{Command, Stdio},
};
use uuid::Uuid;

/// Asks the script one thing; `None` where there is no Python to ask.
fn ask(what: &str, input: &Value) -> Option<Value> {
    let Some(python) = std::env::var_os("TEST_PYTHON") else {
        eprintln!("left out: TEST_PYTHON is not set; `cargo xtask test` sets it");
        return None;
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/python/libraries.py");
    let mut child = Command::new(python)
        .arg(script)
        .arg(what)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("TEST_PYTHON names an interpreter");
    child.stdin.take().unwrap().write_all(input.to_string().as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{what}: the script failed; its words are above");
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

mod python {
    use super::*;

    const KEY: &str = "a secret key of this test: ключ and 32 bytes";
    const OLD: &str = "the key that was used before it: 32 bytes";

    fn tokens(list: &str) -> Tokens {
        let keys = TokenKeys::hs256(&list.into()).unwrap();
        Tokens::new(keys, "stock-tracker", "stock-tracker-api")
    }

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_789_462_800, 0).unwrap()
    }

    fn person() -> Person {
        let id = Uuid::from_u128;
        Person { user: UserId(id(1)), tenant: TenantId(id(2)), role: Role::Admin }
    }

    fn access(tokens: &Tokens) -> String {
        tokens.access(&person(), SessionId(Uuid::from_u128(3)), Uuid::from_u128(4), now()).unwrap()
    }

    #[test]
    fn pyjwt_verifies_our_tokens() {
        let refresh = tokens(KEY).refresh(
            person().user,
            SessionId(Uuid::from_u128(3)),
            Uuid::from_u128(5).into(),
            now(),
            now() + chrono::TimeDelta::days(30),
        );
        let asked = json!({
            "key": KEY, "wrong_key": OLD, "issuer": "stock-tracker", "audience": "stock-tracker-api",
            "tokens": [access(&tokens(KEY)), refresh.unwrap()],
        });
        let Some(answer) = ask("jwt-verify", &asked) else { return };
        let claims = &answer["claims"][0];
        assert_eq!((&claims["type"], &claims["role"]), (&json!("access"), &json!("admin")));
        assert_eq!(claims["sub"], person().user.to_string());
        assert_eq!(claims["tenant_id"], person().tenant.to_string());
        assert_eq!(claims["exp"], now().timestamp() + 900);
        assert_eq!(answer["claims"][1]["type"], "refresh");
        assert_eq!(answer["headers"][0]["typ"], "at+jwt");
        assert_eq!(answer["refused_with_the_wrong_key"], json!([true, true]));
        assert_eq!(answer["refused_for_another_audience"], json!([true, true]));
    }

    #[test]
    fn we_verify_the_tokens_of_pyjwt_and_only_fitting_ones() {
        // Whatever ours says, signed by the other library.
        let verified: AccessClaims = tokens(KEY).verify(&access(&tokens(KEY)), now()).unwrap();
        let kid = |token: &str| {
            use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
            let header = URL_SAFE_NO_PAD.decode(token.split('.').next().unwrap()).unwrap();
            serde_json::from_slice::<Value>(&header).unwrap()["kid"].clone()
        };
        let asked = json!({
            "claims": serde_json::to_value(&verified).unwrap(),
            "key": KEY, "old_key": OLD,
            "kid": kid(&access(&tokens(KEY))), "old_kid": kid(&access(&tokens(OLD))),
        });
        let Some(answer) = ask("jwt-sign", &asked) else { return };
        let both = tokens(&format!("{KEY},{OLD}"));
        let takes = |tokens: &Tokens, name: &str| {
            tokens.verify::<AccessClaims>(answer[name].as_str().unwrap(), now())
        };
        assert_eq!(takes(&tokens(KEY), "good"), Some(verified));
        assert!(takes(&both, "old").is_some(), "a key that was rotated still verifies");
        assert!(takes(&tokens(KEY), "old").is_none(), "a key that is gone does not");
        for name in ["none", "hs512", "expired", "refresh_type", "no_typ", "jku", "other_kid"] {
            assert!(takes(&both, name).is_none(), "{name}");
        }
        let refresh = answer["refresh_type"].as_str().unwrap();
        assert!(both.verify::<RefreshClaims>(refresh, now()).is_none(), "the header says access");
    }

    #[tokio::test]
    async fn bcrypt_hashes_go_both_ways() {
        let hasher = Hasher::new(4);
        let longest = "ж".repeat(36);
        let passwords = ["correct horse battery", "пароль с пробелами", longest.as_str()];
        let mut ours = Vec::new();
        for password in passwords {
            ours.push(hasher.rehash(password.into()).await.unwrap());
        }
        let asked = json!({ "passwords": passwords, "hashes": ours });
        let Some(answer) = ask("bcrypt", &asked) else { return };
        assert_eq!(answer["checked"], json!([true, true, true]), "bcrypt takes our hashes");
        assert_eq!(answer["wrong_checked"], json!([false, false, false]));
        for (password, theirs) in passwords.iter().zip(answer["hashes"].as_array().unwrap()) {
            for theirs in theirs.as_array().unwrap() {
                let theirs = theirs.as_str().unwrap().to_owned();
                let right = hasher.verify((*password).into(), Some(theirs.clone())).await.unwrap();
                assert!(right, "{password} {theirs}");
                let wrong = hasher.verify("another".into(), Some(theirs.clone())).await.unwrap();
                assert!(!wrong, "{theirs}");
                let is_todays = theirs.starts_with("$2b$04$");
                assert_eq!(hasher.is_outdated(&theirs), !is_todays, "{theirs}");
            }
        }
    }

    #[test]
    fn fernet_tokens_go_both_ways_and_the_first_key_encrypts() {
        let (new, old) = (
            "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=",
            "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        );
        let tenant = TenantId(Uuid::from_u128(2));
        let vault = |list: &str| Vault::new(&list.into()).unwrap();
        let seal = |list: &str| vault(list).seal(tenant, "wildberries_api_key", &"ключ".into());
        let asked = json!({
            "new": new, "old": old, "by_old": seal(old), "by_both": seal(&format!("{new},{old}")),
            "plain": json!({"tenant": tenant, "field": "wildberries_api_key", "value": "ключ"}).to_string(),
        });
        let Some(answer) = ask("fernet", &asked) else { return };
        // MultiFernet reads what either key sealed; a list seals with its first.
        assert_eq!(answer["opened_by_both"], json!([true, true]));
        assert_eq!(answer["opened_by_new"], json!([false, true]));
        assert_eq!(answer["opened_by_old"], json!([true, false]));
        let opens = |list: &str, name: &str| {
            let token = answer[name].as_str().unwrap();
            vault(list).open(tenant, "wildberries_api_key", token) == Ok("ключ".into())
        };
        assert!(opens(new, "theirs") && !opens(old, "theirs"), "theirs is sealed with its first");
        assert!(opens(&format!("{old},{new}"), "theirs"));
        assert!(opens(new, "rotated") && !opens(old, "rotated"), "MultiFernet.rotate seals anew");
        assert!(!opens(new, "tampered"));
    }
}

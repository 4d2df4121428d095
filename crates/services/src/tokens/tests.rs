//! Hostile tokens: each is refused, and a good one made the same way is not.

use super::*;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, crypto};

const KEY: &str = "the first secret key of this test";
const OLD: &str = "the key that was used before it";

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_789_462_800, 0).unwrap()
}

fn tokens(list: &str) -> Tokens {
    Tokens::new(TokenKeys::hs256(&list.into()).unwrap(), "iss", "aud")
}

fn person() -> Person {
    let id = Uuid::from_u128;
    Person { user: UserId(id(1)), tenant: TenantId(id(2)), role: Role::Owner }
}

fn session() -> SessionId {
    SessionId(Uuid::from_u128(3))
}

fn access(tokens: &Tokens) -> String {
    tokens.access(&person(), session(), Uuid::from_u128(4), now()).unwrap()
}

fn parts(token: &str) -> (serde_json::Value, serde_json::Value) {
    let mut parts = token.split('.').map(|part| URL_SAFE_NO_PAD.decode(part).unwrap());
    let mut next = || serde_json::from_slice(&parts.next().unwrap()).unwrap();
    (next(), next())
}

/// Signs any text at all with our own key.
fn forge(header: &str, claims: &str, key: &str, algorithm: Algorithm) -> String {
    let message = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
    let key = EncodingKey::from_secret(key.as_bytes());
    let signature = crypto::sign(message.as_bytes(), &key, algorithm).unwrap();
    format!("{message}.{signature}")
}

fn good() -> (String, String) {
    let (header, claims) = parts(&access(&tokens(KEY)));
    (header.to_string(), claims.to_string())
}

fn is_access(token: &str) -> bool {
    tokens(KEY).verify::<AccessClaims>(token, now()).is_some()
}

/// The header with one more or another field.
fn header_with(name: &str, value: serde_json::Value) -> String {
    let mut header: serde_json::Value = serde_json::from_str(&good().0).unwrap();
    header[name] = value;
    header.to_string()
}

fn claims_with(name: &str, value: serde_json::Value) -> String {
    let mut claims: serde_json::Value = serde_json::from_str(&good().1).unwrap();
    claims[name] = value;
    claims.to_string()
}

#[test]
fn an_access_token_says_what_the_contract_says() {
    let (header, claims) = parts(&access(&tokens(KEY)));
    assert_eq!(header["alg"], "HS256");
    assert_eq!(header["typ"], "at+jwt");
    assert_eq!(header["kid"].as_str().unwrap().len(), 16);
    for name in
        ["sub", "tenant_id", "role", "type", "iat", "exp", "nbf", "jti", "iss", "aud", "sid"]
    {
        assert!(!claims[name].is_null(), "{name}");
    }
    assert_eq!(claims["type"], "access");
    assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 900);
    let (header, claims) = good();
    assert!(is_access(&forge(&header, &claims, KEY, Algorithm::HS256)), "the forge works");
}

#[test]
fn headers_that_try_something_are_refused() {
    let (header, claims) = good();
    let kid = parts(&access(&tokens(KEY))).0["kid"].clone();
    let twice = header.replacen('{', r#"{"alg":"HS256","#, 1);
    let cases = [
        ("alg none", header_with("alg", "none".into())),
        ("alg None", header_with("alg", "None".into())),
        ("another of the family", header_with("alg", "HS512".into())),
        ("RS for HS", header_with("alg", "RS256".into())),
        ("EdDSA", header_with("alg", "EdDSA".into())),
        ("no kid", r#"{"alg":"HS256","typ":"at+jwt"}"#.to_owned()),
        ("kid as a path", header_with("kid", "../../dev/null".into())),
        ("kid as SQL", header_with("kid", "' or 1=1 --".into())),
        ("kid as a list", header_with("kid", serde_json::json!([kid]))),
        ("plain typ", header_with("typ", "JWT".into())),
        ("typ of a session", header_with("typ", "session+jwt".into())),
        ("jwk", header_with("jwk", serde_json::json!({"kty": "oct", "k": "AA"}))),
        ("jku", header_with("jku", "https://evil.example/keys".into())),
        ("x5u", header_with("x5u", "https://evil.example/cert".into())),
        ("x5c", header_with("x5c", serde_json::json!(["AA"]))),
        ("crit", header_with("crit", serde_json::json!(["b64"]))),
        ("b64", header_with("b64", false.into())),
        ("zip", header_with("zip", "DEF".into())),
        ("alg twice", twice),
        ("no object", "[]".into()),
    ];
    for (name, header) in cases {
        assert!(!is_access(&forge(&header, &claims, KEY, Algorithm::HS256)), "{name}");
    }
    let other = forge(&header_with("alg", "HS512".into()), &claims, KEY, Algorithm::HS512);
    assert!(!is_access(&other), "signed with another algorithm of the family");
}

#[test]
fn claims_that_do_not_fit_are_refused() {
    let (header, claims) = good();
    let at = now().timestamp();
    let cases = [
        ("another issuer", claims_with("iss", "evil".into())),
        ("another audience", claims_with("aud", "other".into())),
        ("several audiences", claims_with("aud", serde_json::json!(["aud", "other"]))),
        ("a refresh token", claims_with("type", "refresh".into())),
        ("expired", claims_with("exp", (at - 5).into())),
        ("not yet", claims_with("nbf", (at + 6).into())),
        ("expiry as text", claims_with("exp", "9999999999".into())),
        ("expiry as a fraction", claims_with("exp", 1e300.into())),
        ("no expiry", claims_with("exp", serde_json::Value::Null)),
        ("no such role", claims_with("role", "root".into())),
        ("no person", claims_with("sub", "1".into())),
        ("expiry twice", claims.replacen('{', r#"{"exp":9999999999,"#, 1)),
        ("no JSON", "claims".into()),
    ];
    for (name, claims) in cases {
        assert!(!is_access(&forge(&header, &claims, KEY, Algorithm::HS256)), "{name}");
    }
    for (name, claims) in [
        ("expired within the leeway", claims_with("exp", (at - 4).into())),
        ("early within the leeway", claims_with("nbf", (at + 5).into())),
    ] {
        assert!(is_access(&forge(&header, &claims, KEY, Algorithm::HS256)), "{name}");
    }
}

#[test]
fn mangled_tokens_are_refused() {
    let token = access(&tokens(KEY));
    let (message, signature) = token.rsplit_once('.').unwrap();
    for mangled in [
        String::new(),
        ".".into(),
        "..".into(),
        message.to_owned(),
        format!("{message}."),
        format!("{message}.{signature}x"),
        format!("{token}.{signature}"),
        format!(" {token}"),
        token.replace('.', "=."),
        token.to_uppercase(),
        "x".repeat(100_000),
        format!("{message}.{}", signature.chars().rev().collect::<String>()),
    ] {
        assert!(!is_access(&mangled), "{mangled:.60}");
    }
}

#[test]
fn no_kind_of_token_passes_for_another() {
    let tokens = tokens(KEY);
    let access = access(&tokens);
    let refresh = tokens
        .refresh(
            person().user,
            session(),
            RefreshTokenId(Uuid::from_u128(5)),
            now(),
            now() + REFRESH_LIFETIME,
        )
        .unwrap();
    let cookie = tokens.session(person().user, session(), now()).unwrap().jwt;
    let kinds = |token: &str| {
        [
            tokens.verify::<AccessClaims>(token, now()).is_some(),
            tokens.verify::<RefreshClaims>(token, now()).is_some(),
            tokens.verify::<SessionClaims>(token, now()).is_some(),
        ]
    };
    assert_eq!(kinds(&access), [true, false, false]);
    assert_eq!(kinds(&refresh), [false, true, false]);
    assert_eq!(kinds(cookie.expose()), [false, false, true]);
}

#[test]
fn a_refresh_token_is_the_same_bytes_again() {
    let sign = || {
        let id = RefreshTokenId(Uuid::from_u128(5));
        tokens(KEY).refresh(person().user, session(), id, now(), now() + REFRESH_LIFETIME).unwrap()
    };
    assert_eq!(sign(), sign());
}

#[test]
fn keys_are_rotated_while_serving() {
    let old = access(&tokens(OLD));
    let both = tokens(&format!("{KEY},{OLD}"));
    assert!(both.verify::<AccessClaims>(&old, now()).is_some());
    assert!(is_access(&access(&both)), "the first key signs");
    assert!(!is_access(&old), "a key that is gone verifies nothing");
    // The old key's name over the new key's signature, and the other way round.
    let (header, claims) = parts(&old);
    let mixed = forge(&header.to_string(), &claims.to_string(), KEY, Algorithm::HS256);
    assert!(both.verify::<AccessClaims>(&mixed, now()).is_none());
}

#[test]
fn lists_of_keys_are_checked_and_never_printed() {
    assert_eq!(TokenKeys::hs256(&"".into()).err(), Some(TokenKeysProblem::Empty));
    assert_eq!(TokenKeys::hs256(&"a,,b".into()).err(), Some(TokenKeysProblem::Empty));
    assert_eq!(TokenKeys::hs256(&"a,b,a".into()).err(), Some(TokenKeysProblem::Twice));
    let printed = format!("{:?}", tokens(KEY));
    assert!(!printed.contains("secret key"), "{printed}");
}

#[test]
fn fingerprints_depend_on_key_purpose_and_value() {
    let one = tokens(KEY).fingerprint("a", "x").unwrap();
    assert_eq!(tokens(KEY).fingerprint("a", "x").unwrap(), one);
    assert_ne!(tokens(KEY).fingerprint("b", "x").unwrap(), one);
    assert_ne!(tokens(KEY).fingerprint("a", "y").unwrap(), one);
    assert_ne!(tokens(OLD).fingerprint("a", "x").unwrap(), one);
}

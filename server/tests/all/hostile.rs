//! Every token of `hostile_jwts.json` at both doors: 401, and a good one made the same way is let in.
//!
//! An entry changes a good token's header and claims (`header`, `claims`, `without_…`, or the whole text in `raw_…`),
//! says who signs (`sign`), and how the result is mangled. `{…}` in its texts is filled in here.

use crate::common::{App, Person, claims, person};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, crypto};
use reqwest::{Method, StatusCode};
use rsa::{RsaPrivateKey, pkcs1::DecodeRsaPrivateKey, pkcs8::EncodePublicKey};
use serde_json::{Value, json};
use services::{
    TokenKeys, Tokens,
    tokens::{TokenKey, TokenKeysProblem},
};
use store::testing::TestStore;

pub const RSA: &str = include_str!("../fixtures/only_for_tests_rsa.pem");
pub const ED25519: &str = include_str!("../fixtures/only_for_tests_ed25519.pem");
const SHORT_RSA: &str = include_str!("../fixtures/only_for_tests_short_rsa.pem");
const P256: &str = include_str!("../fixtures/only_for_tests_p256.pem");

/// What `services::testing::parts` signs with: the first of its list, which ends at the comma.
pub const SECRET: &str = "a test's secret key";

const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// All three kinds of keys, the one with this PEM, or the secret, first.
pub fn keys(first: Option<&str>) -> TokenKeys {
    let secret = || TokenKey::hs256(&SECRET.into()).unwrap();
    let pem = |text: &str| TokenKey::pem(&text.into()).unwrap();
    TokenKeys::new(match first {
        None => vec![secret(), pem(RSA), pem(ED25519)],
        Some(RSA) => vec![pem(RSA), secret(), pem(ED25519)],
        Some(_) => vec![pem(ED25519), pem(RSA), secret()],
    })
    .unwrap()
}

pub fn tokens(keys: TokenKeys) -> Tokens {
    Tokens::new(keys, "stock-tracker", "stock-tracker-api")
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Door {
    Bearer,
    Cookie,
}

/// One door with a good token for it.
struct At<'a> {
    app: &'a App,
    door: Door,
    good: String,
    other_door: String,
    anna: Person,
    stranger: Person,
}

impl At<'_> {
    async fn ask(&self, token: &str) -> StatusCode {
        let call = self.app.call(Method::GET, "/api/v1/tenants/me");
        let call = match self.door {
            Door::Bearer => call.header("authorization", format!("Bearer {token}")),
            Door::Cookie => call.header("cookie", format!("session={token}")),
        };
        call.send().await.unwrap().status()
    }

    fn fill(&self, text: &str) -> String {
        let public = self.app.services.tokens.public_keys();
        let kid = |kty: &str| public.keys.iter().find(|key| key.kty == kty).unwrap().kid.clone();
        let secret = TokenKey::hs256(&SECRET.into()).unwrap().kid().to_owned();
        let wide = |c: char| char::from_u32(u32::from(c) + 0xfee0).unwrap();
        let other = if self.door == Door::Bearer { "session" } else { "access" };
        text.replace("{rsa}", &kid("RSA"))
            .replace("{ed}", &kid("OKP"))
            .replace("{hs}", &secret)
            .replace("{HS}", &format!("{}A", secret.to_uppercase()))
            .replace("{hs_wide}", &secret.chars().map(wide).collect::<String>())
            .replace("{ed_x}", public.keys.iter().find_map(|key| key.x.as_deref()).unwrap())
            .replace("{other_type}", other)
            .replace("{stranger_sid}", claims(&self.stranger.access)["sid"].as_str().unwrap())
            .replace("{8k}", &"x".repeat(8192))
    }

    fn filled(&self, value: &Value) -> Value {
        let now = self.app.services.clock.now().timestamp();
        match value.as_str() {
            Some("{now-6}") => json!(now - 6),
            Some("{now+6}") => json!(now + 6),
            _ => serde_json::from_str(&self.fill(&value.to_string())).unwrap(),
        }
    }

    fn build(&self, case: &Value) -> String {
        if let Some(kind) = case["instead"].as_str() {
            return match kind {
                "refresh" => self.anna.refresh.clone(),
                _ => self.other_door.clone(),
            };
        }
        let mut header = part(&self.good, 0);
        let mut body = part(&self.good, 1);
        change(&mut header, case, "header", |value| self.filled(value));
        change(&mut body, case, "claims", |value| self.filled(value));
        if let Some(depth) = case["nested"].as_u64() {
            let depth = usize::try_from(depth).unwrap();
            body.as_object_mut().unwrap().remove("sub");
            let nested = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
            let body = body.to_string().replacen('{', &format!("{{\"sub\":{nested},"), 1);
            return sign(&header.to_string(), &body, "ours", self);
        }
        let header = raw(case, "raw_header", &header).unwrap_or_else(|| header.to_string());
        let signer = case["sign"].as_str().unwrap_or("ours");
        let Some(how) = case["mangle"].as_str() else {
            let body = raw(case, "raw_claims", &body).unwrap_or_else(|| body.to_string());
            return sign(&header, &body, signer, self);
        };
        // Some manglings need a signature with certain characters in it.
        (0..1000)
            .map(|pad| {
                body["pad"] = json!(pad);
                sign(&header, &body.to_string(), signer, self)
            })
            .find_map(|token| Some(mangle(&token, how)).filter(|mangled| *mangled != token))
            .unwrap()
    }
}

fn part(token: &str, at: usize) -> Value {
    let bytes = URL_SAFE_NO_PAD.decode(token.split('.').nth(at).unwrap()).unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

fn change(object: &mut Value, case: &Value, name: &str, filled: impl Fn(&Value) -> Value) {
    for (field, value) in case[name].as_object().into_iter().flatten() {
        object[field] = filled(value);
    }
    for field in case[format!("without_{name}")].as_array().into_iter().flatten() {
        object.as_object_mut().unwrap().remove(field.as_str().unwrap()).unwrap();
    }
}

/// The whole text of a part: `{rest}` is the good one without its opening brace.
fn raw(case: &Value, name: &str, good: &Value) -> Option<String> {
    let mut without = good.clone();
    without.as_object_mut().unwrap().remove("exp");
    let text = case[name].as_str()?;
    Some(
        text.replace("{rest}", &good.to_string()[1..])
            .replace("{rest_without_exp}", &without.to_string()[1..])
            .replace("{claims}", &good.to_string()),
    )
}

fn sign(header: &str, body: &str, signer: &str, at: &At<'_>) -> String {
    let message = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(body));
    let public = at.app.services.tokens.public_keys();
    let jwk = |kty: &str| public.keys.iter().find(|key| key.kty == kty).unwrap().clone();
    let bytes = |text: Option<String>| URL_SAFE_NO_PAD.decode(text.unwrap()).unwrap();
    let secret = EncodingKey::from_secret;
    let rsa = || EncodingKey::from_rsa_pem(RSA.as_bytes()).unwrap();
    let (key, algorithm) = match signer {
        "nothing" => return format!("{message}."),
        "ours" => (secret(SECRET.as_bytes()), Algorithm::HS256),
        "hs384" => (secret(SECRET.as_bytes()), Algorithm::HS384),
        "hs512" => (secret(SECRET.as_bytes()), Algorithm::HS512),
        "empty" => (secret(b""), Algorithm::HS256),
        "zero" => (secret(b"\0"), Algorithm::HS256),
        "a" => (secret(b"a"), Algorithm::HS256),
        "rsa_public_pem" => (secret(public_pem().as_bytes()), Algorithm::HS256),
        "rsa_modulus" => (secret(&bytes(jwk("RSA").n)), Algorithm::HS256),
        "rsa_jwk" => (secret(&serde_json::to_vec(&jwk("RSA")).unwrap()), Algorithm::HS256),
        "ed_point" => (secret(&bytes(jwk("OKP").x)), Algorithm::HS256),
        "rs256" => (rsa(), Algorithm::RS256),
        "ps256" => (rsa(), Algorithm::PS256),
        "stranger" => (EncodingKey::from_rsa_pem(SHORT_RSA.as_bytes()).unwrap(), Algorithm::RS256),
        "eddsa" => (EncodingKey::from_ed_pem(ED25519.as_bytes()).unwrap(), Algorithm::EdDSA),
        other => panic!("who is {other}?"),
    };
    format!("{message}.{}", crypto::sign(message.as_bytes(), &key, algorithm).unwrap())
}

fn public_pem() -> String {
    let key = RsaPrivateKey::from_pkcs1_pem(RSA).unwrap().to_public_key();
    key.to_public_key_pem(rsa::pkcs8::LineEnding::LF).unwrap()
}

fn mangle(token: &str, how: &str) -> String {
    let (message, signature) = token.rsplit_once('.').unwrap();
    let (header, body) = message.split_once('.').unwrap();
    let last = signature.chars().last().unwrap();
    let next = |c: char| ALPHABET.chars().nth((ALPHABET.find(c).unwrap() + 1) % 64).unwrap();
    let cut = &signature[..signature.len() - 1];
    match how {
        "strip" => format!("{message}."),
        "two_parts" => message.to_owned(),
        "flip" => {
            format!("{message}.{}{}", next(signature.chars().next().unwrap()), &signature[1..])
        }
        "cut" => format!("{message}.{}", &signature[..signature.len() - 4]),
        "longer" => format!("{token}AAAA"),
        "other_message" => format!("{header}.{}.{signature}", URL_SAFE_NO_PAD.encode("{}")),
        "pad_signature" => format!("{token}="),
        "pad_header" => format!("{header}==.{body}.{signature}"),
        "standard_alphabet" => token.replace('-', "+").replace('_', "/"),
        // 32 bytes leave two bits of the last character unused.
        "loose_bits" => format!("{message}.{cut}{}", next(last)),
        "space_inside" => format!("{header}. {body}.{signature}"),
        "tab_inside" => format!("{header}.{body}\t.{signature}"),
        "five_parts" => format!("{header}.{body}.{signature}.{body}.{signature}"),
        "four_parts" => format!("{header}.{body}.{body}.{signature}"),
        "one_part" => header.to_owned(),
        "dots" => "..".to_owned(),
        "json" => json!({"protected": header, "payload": body, "signature": signature}).to_string(),
        "percent" => token.replace('.', "%2E"),
        "capitals" => token.to_uppercase(),
        "long" => format!("{message}.{}", signature.repeat(8192 / signature.len() + 1)),
        other => panic!("how is {other}?"),
    }
}

async fn every_hostile_token_gets_401_at_both_doors(test: TestStore) {
    let app = App::start_with(test, |parts| parts.tokens = tokens(keys(None))).await;
    let anna = app.register("anna@example.com").await;
    let stranger = app.register("boris@example.com").await;
    let cookie = app.browser("anna@example.com").await;
    let cookie = cookie.strip_prefix("session=").unwrap().to_owned();
    let cases: Vec<Value> = serde_json::from_str(include_str!("../hostile_jwts.json")).unwrap();
    assert!(cases.len() > 100);
    for door in [Door::Bearer, Door::Cookie] {
        let (good, other_door) = match door {
            Door::Bearer => (anna.access.clone(), cookie.clone()),
            Door::Cookie => (cookie.clone(), anna.access.clone()),
        };
        let (anna, stranger) = (anna.clone(), stranger.clone());
        let at = At { app: &app, door, good, other_door, anna, stranger };
        assert_eq!(at.ask(&at.good).await, 200, "{door:?}");
        assert_eq!(at.ask(&at.build(&json!({}))).await, 200, "{door:?}: what is built is good");
        let padded = json!({"claims": {"pad": 1}});
        assert_eq!(at.ask(&at.build(&padded)).await, 200, "{door:?}: and so is a claim more");
        for (kid, signer) in [("{rsa}", "rs256"), ("{ed}", "eddsa")] {
            let alg = if signer == "rs256" { "RS256" } else { "EdDSA" };
            let good = json!({"header": {"alg": alg, "kid": kid}, "sign": signer});
            assert_eq!(at.ask(&at.build(&good)).await, 200, "{door:?} {signer}");
        }
        for case in &cases {
            let (name, why) = (case["name"].as_str().unwrap(), case["why"].as_str().unwrap());
            assert_eq!(at.ask(&at.build(case)).await, 401, "{door:?}: {name} ({why})");
        }
    }
}

async fn switching_to_asymmetric_keys_logs_nobody_out(test: TestStore) {
    let app = App::start(test).await;
    let anna = app.register("anna@example.com").await;
    let none: Value = app.call(Method::GET, JWKS).send().await.unwrap().json().await.unwrap();
    assert_eq!(none, json!({"keys": []}), "no word of a secret key");
    for (first, alg) in [(RSA, "RS256"), (ED25519, "EdDSA")] {
        app.services.tokens.replace_keys(keys(Some(first)));
        assert_eq!(app.get("/api/v1/tenants/me", &anna).await.status(), 200, "{alg}");
        let body = json!({"email": "anna@example.com", "password": crate::common::PASSWORD});
        let pair: Value = app.post("/api/v1/auth/login", body).await.json().await.unwrap();
        let signed = person(&pair);
        assert_eq!(part(&signed.access, 0)["alg"], alg);
        assert_eq!(app.get("/api/v1/tenants/me", &signed).await.status(), 200, "{alg}");
        let answer = app.post("/api/v1/auth/refresh", json!({"refresh_token": signed.refresh}));
        assert_eq!(answer.await.status(), 200, "{alg}");
        let answer = app.call(Method::GET, JWKS).send().await.unwrap();
        assert_eq!(answer.headers()["cache-control"], "public, max-age=300");
        let set: Value = answer.json().await.unwrap();
        let keys = set["keys"].as_array().unwrap();
        assert_eq!(keys.len(), 2, "the public ones only: {set}");
        assert!(keys.iter().any(|key| key["kid"] == part(&signed.access, 0)["kid"]));
        for private in ["d", "p", "q", "dp", "dq", "qi", "k"] {
            assert!(keys.iter().all(|key| key.get(private).is_none()), "{private}: {set}");
        }
        // Another program needs nothing but the set.
        let jwk = keys.iter().find(|key| key["alg"] == alg).unwrap();
        let jwk: jsonwebtoken::jwk::Jwk = serde_json::from_value(jwk.clone()).unwrap();
        let (message, signature) = signed.access.rsplit_once('.').unwrap();
        let verifying = jsonwebtoken::DecodingKey::from_jwk(&jwk).unwrap();
        let algorithm = if alg == "RS256" { Algorithm::RS256 } else { Algorithm::EdDSA };
        assert!(crypto::verify(signature, message.as_bytes(), &verifying, algorithm).unwrap());
    }
    let answer = app.post("/api/v1/auth/refresh", json!({"refresh_token": anna.refresh})).await;
    assert_eq!(answer.status(), 200, "what SECRET_KEY has signed is exchanged");
}

const JWKS: &str = "/.well-known/jwks.json";

#[test]
fn keys_that_are_none_of_ours_are_refused_without_a_word_of_them() {
    let refused = |text: &str| TokenKey::pem(&text.into()).unwrap_err();
    assert_eq!(refused(SHORT_RSA), TokenKeysProblem::Short);
    let armoured = format!("-----BEGIN CERTIFICATE-----\n{}", &RSA[32..]);
    for text in [P256, &public_pem(), "", "nonsense", &armoured] {
        assert_eq!(refused(text), TokenKeysProblem::NotAPrivateKey, "{text:.40}");
    }
    let twice = vec![TokenKey::pem(&RSA.into()).unwrap(); 2];
    assert_eq!(TokenKeys::new(twice).unwrap_err(), TokenKeysProblem::Twice);
}

store::on_both_engines!(
    every_hostile_token_gets_401_at_both_doors,
    switching_to_asymmetric_keys_logs_nobody_out,
);

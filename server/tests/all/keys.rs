//! Keys that change while the program serves, and stored secrets that follow them.

use crate::common::{App, PASSWORD, person};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use serde_json::{Value, json};
use server::{
    config::Config,
    keys::{Algorithm, Keys, MASTER_FILE, SIGNING_FILE, make, ring, watch::Watch},
};
use services::{Tokens, Vault, operator};
use std::fs;
use store::{Reason, testing::TestStore};

fn kid(token: &str) -> String {
    let header = URL_SAFE_NO_PAD.decode(token.split('.').next().unwrap()).unwrap();
    let header: Value = serde_json::from_slice(&header).unwrap();
    header["kid"].as_str().unwrap().to_owned()
}

async fn sign_in(app: &App) -> crate::common::Person {
    let body = json!({"email": "anna@example.com", "password": PASSWORD});
    person(&app.post("/api/v1/auth/login", body).await.json().await.unwrap())
}

async fn rotating_while_serving_logs_nobody_out(test: TestStore) {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let config = Config::from_flags(["--data-dir", folder.to_str().unwrap()]).unwrap();
    let keys = Keys::load(&config).unwrap();
    let app = App::start_with(test, |parts| {
        parts.tokens = Tokens::new(keys.tokens.clone(), "stock-tracker", "stock-tracker-api");
        parts.vault = Vault::new(&keys.master).unwrap();
    })
    .await;
    let mut watch = Watch::new(&config);
    let old = app.register("anna@example.com").await;
    assert!(!watch.look(&app.services), "nothing has changed");

    for algorithm in [Algorithm::Hs256, Algorithm::Eddsa] {
        let new = make::key(algorithm).unwrap();
        let done = ring::rotate(folder, &new, app.services.clock.now()).unwrap();
        assert!(watch.look(&app.services), "it notices by itself");
        let early = sign_in(&app).await;
        assert_ne!(kid(&early.access), done.kid, "first every copy of the server hears of it");
        app.services.clock.advance(ring::SETTLES);
        let late = sign_in(&app).await;
        assert_eq!(kid(&late.access), done.kid, "then it signs");
        for person in [&old, &early, &late] {
            assert_eq!(app.get("/api/v1/tenants/me", person).await.status(), 200);
        }
    }
    let answer = app.post("/api/v1/auth/refresh", json!({"refresh_token": old.refresh})).await;
    assert_eq!(answer.status(), 200, "what the first key has signed is exchanged");

    fs::write(folder.join(SIGNING_FILE), "half a li ne").unwrap();
    assert!(!watch.look(&app.services), "what can't be read changes nothing");
    assert_eq!(sign_in(&app).await.tenant, old.tenant);

    app.services.clock.advance(TimeDelta::minutes(1));
    let text = make::key(Algorithm::Hs256).unwrap().text().expose().to_owned();
    fs::write(folder.join(SIGNING_FILE), text).unwrap();
    assert!(watch.look(&app.services));
    let gone = app.get("/api/v1/tenants/me", &old).await;
    assert_eq!(gone.status(), 401, "a key that is gone verifies nothing");
}

async fn secrets_are_encrypted_anew_while_serving(test: TestStore) {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let config = Config::from_flags(["--data-dir", folder.to_str().unwrap()]).unwrap();
    let keys = Keys::load(&config).unwrap();
    let app = App::start_with(test, |parts| {
        parts.tokens = Tokens::new(keys.tokens.clone(), "stock-tracker", "stock-tracker-api");
        parts.vault = Vault::new(&keys.master).unwrap();
    })
    .await;
    let mut watch = Watch::new(&config);
    let mut people = Vec::new();
    for name in ["anna", "boris", "vera"] {
        let person = app.register(&format!("{name}@example.com")).await;
        app.connect(&person).await;
        let sheet = app.call(reqwest::Method::PATCH, "/api/v1/tenants/me/credentials");
        let sheet = sheet.bearer_auth(&person.access).json(&json!({"google_sheet_id": name}));
        assert_eq!(sheet.send().await.unwrap().status(), 200);
        people.push(person);
    }
    let factor = app.call(reqwest::Method::POST, "/api/v1/auth/second-factor");
    let factor = factor.bearer_auth(&people[0].access).json(&json!({"password": PASSWORD}));
    assert!(factor.send().await.unwrap().status().is_success());
    // One as the original would have left it, and one that opens with no key.
    let bare = fernet(&keys.master).encrypt(b"bare");
    let mut tx = app.services.store.system_write(Reason::Operator).await.unwrap();
    let all = tx.secrets_after(None, 100).await.unwrap();
    let mut all = all.into_iter();
    assert!(tx.replace_secret(&all.next().unwrap(), &bare).await.unwrap());
    assert!(tx.replace_secret(&all.next().unwrap(), "gAAAA").await.unwrap());
    tx.commit().await.unwrap();

    let new = make::key(Algorithm::Hs256).unwrap();
    ring::rotate_master(folder, &new).unwrap();
    assert!(watch.look(&app.services));
    let mut heard = 0;
    let done = operator::reencrypt(&app.services, |_| heard += 1).await.unwrap();
    assert_eq!((done.seen, done.renewed, done.changed, done.shut), (7, 6, 0, 1));
    assert!(heard >= 2, "shops' keys and companies' own come in batches of their own");
    let again = operator::reencrypt(&app.services, |_| {}).await.unwrap();
    assert_eq!((again.seen, again.renewed, again.shut), (7, 0, 1), "done is done");

    // The new key alone opens all but the broken one.
    fs::write(folder.join(MASTER_FILE), new.text().expose()).unwrap();
    assert!(watch.look(&app.services));
    let alone = operator::reencrypt(&app.services, |_| {}).await.unwrap();
    assert_eq!((alone.renewed, alone.shut), (0, 1));
}

fn fernet(key: &domain::Secret) -> fernet::Fernet {
    fernet::Fernet::new(key.expose()).unwrap()
}

store::on_both_engines!(
    rotating_while_serving_logs_nobody_out,
    secrets_are_encrypted_anew_while_serving,
);

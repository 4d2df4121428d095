//! Moving over from the original: its own schema on a real PostgreSQL, hashes, Fernet tokens and refresh tokens made by
//! Python's libraries. The original is always PostgreSQL; what takes it over is either engine.

use crate::common::{App, PASSWORD, claims, person};
use chrono::TimeDelta;
use serde_json::{Value, json};
use services::{
    Vault,
    operator::import::{self, Report},
    tenants::{self, Key},
};
use store::{Original, Reason, testing::TestStore};

const SCHEMA: &str = include_str!("../fixtures/original_schema.sql");

/// The good refresh token of the fixture, as its client has it.
fn token() -> &'static str {
    SCHEMA.trim_end().rsplit(' ').next().unwrap()
}

/// A database with the original's schema and rows.
async fn original() -> String {
    store::testing::foreign_database(SCHEMA).await
}

async fn run(app: &App, url: &str, vault: &Vault) -> Report {
    let mut original = Original::open(url).await.unwrap();
    let report = import::import(&app.services, &mut original, vault).await.unwrap();
    original.close().await.unwrap();
    report
}

/// What was taken, was here, and was refused.
fn sums(report: &Report) -> [(u64, u64, u64); 5] {
    [&report.companies, &report.people, &report.keys, &report.products, &report.tokens]
        .map(|count| (count.taken, count.already, count.refused.values().sum()))
}

async fn login(app: &App, email: &str) -> reqwest::Response {
    app.post("/api/v1/auth/login", json!({"email": email, "password": PASSWORD})).await
}

async fn a_company_moves_over_with_its_people_keys_and_cards(test: TestStore) {
    let (app, url) = (App::start(test).await, original().await);
    let vault = app.services.vault.clone();
    let report = run(&app, &url, &vault).await;
    // Of the keys one was encrypted with a key that is not there; of the tokens one is good.
    assert_eq!(sums(&report), [(2, 0, 0), (3, 0, 1), (3, 0, 1), (2, 0, 1), (1, 0, 3)], "{report}");
    let said = report.to_string();
    for words in ["the encryption key does not open it", "it has expired", "it was revoked"] {
        assert!(said.contains(words), "{said}");
    }
    for secret in ["example.com", "$2b$", "gAAAA", "wb-key", "Дом"] {
        assert!(!said.contains(secret), "{said}");
    }

    let answer = login(&app, "anna@EXAMPLE.com").await;
    assert_eq!(answer.status(), 200, "a hash of Python's verifies");
    let anna = person(&answer.json().await.unwrap());
    assert_eq!(
        login(&app, "boris@example.com").await.json::<Value>().await.unwrap()["code"],
        "account_disabled"
    );
    assert_eq!(login(&app, "vera@example.com").await.status(), 401, "no hash of ours, no sign-in");
    let tenant: Value = app.get("/api/v1/tenants/me", &anna).await.json().await.unwrap();
    assert_eq!(tenant["name"], "Дом и уют");
    assert_eq!(tenant["created_at"], "2025-02-03T10:00:00Z");
    let usage: Value = app.get("/api/v1/usage", &anna).await.json().await.unwrap();
    assert_eq!(usage["plan"], "pro");
    let page: Value = app
        .get("/api/v1/products/?sort_by=seller_article&sort_order=asc", &anna)
        .await
        .json()
        .await
        .unwrap();
    assert_eq!(page["total"], 2);
    let mug = &page["items"][0];
    assert_eq!(mug["id"], "1c1b4f43-0000-4c53-9a57-000000000001");
    assert_eq!(mug["marketplace_article"], "9007199254740993");
    assert_eq!((&mug["total_stock"], &mug["total_orders"]), (&json!(12), &json!(34)));

    let headers = services::testing::bearer(&anna.access);
    let caller = services::access::caller(&app.services, &headers).await.unwrap();
    let shop = tenants::accounts(&app.services, &caller).await.unwrap()[0].id;
    let key = tenants::key(&app.services, &caller, shop).await.unwrap();
    assert_eq!(
        key,
        Some(Key::Wildberries("wb-key-of-the-original".into())),
        "sealed for its place"
    );
}

async fn run_twice_it_changes_nothing(test: TestStore) {
    let (app, url) = (App::start(test).await, original().await);
    let vault = app.services.vault.clone();
    let first = run(&app, &url, &vault).await;
    let anna = person(&login(&app, "anna@example.com").await.json().await.unwrap());
    // What happened since stays: a name, a key, a spent token.
    let rename = app.call(reqwest::Method::PATCH, "/api/v1/tenants/me").bearer_auth(&anna.access);
    assert_eq!(rename.json(&json!({"name": "Новое имя"})).send().await.unwrap().status(), 200);
    app.connect(&anna).await;
    let answer = app.post("/api/v1/auth/refresh", json!({"refresh_token": token()})).await;
    assert_eq!(answer.status(), 200);
    let entries = async || {
        let mut tx = app.services.store.system_read(Reason::Operator).await.unwrap();
        tx.verify_audit(anna.tenant).await.unwrap()
    };
    let before = entries().await;
    let second = run(&app, &url, &vault).await;
    for (first, second) in sums(&first).into_iter().zip(sums(&second)) {
        assert_eq!(second, (0, first.0, first.2), "{second:?}");
    }
    assert_eq!(entries().await, before, "not even an entry of the log");
    let tenant: Value = app.get("/api/v1/tenants/me", &anna).await.json().await.unwrap();
    assert_eq!(tenant["name"], "Новое имя");
    let headers = services::testing::bearer(&anna.access);
    let caller = services::access::caller(&app.services, &headers).await.unwrap();
    let shop = tenants::accounts(&app.services, &caller).await.unwrap()[0].id;
    let key = tenants::key(&app.services, &caller, shop).await.unwrap();
    assert_ne!(key, Some(Key::Wildberries("wb-key-of-the-original".into())));
}

async fn a_refresh_token_of_the_original_is_accepted_once(test: TestStore) {
    let (app, url) = (App::start(test).await, original().await);
    let refresh =
        async |token: &str| app.post("/api/v1/auth/refresh", json!({"refresh_token": token})).await;
    assert_eq!(refresh(token()).await.status(), 401, "before it was imported");
    let vault = app.services.vault.clone();
    run(&app, &url, &vault).await;
    let as_access = app.call(reqwest::Method::GET, "/api/v1/tenants/me").bearer_auth(token());
    assert_eq!(as_access.send().await.unwrap().status(), 401, "it opens nothing by itself");
    let answer = refresh(token()).await;
    assert_eq!(answer.status(), 200);
    let pair: Value = answer.json().await.unwrap();
    let anna = person(&pair);
    assert_eq!(app.get("/api/v1/tenants/me", &anna).await.status(), 200);
    let said = claims(&anna.refresh);
    for name in ["iss", "aud", "sid", "jti"] {
        assert!(said[name].is_string(), "a proper one: {said}");
    }
    // The same again is a retry for ten seconds, and then the end of the family.
    let again: Value = refresh(token()).await.json().await.unwrap();
    assert_eq!(again["refresh_token"], pair["refresh_token"]);
    app.services.clock.advance(TimeDelta::seconds(11));
    assert_eq!(refresh(token()).await.status(), 401);
    assert_eq!(refresh(&anna.refresh).await.status(), 401, "whoever came second ended it");
}

async fn people_who_are_here_already_are_told_by_their_address(test: TestStore) {
    let (app, url) = (App::start(test).await, original().await);
    app.register("ANNA@example.com").await;
    let vault = app.services.vault.clone();
    let report = run(&app, &url, &vault).await;
    assert_eq!(sums(&report)[1], (2, 0, 2), "{report}");
    assert_eq!(sums(&report)[4].0, 0, "no sign-in without its person: {report}");
}

async fn keys_of_the_original_may_be_others_than_ours(test: TestStore) {
    let (app, url) = (App::start(test).await, original().await);
    let theirs = Vault::new(&"ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=".into()).unwrap();
    let report = run(&app, &url, &theirs).await;
    assert_eq!(sums(&report)[2], (1, 0, 3), "{report}");
}

mod postgres {
    use store::testing::TestStore;
    macro_rules! from_a_real_original {
        ($($name:ident),+ $(,)?) => {
            mod into_sqlite {
                $(#[tokio::test(flavor = "multi_thread")]
                async fn $name() { super::super::$name(super::TestStore::sqlite().await).await })+
            }
            mod into_postgres {
                $(#[tokio::test(flavor = "multi_thread")]
                async fn $name() { super::super::$name(super::TestStore::postgres().await).await })+
            }
        };
    }
    from_a_real_original!(
        a_company_moves_over_with_its_people_keys_and_cards,
        run_twice_it_changes_nothing,
        a_refresh_token_of_the_original_is_accepted_once,
        people_who_are_here_already_are_told_by_their_address,
        keys_of_the_original_may_be_others_than_ours,
    );
}

//! What is taken from a caller: no more than fits, text as text, and not too often.

use crate::common::{App, Person};
use reqwest::{Method, Response};
use serde_json::{Value, json};
use store::testing::TestStore;

async fn send(app: &App, method: Method, path: &str, person: &Person, body: Value) -> Response {
    app.call(method, path).bearer_auth(&person.access).json(&body).send().await.unwrap()
}

async fn lengths_are_bounded(test: TestStore) {
    let app = App::start(test).await;
    let anna = app.register("anna@example.com").await;
    let rename = |name: String| {
        send(&app, Method::PATCH, "/api/v1/tenants/me", &anna, json!({"name": name}))
    };
    for (length, status) in [(1, 422), (2, 200), (255, 200), (256, 422)] {
        assert_eq!(rename("Ж".repeat(length)).await.status(), status, "a name of {length}");
    }
    let me: Value = app.get("/api/v1/tenants/me", &anna).await.json().await.unwrap();
    assert_eq!(me["name"], "Ж".repeat(255), "characters are counted, not bytes");

    let register = |email: String| {
        let body =
            json!({"email": email, "password": "correct horse battery", "company_name": "Дом"});
        app.post("/api/v1/auth/register", body)
    };
    let label = "d".repeat(60);
    let long = |local: usize| format!("{}@{label}.{label}.{label}.com", "l".repeat(local));
    for (email, status) in [
        (long(64), 201),
        (long(65), 422),
        (format!("a@{}.com", "d.".repeat(130)), 422),
        (format!("{}@example.com", "ж".repeat(40)), 422),
    ] {
        assert_eq!(register(email.clone()).await.status(), status, "{email}");
    }

    for (length, status) in [(200, 200), (201, 422)] {
        let path = format!("/api/v1/products/?search={}", "q".repeat(length));
        assert_eq!(app.get(&path, &anna).await.status(), status, "a search of {length}");
    }
    let path = "/api/v1/tenants/me/credentials";
    for (length, status) in [(4096, 200), (4097, 422)] {
        let body = json!({"ozon_api_key": "k".repeat(length), "ozon_client_id": "42"});
        assert_eq!(
            send(&app, Method::PATCH, path, &anna, body).await.status(),
            status,
            "a key of {length}"
        );
    }
    let cursor = format!("/api/v1/products/?cursor={}", "A".repeat(7000));
    assert_eq!(app.get(&cursor, &anna).await.status(), 422);
}

async fn what_is_searched_for_is_only_text(test: TestStore) {
    let app = App::start(test).await;
    let anna = app.register("anna@example.com").await;
    app.connect(&anna).await;
    app.synchronise(&anna).await;
    let found = async |search: &str| {
        let query: String = url::form_urlencoded::byte_serialize(search.as_bytes()).collect();
        let answer = app.get(&format!("/api/v1/products/?search={query}"), &anna).await;
        assert_eq!(answer.status(), 200, "{search}");
        answer.json::<Value>().await.unwrap()["total"].as_i64().unwrap()
    };
    let all = found("").await;
    assert!(all > 0);
    for hostile in [
        "' or 1=1 --",
        "'; drop table products; --",
        "\" or \"\"=\"",
        "%' or '%'='",
        "%%%",
        "___",
        "\\",
        "\\%",
        "$1",
        "{}",
        "\u{202e}",
        "🙂",
    ] {
        assert_eq!(found(hostile).await, 0, "{hostile}");
    }
    assert_eq!(found("").await, all);
}

async fn too_many_wrong_passwords_are_told_when_to_come_again(test: TestStore) {
    let app = App::start_with(test, |parts| parts.settings.rate_limit = true).await;
    app.register("anna@example.com").await;
    let login = || {
        let body = json!({"email": "anna@example.com", "password": "wrong password"});
        app.post("/api/v1/auth/login", body)
    };
    let mut refused = None;
    for _ in 0..40 {
        let answer = login().await;
        if answer.status() == 429 {
            refused = Some(answer);
            break;
        }
        assert_eq!(answer.status(), 401);
    }
    let refused = refused.expect("guessing is slowed down");
    let header = |name: &str| refused.headers()[name].to_str().unwrap().parse::<u32>().unwrap();
    let seconds = header("retry-after");
    assert!((1..=60).contains(&seconds), "{seconds}");
    assert_eq!((header("x-ratelimit-remaining"), header("x-ratelimit-reset")), (0, seconds));
    assert!(header("x-ratelimit-limit") >= 1);
    let problem: Value = refused.json().await.unwrap();
    assert_eq!(
        (&problem["code"], &problem["retry_after"]),
        (&json!("rate_limited"), &json!(seconds))
    );
}

store::on_both_engines!(
    lengths_are_bounded,
    what_is_searched_for_is_only_text,
    too_many_wrong_passwords_are_told_when_to_come_again,
);

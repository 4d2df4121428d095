//! The contract's rows on signing up, in and out, over real HTTP on both engines.

use crate::common::{App, PASSWORD, claims, person};
use reqwest::Method;
use serde_json::{Value, json};
use store::testing::TestStore;

async fn a_pair_is_made_exchanged_and_ended(test: TestStore) {
    let app = App::start(test).await;
    let anna = app.register("anna@example.com").await;
    let said = claims(&anna.access);
    assert_eq!((said["type"].as_str(), said["role"].as_str()), (Some("access"), Some("owner")));
    assert_eq!(said["exp"].as_i64().unwrap() - said["iat"].as_i64().unwrap(), 900);
    for claim in ["sub", "tenant_id", "nbf", "jti", "iss", "aud"] {
        assert!(!said[claim].is_null(), "{claim}");
    }

    let refresh = |token: String| app.post("/api/v1/auth/refresh", json!({"refresh_token": token}));
    let answer = refresh(anna.refresh.clone()).await;
    assert_eq!(answer.status(), 200);
    let second: Value = answer.json().await.unwrap();
    assert_eq!(
        (second["token_type"].as_str(), second["expires_in"].as_i64()),
        (Some("bearer"), Some(900))
    );

    // A retry within ten seconds gets the same successor, byte for byte.
    let retry: Value = refresh(anna.refresh.clone()).await.json().await.unwrap();
    assert_eq!(retry["refresh_token"], second["refresh_token"]);

    // Once the successor was used, the spent one is a theft: the whole family ends.
    let second = person(&second);
    let third: Value = refresh(second.refresh.clone()).await.json().await.unwrap();
    assert_eq!(refresh(anna.refresh.clone()).await.status(), 401);
    assert_eq!(refresh(person(&third).refresh).await.status(), 401);

    let body = json!({"email": "ANNA@example.com", "password": PASSWORD});
    let again = person(&app.post("/api/v1/auth/login", body).await.json().await.unwrap());
    assert_eq!(app.get("/api/v1/tenants/me", &again).await.status(), 200);
    let out = app.call(Method::POST, "/api/v1/auth/logout").bearer_auth(&again.access);
    let out: Value = out.send().await.unwrap().json().await.unwrap();
    assert_eq!(out["message"], "Logged out successfully");
    assert_eq!(app.get("/api/v1/tenants/me", &again).await.status(), 401);
    assert_eq!(refresh(again.refresh).await.status(), 401);
}

async fn refusals_say_what_to_do_and_nothing_else(test: TestStore) {
    let app = App::start(test).await;
    app.register("anna@example.com").await;
    let register = |body: Value| app.post("/api/v1/auth/register", body);
    let fine =
        json!({"email": "boris@example.com", "password": PASSWORD, "company_name": "Б и Ко"});
    let with = |name: &str, value: Value| {
        let mut body = fine.clone();
        body[name] = value;
        body
    };
    for (body, status, field) in [
        (with("email", json!("ANNA@EXAMPLE.COM")), 409, None),
        (with("email", json!("nobody")), 422, Some("email")),
        (with("password", json!("short")), 422, Some("password")),
        (with("password", json!("password1")), 422, Some("password")),
        (with("password", json!("x".repeat(73))), 422, Some("password")),
        (with("company_name", json!("x")), 422, Some("company_name")),
        (with("marketplace_type", json!("amazon")), 422, Some("marketplace_type")),
        (with("role", json!("owner")), 422, Some("role")),
        (with("tenant_id", json!("x")), 422, Some("tenant_id")),
    ] {
        let answer = register(body.clone()).await;
        assert_eq!(answer.status(), status, "{body}");
        assert_eq!(answer.headers()["content-type"], "application/problem+json");
        let problem: Value = answer.json().await.unwrap();
        assert_eq!(problem["status"], status);
        assert!(!problem["request_id"].as_str().unwrap().is_empty());
        if let Some(field) = field {
            let places = problem["errors"].to_string();
            assert!(places.contains(&format!("\"{field}\"")), "{places}");
        }
        assert!(!problem.to_string().contains(PASSWORD));
    }

    let login = |email: &str, password: &str| {
        app.post("/api/v1/auth/login", json!({"email": email, "password": password}))
    };
    let mut answers = Vec::new();
    for (email, password) in
        [("anna@example.com", "wrong password"), ("nobody@example.com", PASSWORD)]
    {
        let answer = login(email, password).await;
        assert_eq!(answer.status(), 401);
        assert_eq!(answer.headers()["www-authenticate"], "Bearer");
        let mut problem: Value = answer.json().await.unwrap();
        problem["request_id"] = Value::Null;
        answers.push(problem);
    }
    assert_eq!(answers[0], answers[1], "an unknown address can't be told from a wrong password");
}

async fn what_is_no_json_is_told_apart(test: TestStore) {
    let app = App::start(test).await;
    let path = "/api/v1/auth/login";
    let send = |kind: &str, body: String| {
        app.call(Method::POST, path).header("content-type", kind).body(body).send()
    };
    assert_eq!(send("text/plain", "{}".into()).await.unwrap().status(), 415);
    assert_eq!(send("application/json", "{".into()).await.unwrap().status(), 422);
    assert_eq!(send("application/json", "{}".into()).await.unwrap().status(), 422);
    let long = format!("{{\"email\":\"{}\"}}", "x".repeat(1024 * 1024));
    assert_eq!(send("application/json", long).await.unwrap().status(), 413);
    let wrong = app.call(Method::DELETE, path).send().await.unwrap();
    assert_eq!(wrong.status(), 405);
    assert_eq!(wrong.headers()["allow"], "POST");
    let nowhere = app.call(Method::GET, "/api/v1/nowhere").send().await.unwrap();
    assert_eq!(nowhere.status(), 404);
    assert_eq!(nowhere.headers()["content-type"], "application/problem+json");
}

store::on_both_engines!(
    a_pair_is_made_exchanged_and_ended,
    refusals_say_what_to_do_and_nothing_else,
    what_is_no_json_is_told_apart,
);

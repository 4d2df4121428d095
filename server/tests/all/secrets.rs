//! Planted secrets are looked for in every answer and in the log at its most talkative.

use crate::{
    common::{App, PASSWORD},
    log::Log,
};
use reqwest::{Method, RequestBuilder};
use serde_json::json;
use store::testing::TestStore;

// One thread, so that everything that happens is heard by this thread's log.
#[tokio::test]
async fn no_answer_and_no_line_of_the_log_holds_a_secret() {
    let log = Log::default();
    let listener = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(log.clone())
        .with_ansi(false)
        .finish();
    let _heard = tracing::subscriber::set_default(listener);

    let app = App::start(TestStore::sqlite().await).await;
    let anna = app.register("anna@example.com").await;
    let key = app.key();
    let other = "a-wrong-passphrase-5512345";
    let mut answers = String::new();
    let mut note = async |call: RequestBuilder| {
        let answer = call.send().await.unwrap();
        answers += &format!("{:?}\n{}\n", answer.headers().clone(), answer.text().await.unwrap());
    };
    app.connect(&anna).await;
    app.synchronise(&anna).await;
    let (get, post, patch) = (Method::GET, Method::POST, Method::PATCH);
    let mine =
        |method: &Method, path: &str| app.call(method.clone(), path).bearer_auth(&anna.access);
    note(mine(&get, "/api/v1/tenants/me/accounts")).await;
    note(mine(&get, "/api/v1/products/")).await;
    note(mine(&get, "/api/v1/syncs/")).await;
    note(mine(&get, "/api/fn/accounts/session")).await;
    note(mine(&get, &format!("/api/v1/products/?search={other}&page=0"))).await;
    note(mine(&patch, "/api/v1/tenants/me/credentials").json(&json!({"wildberries_api_key": key})))
        .await;
    note(
        mine(&patch, "/api/v1/tenants/me/credentials").json(&json!({"wildberries_api_key": [key]})),
    )
    .await;
    note(
        mine(&patch, "/api/v1/tenants/me/credentials")
            .body(format!("{{\"wildberries_api_key\":\"{key}"))
            .header("content-type", "application/json"),
    )
    .await;
    let login = |password: &str| {
        app.call(post.clone(), "/api/v1/auth/login")
            .json(&json!({"email": "anna@example.com", "password": password}))
    };
    note(login(other)).await;
    note(login(&format!("{other}\u{0}"))).await;
    note(
        app.call(post.clone(), "/api/v1/auth/login")
            .json(&json!({"email": "anna@example.com", "password": {"x": other}})),
    )
    .await;
    note(app.call(post.clone(), "/api/v1/auth/refresh").json(&json!({"refresh_token": other})))
        .await;
    let register = json!({"email": "anna@example.com", "password": PASSWORD, "company_name": "x"});
    note(app.call(post.clone(), "/api/v1/auth/register").json(&register)).await;
    note(
        app.call(post.clone(), "/api/fn/accounts/login")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("accept", "text/html")
            .body(format!("email=anna%40example.com&password={other}")),
    )
    .await;
    let reset = json!({"token": other, "password": format!("{other}-new")});
    note(app.call(post.clone(), "/api/v1/auth/password/reset").json(&reset)).await;
    note(app.call(post.clone(), "/api/v1/auth/email/verify").json(&json!({"token": other}))).await;
    let change = json!({"current_password": other, "new_password": format!("{other}-new")});
    note(mine(&post, "/api/v1/auth/password").json(&change)).await;
    let login = json!({"email": "anna@example.com", "password": PASSWORD, "otp": other});
    note(app.call(post.clone(), "/api/v1/auth/login").json(&login)).await;
    note(mine(&get, "/api/v1/auth/profile")).await;
    note(app.call(get.clone(), "/api/v1/tenants/me").bearer_auth(other)).await;
    app.services.settle().await;

    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("answered"), "the log was heard");
    let signature = key.rsplit('.').next().unwrap();
    for (what, text) in [("an answer", &answers), ("the log", &log)] {
        for secret in [PASSWORD, other, signature, &anna.access, &anna.refresh] {
            if let Some(at) = text.find(secret) {
                let from = text[..at].char_indices().rev().nth(300).map_or(0, |(at, _)| at);
                panic!("{what} holds {secret}: …{}", &text[from..at]);
            }
        }
    }
}

//! The demo: full at once, labelled, capped by address, gone after a day.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod common;

use chrono::TimeDelta;
use common::App;
use reqwest::{Method, Response};
use serde_json::Value;
use store::testing::TestStore;

async fn start(app: &App) -> Response {
    let call = app
        .call(Method::POST, "/api/fn/accounts/start_demo")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("origin", &app.url);
    call.send().await.unwrap()
}

async fn read(app: &App, path: &str, cookie: &str) -> Response {
    app.call(Method::GET, path).header("cookie", cookie).send().await.unwrap()
}

async fn a_demo_is_full_labelled_capped_and_expires(test: TestStore) {
    let app = App::start(test).await;
    let answer = start(&app).await;
    assert!(answer.status().is_success() || answer.status().is_redirection());
    let cookie = answer
        .headers()
        .get_all("set-cookie")
        .iter()
        .map(|value| value.to_str().unwrap())
        .find(|value| value.starts_with("session="))
        .unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"));
    let cookie = cookie.split(';').next().unwrap().to_owned();

    let session: Value =
        read(&app, "/api/fn/accounts/session", &cookie).await.json().await.unwrap();
    assert!(session["demo_until"].is_string(), "{session}");
    let page: Value = read(&app, "/api/v1/products/", &cookie).await.json().await.unwrap();
    assert!(page["total"].as_i64().unwrap() > 50);
    let item = &page["items"][0];
    assert!(item["stock_28"].as_array().unwrap().iter().all(|level| level.is_i64()), "{item}");

    app.services.clock.advance(TimeDelta::hours(25));
    assert_eq!(read(&app, "/api/v1/products/", &cookie).await.status(), 401);
    assert_eq!(services::demo::expire(&app.services).await.unwrap(), 1);

    for _ in 0..app.services.settings.demo.per_address {
        assert!(start(&app).await.status().as_u16() < 400);
    }
    let refused = start(&app).await;
    assert_eq!(refused.status(), 429);
    assert!(refused.headers().contains_key("retry-after"));
}

store::on_both_engines!(a_demo_is_full_labelled_capped_and_expires);

//! What a browser is trusted with: one cookie, and changes only from our own pages.

use crate::common::{App, PASSWORD};
use reqwest::{Method, RequestBuilder, Response};
use serde_json::{Value, json};
use server::openapi;
use store::testing::TestStore;

/// Signs in as a page without script does.
async fn sign_in(app: &App) -> Response {
    app.register("anna@example.com").await;
    let form = format!("email=anna%40example.com&password={}", PASSWORD.replace(' ', "+"));
    let call = app.call(Method::POST, "/api/fn/accounts/login");
    let call = call.header("content-type", "application/x-www-form-urlencoded").body(form);
    let answer = call.header("sec-fetch-site", "same-origin").send().await.unwrap();
    assert_eq!(answer.status(), 200);
    answer
}

fn cookies(answer: &Response) -> Vec<String> {
    let lines = answer.headers().get_all("set-cookie").iter();
    lines.map(|line| line.to_str().unwrap().to_owned()).collect()
}

fn session(answer: &Response) -> String {
    let line = cookies(answer).into_iter().find(|line| line.contains("session=")).unwrap();
    line.split(';').next().unwrap().to_owned()
}

async fn the_cookie_is_locked_to_its_host_on_https(test: TestStore) {
    let https = |parts: &mut services::Parts| {
        parts.settings.public_url = "https://stock.example.com".parse().unwrap();
    };
    let app = App::start_with(test, https).await;
    let answer = sign_in(&app).await;
    let line =
        cookies(&answer).into_iter().find(|line| line.starts_with("__Host-session=")).unwrap();
    let mut attributes: Vec<&str> = line.split("; ").skip(1).collect();
    attributes.retain(|attribute| !attribute.starts_with("Max-Age="));
    attributes.sort_unstable();
    assert_eq!(attributes, ["HttpOnly", "Path=/", "SameSite=Lax", "Secure"], "{line}");
    let value = line.split(['=', ';']).nth(1).unwrap();
    let body = answer.text().await.unwrap();
    assert!(!body.contains(value), "scripts never see it");

    let cookie = format!("__Host-session={value}");
    let me = |cookie: String| {
        app.call(Method::GET, "/api/v1/tenants/me").header("cookie", cookie).send()
    };
    assert_eq!(me(cookie).await.unwrap().status(), 200);
    assert_eq!(
        me(format!("session={value}")).await.unwrap().status(),
        401,
        "another name is another's"
    );

    for (function, form) in [("set_theme", "theme=dark"), ("set_locale", "locale=en")] {
        let call = app.call(Method::POST, &format!("/api/fn/accounts/{function}")).body(form);
        let call = call.header("content-type", "application/x-www-form-urlencoded");
        let answer = call.header("sec-fetch-site", "same-origin").send().await.unwrap();
        for line in cookies(&answer) {
            assert!(line.contains("; Secure") && line.contains("; HttpOnly"), "{line}");
        }
    }
}

async fn every_change_by_cookie_needs_proof_of_origin(test: TestStore) {
    let app = App::start(test).await;
    let session = session(&sign_in(&app).await);
    let mut seen = 0;
    for (path, item) in openapi::shown()["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys().filter(|method| *method != "get") {
            let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
            let path = path.replace(['{', '}'], "");
            let call = || app.call(method.clone(), &path).header("cookie", &session);
            let status = async |call: RequestBuilder| call.send().await.unwrap().status().as_u16();
            for site in ["cross-site", "same-site", "none", "nonsense"] {
                assert_eq!(
                    status(call().header("sec-fetch-site", site)).await,
                    403,
                    "{method} {path} {site}"
                );
            }
            for origin in ["https://evil.example", "null", "http://127.0.0.1.evil.example:8000"] {
                assert_eq!(
                    status(call().header("origin", origin)).await,
                    403,
                    "{method} {path} {origin}"
                );
            }
            assert_eq!(status(call()).await, 403, "{method} {path} without a word");
            seen += 1;
        }
    }
    assert!(seen > 10, "{seen} changes");
    let mine = app.call(Method::PATCH, "/api/v1/tenants/me").header("cookie", &session);
    let mine = mine.header("sec-fetch-site", "same-origin").json(&json!({"name": "Новое имя"}));
    assert_eq!(mine.send().await.unwrap().status(), 200, "our own page may");
}

async fn a_get_changes_nothing(test: TestStore) {
    let app = App::start(test).await;
    let anna = app.register("anna@example.com").await;
    app.connect(&anna).await;
    app.synchronise(&anna).await;
    app.services.settle().await;
    let state = async || {
        let mut state = Vec::new();
        for path in ["tenants/me", "tenants/me/accounts", "products/", "syncs/"] {
            let answer = app.get(&format!("/api/v1/{path}"), &anna).await;
            state.push(answer.json::<Value>().await.unwrap());
        }
        let mut tx = app.services.store.system_read(store::Reason::Operator).await.unwrap();
        state.push(json!(format!("{:?}", tx.verify_audit(anna.tenant).await.unwrap())));
        state
    };
    let before = state().await;
    let id = before[2]["items"][0]["id"].as_str().unwrap();
    let sync = before[3][0]["id"].as_str().unwrap();
    for (path, item) in openapi::shown()["paths"].as_object().unwrap() {
        if path == "/api/v1/tenants/me/export" || path.starts_with("/api/v1/exports/") {
            // It leaves a line in the log, and should: somebody took everything along.
            continue;
        }
        let whose = if path.contains("sync") { sync } else { id };
        let mut asked: String = path
            .split('/')
            .map(|part| if part.starts_with('{') { whose } else { part })
            .collect::<Vec<_>>()
            .join("/");
        if path.starts_with("/api/fn/") {
            asked = format!("{asked}?id={whose}&days=7&name=x&role=viewer&theme=dark&remove=true");
        }
        if item.get("get").is_some() {
            let answer = app.get(&asked, &anna).await;
            // A stream of events goes on.
            if answer.headers().get("content-type").is_none_or(|kind| kind != "text/event-stream") {
                answer.bytes().await.unwrap();
            }
        } else {
            let wrong = app.get(&asked, &anna).await;
            assert!(
                [404, 405].contains(&wrong.status().as_u16()),
                "GET {asked}: {}",
                wrong.status()
            );
        }
    }
    app.services.settle().await;
    assert_eq!(state().await, before);
}

async fn a_form_sends_nobody_elsewhere(test: TestStore) {
    let app = App::start(test).await;
    for referer in [
        "https://evil.example/",
        "https://evil.example//evil.example/x",
        "//evil.example/x",
        "/\\evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://evil.example/api/fn/accounts/logout",
        "http://127.0.0.1/%2F%2Fevil.example",
        "x",
    ] {
        for (function, form) in [
            ("set_theme", "theme=dark"),
            ("set_locale", "locale=en"),
            ("login", "email=a%40b.co&password=wrong+password&next=https%3A%2F%2Fevil.example"),
        ] {
            let call = app.call(Method::POST, &format!("/api/fn/accounts/{function}"));
            let call = call.header("accept", "text/html").header("referer", referer);
            let call = call.header("content-type", "application/x-www-form-urlencoded").body(form);
            let answer = call.header("sec-fetch-site", "same-origin").send().await.unwrap();
            assert_eq!(answer.status(), 303, "{function} {referer}");
            let to = answer.headers()["location"].to_str().unwrap();
            let stays = to.starts_with('/') && !to.starts_with("//") && !to.starts_with("/\\");
            assert!(stays && !to.starts_with("/api/"), "{function} {referer} -> {to}");
        }
    }
}

store::on_both_engines!(
    the_cookie_is_locked_to_its_host_on_https,
    every_change_by_cookie_needs_proof_of_origin,
    a_get_changes_nothing,
    a_form_sends_nobody_elsewhere,
);

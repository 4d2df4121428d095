//! What surrounds every request: panics, ids, sizes, compression, the documentation without a network.

use crate::common::App;
use axum::{Router, routing::get};
use reqwest::{Client, Method, Response};
use serde_json::Value;
use server::{
    gate::Gate,
    middleware,
    site::Site,
    state::{AppState, Doors},
};
use services::{Services, testing::parts};
use std::{net::SocketAddr, sync::Arc};
use store::testing::TestStore;

async fn ask(app: &App, path: &str, headers: &[(&str, &str)]) -> Response {
    let call = app.call(Method::GET, path);
    headers
        .iter()
        .fold(call, |call, (name, value)| call.header(*name, *value))
        .send()
        .await
        .unwrap()
}

/// What surrounds requests, around other routes, on a gate of the test's choice.
async fn surround(test: &TestStore, gate: Gate, routes: Router) -> String {
    outbound::install_crypto_provider();
    let state = AppState {
        services: Services::new(parts(test)),
        site: Arc::new(Site::default()),
        gate,
        shutdown: tokio_util::sync::CancellationToken::new(),
        doors: Arc::new(Doors { cors_origins: Vec::new(), https: true, ..Doors::default() }),
        leptos: leptos::config::LeptosOptions::builder().output_name("stock-tracker").build(),
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let service = middleware::around(routes, &state);
    let service = service.into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await });
    url
}

#[tokio::test]
async fn a_panic_is_a_500_that_says_nothing() {
    let test = TestStore::sqlite().await;
    let routes =
        Router::new().route("/boom", get(async || -> &'static str { panic!("secret 5512345") }));
    let url = surround(&test, Gate::open(), routes).await;
    let http = Client::builder().no_proxy().build().unwrap();
    let answer = http.get(format!("{url}/boom")).send().await.unwrap();
    assert_eq!(answer.status(), 500);
    assert_eq!(answer.headers()["content-type"], "application/problem+json");
    assert_eq!(answer.headers()["strict-transport-security"], "max-age=31536000");
    let id = answer.headers()["x-request-id"].to_str().unwrap().to_owned();
    let problem: Value = answer.json().await.unwrap();
    assert_eq!((&problem["code"], &problem["request_id"]), (&"internal_error".into(), &id.into()));
    assert!(!problem.to_string().contains("5512345"));
    assert_eq!(http.get(format!("{url}/other")).send().await.unwrap().status(), 404, "it goes on");
}

#[tokio::test]
async fn nothing_is_answered_before_the_database_was_verified() {
    let test = TestStore::sqlite().await;
    let routes = Router::new()
        .route("/api/v1/tenants/me", get(async || "somebody's"))
        .route("/health/live", get(async || "alive"));
    let gate = Gate::default();
    let url = surround(&test, gate.clone(), routes).await;
    let http = Client::builder().no_proxy().build().unwrap();
    let me = || http.get(format!("{url}/api/v1/tenants/me")).send();
    let early = me().await.unwrap();
    assert_eq!(
        (early.status().as_u16(), &early.headers()["retry-after"]),
        (503, &"2".parse().unwrap())
    );
    assert_eq!(http.get(format!("{url}/health/live")).send().await.unwrap().status(), 200);
    gate.open_when_verified(&test.store).await.unwrap();
    assert_eq!(me().await.unwrap().status(), 200);
}

async fn a_request_keeps_its_id(test: TestStore) {
    let app = App::start(test).await;
    let id = "proxy-0123.abc_DEF";
    let answer = ask(&app, "/api/v1/tenants/me", &[("x-request-id", id)]).await;
    assert_eq!(answer.headers()["x-request-id"], id);
    assert_eq!(answer.json::<Value>().await.unwrap()["request_id"], id);
    for bad in ["short", "with space in it", "quote\"quote\"quote"] {
        let answer = ask(&app, "/health/live", &[("x-request-id", bad)]).await;
        assert_ne!(answer.headers()["x-request-id"], bad);
    }
}

async fn long_answers_are_compressed_and_short_ones_are_not(test: TestStore) {
    let app = App::start(test).await;
    let long = ask(&app, "/openapi.json", &[("accept-encoding", "gzip")]).await;
    assert_eq!(long.headers()["content-encoding"], "gzip");
    assert!(long.headers()["vary"].to_str().unwrap().contains("accept-encoding"));
    let short = ask(&app, "/health/live", &[("accept-encoding", "gzip")]).await;
    assert!(short.headers().get("content-encoding").is_none());
}

async fn the_documentation_needs_no_network(test: TestStore) {
    let app = App::start(test).await;
    for (page, scripts) in [
        (
            "/docs/",
            vec![
                "/docs/swagger-ui-bundle.js",
                "/docs/swagger-initializer.js",
                "/docs/swagger-ui.css",
            ],
        ),
        ("/redoc", vec!["/redoc/redoc.standalone.js"]),
    ] {
        let html = ask(&app, page, &[]).await.text().await.unwrap();
        assert!(!html.contains("https://") && !html.contains("//cdn"), "{html}");
        assert!(!html.contains("<script>"), "an inline script would be blocked: {html}");
        for script in scripts {
            assert_eq!(ask(&app, script, &[]).await.status(), 200, "{script}");
        }
    }
    let document: Value = ask(&app, "/openapi.json", &[]).await.json().await.unwrap();
    assert_eq!(document, *server::openapi::shown());
    let root: Value = ask(&app, "/", &[("accept", "application/json")]).await.json().await.unwrap();
    assert_eq!((&root["status"], &root["docs"]), (&"running".into(), &"/docs".into()));
    let page = ask(&app, "/", &[("accept", "text/html")]).await;
    assert!(page.headers()["content-type"].to_str().unwrap().starts_with("text/html"));
}

async fn health_tells_what_the_contract_says(test: TestStore) {
    let app = App::start(test).await;
    for path in ["/health", "/health/"] {
        let healthy: Value = ask(&app, path, &[]).await.json().await.unwrap();
        assert_eq!(
            (&healthy["status"], &healthy["service"]),
            (&"healthy".into(), &"stock-tracker-api".into())
        );
        assert!(healthy["timestamp"].as_str().unwrap().ends_with('Z'));
    }
    let ready: Value = ask(&app, "/health/ready", &[]).await.json().await.unwrap();
    assert_eq!(
        (&ready["status"], &ready["checks"]["database"]),
        (&"ready".into(), &"connected".into())
    );
    app.services.store.close().await;
    let away = ask(&app, "/health/ready", &[]).await;
    assert_eq!(
        (away.status().as_u16(), &away.headers()["retry-after"]),
        (503, &"2".parse().unwrap())
    );
    assert_eq!(away.json::<Value>().await.unwrap()["checks"]["database"], "disconnected");
    assert_eq!(ask(&app, "/health/live", &[]).await.status(), 200);
}

async fn without_its_database_it_says_so_everywhere(test: TestStore) {
    let app = App::start(test).await;
    let anna = app.register("anna@example.com").await;
    app.services.clock.advance(chrono::TimeDelta::seconds(1));
    app.services.store.close().await;
    for path in ["/api/v1/tenants/me", "/api/fn/tenants/me"] {
        let answer = app.get(path, &anna).await;
        assert_eq!(answer.status(), 503, "{path}");
        assert!(answer.headers().contains_key("retry-after"), "{path}");
        assert_eq!(answer.json::<Value>().await.unwrap()["code"], "unavailable", "{path}");
    }
}

store::on_both_engines!(
    a_request_keeps_its_id,
    long_answers_are_compressed_and_short_ones_are_not,
    the_documentation_needs_no_network,
    health_tells_what_the_contract_says,
    without_its_database_it_says_so_everywhere,
);

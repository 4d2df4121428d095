//! What every response carries, errors included, and what a browser of another site is refused.

use crate::common::App;
use reqwest::Method;
use store::testing::TestStore;

async fn every_response_protects_its_reader(test: TestStore) {
    let app = App::start(test).await;
    for path in [
        "/",
        "/login",
        "/products",
        "/docs/",
        "/openapi.json",
        "/health/live",
        "/nowhere",
        "/api/v1/tenants/me",
    ] {
        let answer =
            app.call(Method::GET, path).header("accept", "text/html").send().await.unwrap();
        let headers = answer.headers();
        assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
        assert_eq!(headers["referrer-policy"], "same-origin", "{path}");
        assert_eq!(headers["cross-origin-opener-policy"], "same-origin", "{path}");
        let policy = headers["content-security-policy"].to_str().unwrap();
        assert!(
            policy.contains("frame-ancestors 'none'") && policy.contains("base-uri 'none'"),
            "{path}"
        );
        assert!(!policy.contains("script-src 'self' 'unsafe-inline'"), "{path}");
        assert!(headers.contains_key("x-request-id"), "{path}");
    }
    let page = app.call(Method::GET, "/login").header("accept", "text/html").send().await.unwrap();
    assert_eq!(page.headers()["cache-control"], "no-store");
}

async fn another_sites_form_changes_nothing(test: TestStore) {
    let app = App::start(test).await;
    let send = |origin: &'static str, site: Option<&'static str>| {
        let call = app
            .call(Method::POST, "/api/fn/accounts/set_theme")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("cookie", "session=whatever")
            .header("origin", origin)
            .body("theme=dark");
        match site {
            Some(site) => call.header("sec-fetch-site", site).send(),
            None => call.send(),
        }
    };
    assert_eq!(send("https://evil.example", Some("cross-site")).await.unwrap().status(), 403);
    assert_eq!(send("https://evil.example", None).await.unwrap().status(), 403);
}

async fn only_named_sites_may_read_the_api(test: TestStore) {
    let app = App::start(test).await;
    let ask = |origin: &'static str| {
        app.call(Method::GET, "/health/live").header("origin", origin).send()
    };
    let friend = ask("https://friend.example").await.unwrap();
    assert_eq!(friend.headers()["access-control-allow-origin"], "https://friend.example");
    assert!(friend.headers().get("access-control-allow-credentials").is_none());
    let stranger = ask("https://evil.example").await.unwrap();
    assert!(stranger.headers().get("access-control-allow-origin").is_none());
}

store::on_both_engines!(
    every_response_protects_its_reader,
    another_sites_form_changes_nothing,
    only_named_sites_may_read_the_api,
);

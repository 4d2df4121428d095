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

async fn errors_and_refusals_are_protected_as_well(test: TestStore) {
    let app = App::start(test).await;
    let call = |method: Method, path: &str| app.call(method, path);
    let large = "x".repeat(2 * 1024 * 1024);
    let login = "/api/v1/auth/login";
    for (status, call) in [
        (401, call(Method::GET, "/api/v1/tenants/me")),
        (
            403,
            call(Method::POST, login)
                .header("cookie", "session=x")
                .header("origin", "https://evil.example"),
        ),
        (404, call(Method::GET, "/api/v1/nowhere")),
        (404, call(Method::GET, "/nowhere").header("accept", "text/html")),
        (404, call(Method::GET, "/pkg/nowhere.js")),
        (405, call(Method::DELETE, login)),
        (413, call(Method::POST, login).header("content-type", "application/json").body(large)),
        (415, call(Method::POST, login).body("x")),
        (422, call(Method::POST, login).header("content-type", "application/json").body("{")),
    ] {
        let answer = call.send().await.unwrap();
        assert_eq!(answer.status(), status);
        let headers = answer.headers();
        let policy = headers["content-security-policy"].to_str().unwrap();
        for directive in ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"] {
            assert!(policy.contains(directive), "{status}: {policy}");
        }
        assert!(
            !policy.contains("unsafe-eval'") || policy.contains("'wasm-unsafe-eval'"),
            "{policy}"
        );
        assert_eq!(headers["x-content-type-options"], "nosniff", "{status}");
        assert_eq!(headers["referrer-policy"], "same-origin", "{status}");
        assert_eq!(headers["cache-control"], "no-store", "{status}");
        assert!(headers.contains_key("x-request-id"), "{status}");
        assert!(headers.get("server").is_none() && headers.get("x-powered-by").is_none());
    }
}

async fn https_is_remembered_and_http_is_not(test: TestStore) {
    let app = App::start_with(test, |parts| {
        parts.settings.public_url = "https://stock.example.com".parse().unwrap();
    })
    .await;
    for path in ["/", "/login", "/api/v1/tenants/me", "/nowhere", "/docs/", "/health/live"] {
        let answer = app.call(Method::GET, path).send().await.unwrap();
        let header = answer.headers()["strict-transport-security"].to_str().unwrap();
        let seconds: u64 = header.strip_prefix("max-age=").unwrap().parse().unwrap();
        assert!(seconds >= 31_536_000, "{path}");
    }
    let plain = App::start(TestStore::sqlite().await).await;
    let answer = plain.call(Method::GET, "/health/live").send().await.unwrap();
    assert!(answer.headers().get("strict-transport-security").is_none());
}

async fn an_origin_is_never_reflected(test: TestStore) {
    let app = App::start(test).await;
    let allowed = "https://friend.example";
    for origin in [
        "https://evil.example",
        "null",
        "https://friend.example.evil.example",
        "https://evil-friend.example",
        "http://friend.example",
        "https://friend.example:8443",
        "HTTPS://FRIEND.EXAMPLE",
        "file://",
    ] {
        for method in [Method::GET, Method::OPTIONS] {
            let call = app.call(method.clone(), "/api/v1/tenants/me").header("origin", origin);
            let call = call.header("access-control-request-method", "PATCH");
            let call = call.header("access-control-request-headers", "authorization");
            let answer = call.send().await.unwrap();
            let headers = answer.headers();
            let told =
                headers.get("access-control-allow-origin").map(|told| told.to_str().unwrap());
            assert!(told.is_none() || told == Some(allowed), "{method} {origin}: {told:?}");
            assert!(headers.get("access-control-allow-credentials").is_none(), "{method} {origin}");
        }
    }
    let preflight = app.call(Method::OPTIONS, "/api/v1/tenants/me").header("origin", allowed);
    let preflight = preflight.header("access-control-request-method", "PATCH");
    let answer = preflight.send().await.unwrap();
    assert_eq!(answer.headers()["access-control-allow-origin"], allowed);
    assert!(answer.headers()["access-control-allow-methods"].to_str().unwrap().contains("PATCH"));
}

async fn a_tenants_data_is_not_kept(test: TestStore) {
    let app = App::start(test).await;
    let anna = app.register("anna@example.com").await;
    for (path, item) in server::openapi::shown()["paths"].as_object().unwrap() {
        // Public keys are everybody's, and kept for five minutes.
        let public = path == "/.well-known/jwks.json";
        if item.get("get").is_none() || path.contains('{') || public {
            continue;
        }
        let answer = app.get(path, &anna).await;
        assert_eq!(answer.headers()["cache-control"], "no-store", "{path}");
    }
    let page = app.call(Method::GET, "/products").header("accept", "text/html");
    let page = page.bearer_auth(&anna.access).send().await.unwrap();
    assert_eq!(page.headers()["cache-control"], "no-store");
}

store::on_both_engines!(
    errors_and_refusals_are_protected_as_well,
    https_is_remembered_and_http_is_not,
    an_origin_is_never_reflected,
    a_tenants_data_is_not_kept,
    every_response_protects_its_reader,
    another_sites_form_changes_nothing,
    only_named_sites_may_read_the_api,
);

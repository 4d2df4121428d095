//! What a monitor reads: who may, that what happens is counted, and that nothing in it tells whose anything is.

use crate::common::{App, serve_with};
use reqwest::Method;
use server::metrics::Metrics;
use store::testing::TestStore;
use tokio::net::TcpListener;

const TOKEN: &str = "a-token-that-nobody-guesses";

async fn measures_are_closed_until_a_token_is_set(test: TestStore) {
    let app = App::start(test).await;
    let closed = app.call(Method::GET, "/metrics").bearer_auth(TOKEN).send().await.unwrap();
    assert_eq!(closed.status(), 404);
    let metrics = Metrics::open(Some(&TOKEN.into())).unwrap();
    let url = serve_with(app.services.clone(), metrics, app.stop.clone()).await;
    let ask = async |token: Option<&str>| {
        let call = app.http.get(format!("{url}/metrics"));
        let call = match token {
            Some(token) => call.bearer_auth(token),
            None => call,
        };
        call.send().await.unwrap()
    };
    assert_eq!(ask(None).await.status(), 401);
    assert_eq!(ask(Some("a-token-that-somebody-guessed")).await.status(), 401);
    let answer = ask(Some(TOKEN)).await;
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["content-type"], "text/plain; version=0.0.4; charset=utf-8");

    // On an address of its own nobody is asked for a token that was not set.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let own = format!("http://{}/metrics", listener.local_addr().unwrap());
    let serving = server::metrics::listener::serve(
        Metrics::open(None).unwrap(),
        Some(listener),
        app.services.clone(),
        app.stop.clone(),
    );
    tokio::spawn(serving);
    let answer = app.http.get(own).send().await.unwrap();
    assert_eq!(answer.status(), 200);
}

async fn what_happens_is_counted_and_tells_nothing_of_anybody(test: TestStore) {
    let metrics = Metrics::open(Some(&TOKEN.into())).unwrap();
    let app = App::start(test).await;
    let anna = app.register("anna@example.com").await;
    app.connect(&anna).await;
    app.synchronise(&anna).await;
    let products = app.get("/api/v1/products/", &anna).await;
    let products: serde_json::Value = products.json().await.unwrap();
    let product = products["items"][0]["id"].as_str().unwrap();
    app.get(&format!("/api/v1/products/{product}"), &anna).await;
    app.get("/no/such/address", &anna).await;
    let url = serve_with(app.services.clone(), metrics, app.stop.clone()).await;
    let call = app.http.get(format!("{url}/metrics")).bearer_auth(TOKEN);
    let page = call.send().await.unwrap().text().await.unwrap();

    for line in [
        r#"stock_tracker_http_requests_total{method="GET",route="/api/v1/products/{product_id}",status="2xx"}"#,
        r#"stock_tracker_http_request_duration_seconds_bucket{method="GET",route="/api/v1/products/{product_id}",le="0.001"}"#,
        r#"route="other""#,
        r#"stock_tracker_marketplace_requests_total{host="content-api.wildberries.ru",group="cards",status="2xx"}"#,
        r#"stock_tracker_marketplace_request_duration_seconds_count{host="content-api.wildberries.ru",group="cards"}"#,
        r#"stock_tracker_syncs_ended_total{marketplace="wildberries",status="completed"}"#,
        r#"stock_tracker_sync_steps_ended_total{marketplace="wildberries",step="products",outcome="done"}"#,
        r#"stock_tracker_sync_step_duration_seconds_count{marketplace="wildberries",step="orders"}"#,
        r#"stock_tracker_caller_lookups_total{proof="session",outcome="hit"}"#,
        r#"stock_tracker_caller_lookups_total{proof="session",outcome="miss"}"#,
        r#"stock_tracker_jobs{kind="sync",state="done"} 1"#,
        r#"stock_tracker_syncs{status="running"} 0"#,
        "stock_tracker_workers 1\n",
        "stock_tracker_oldest_waiting_sync_seconds 0\n",
        "stock_tracker_schedule_lag_seconds 0\n",
        r#"stock_tracker_data_age_seconds{step="orders",quantile="0.99"}"#,
        "stock_tracker_quarantined_rows 0\n",
        "stock_tracker_database_up 1\n",
        "stock_tracker_database_connections_max{",
        "stock_tracker_build_info{version=",
        r#"stock_tracker_companies{state="active"} 1"#,
    ] {
        assert!(page.contains(line), "{line}\n{page}");
    }
    let (tenant, user) = (anna.tenant.to_string(), anna.user.to_string());
    for whose in [tenant.as_str(), user.as_str(), product, "anna@", TOKEN] {
        assert!(!page.contains(whose), "{whose} is in it");
    }
    assert!(!page.contains("/no/such/address"), "an address that a person chose is no label");
    let series = page.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).count();
    assert!(series < 3000, "{series} series");
}

store::on_both_engines!(
    measures_are_closed_until_a_token_is_set,
    what_happens_is_counted_and_tells_nothing_of_anybody,
);

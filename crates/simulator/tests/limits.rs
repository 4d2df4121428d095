//! The documented limits to the call and the millisecond.

#![allow(clippy::unwrap_used, reason = "tests")]

mod client;

use chrono::TimeDelta;
use client::{CARDS, Client, ORDERS, OWN, OWNED, PING, SELLER, STOCK, stocks};
use serde_json::json;
use simulator::tokens::mint;
use simulator::{Clock, Kind, Limiting, Scopes, Settings};
use uuid::Uuid;

fn small() -> Settings {
    Settings { skus: 5, days: 20, client_secret: Some("open sesame".into()), ..Settings::default() }
}

/// A method's burst, and the milliseconds after which one call comes back.
type Case = (&'static str, &'static str, Kind, usize, i64);

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

#[tokio::test]
async fn each_method_has_its_burst_and_its_interval() {
    let orders = "/statistics-api.wildberries.ru/api/v1/supplier/orders?dateFrom=2026-10-31";
    let cases: &[Case] = &[
        ("GET", PING, Kind::Personal, 3, 10_000),
        ("GET", PING, Kind::Base, 3, 10_000),
        ("GET", SELLER, Kind::Personal, 10, MINUTE),
        ("GET", SELLER, Kind::Service, 10, MINUTE),
        ("GET", SELLER, Kind::Base, 1, 24 * HOUR),
        ("POST", CARDS, Kind::Personal, 5, 600),
        ("POST", CARDS, Kind::Base, 5, 600),
        ("POST", STOCK, Kind::Personal, 1, 20_000),
        ("POST", OWN, Kind::Service, 1, 20_000),
        ("GET", OWNED, Kind::Personal, 20, 200),
        ("GET", OWNED, Kind::Base, 10, 400),
        ("GET", orders, Kind::Personal, 10, MINUTE),
        ("GET", orders, Kind::Base, 1, 3 * HOUR),
    ];
    for (method, path, kind, burst, interval) in cases {
        let client = Client::of(small());
        let until = client.simulator.now() + TimeDelta::days(9);
        let key = mint(*kind, client.simulator.sid(), Scopes::TRACKER, until);
        let call = || async {
            let body = (*method == "POST").then(|| json!({}));
            client.full(method, path, body.as_ref(), Some(&key)).await
        };
        for left in (0..*burst).rev() {
            let (status, headers, _) = call().await;
            assert!(status < 300, "{path} {kind:?} {status}");
            assert_eq!(headers["x-ratelimit-remaining"], *left.to_string(), "{path} {kind:?}");
            assert!(!headers.contains_key("x-ratelimit-limit"));
        }
        let (status, headers, body) = call().await;
        assert_eq!(status, 429, "{path} {kind:?}");
        let seconds = |millis: i64| ((millis + 999) / 1000).to_string();
        assert_eq!(headers["x-ratelimit-retry"], *seconds(*interval));
        let full = interval * i64::try_from(*burst).unwrap();
        assert_eq!(headers["x-ratelimit-reset"], *seconds(full));
        assert_eq!(headers["x-ratelimit-limit"], *burst.to_string());
        assert!(!headers.contains_key("x-ratelimit-remaining"));
        assert_eq!(headers["content-type"], "application/problem+json");
        assert_eq!((&body["title"], &body["status"]), (&json!("too many requests"), &json!(429)));
        // A try before the time is refused again, and costs nothing.
        client.simulator.advance(TimeDelta::milliseconds(interval - 1));
        assert_eq!(call().await.0, 429, "{path} {kind:?} a millisecond too early");
        client.simulator.advance(TimeDelta::milliseconds(1));
        assert!(call().await.0 < 300, "{path} {kind:?} in time");
        assert_eq!(call().await.0, 429, "{path} {kind:?} only one came back");
    }
}

#[tokio::test]
async fn buckets_are_per_seller_kind_and_method() {
    let client = Client::of(small());
    let until = client.simulator.now() + TimeDelta::days(9);
    let key = |kind, sid: u128| mint(kind, Uuid::from_u128(sid), Scopes::TRACKER, until);
    let call = async |path: &str, key: &str| {
        client.call("POST", path, Some(&json!({})), Some(key)).await.0
    };
    assert_eq!(call(STOCK, &key(Kind::Personal, 1)).await, 200);
    assert_eq!(call(STOCK, &key(Kind::Personal, 1)).await, 429);
    // Another token of the same kind shares the bucket.
    let later =
        mint(Kind::Personal, Uuid::from_u128(1), Scopes::TRACKER, until + TimeDelta::days(1));
    assert_eq!(call(STOCK, &later).await, 429);
    assert_eq!(call(STOCK, &key(Kind::Service, 1)).await, 200);
    assert_eq!(call(STOCK, &key(Kind::Personal, 2)).await, 200);
    assert!(call(OWN, &key(Kind::Personal, 1)).await < 300);
}

#[tokio::test]
async fn a_refused_marketplace_call_costs_ten() {
    let client = Client::of(small());
    let remaining = async |path: &str, chrt_ids: serde_json::Value| {
        let body = json!({ "chrtIds": chrt_ids });
        let (status, headers, _) = client.full("POST", path, Some(&body), None).await;
        let left = headers.get("x-ratelimit-remaining");
        (status, left.map(|left| left.to_str().unwrap().to_owned()))
    };
    assert_eq!(remaining(&stocks(658_434), json!([1])).await, (200, Some("19".into())));
    assert_eq!(remaining(&stocks(5), json!([1])).await, (404, Some("9".into())));
    assert_eq!(remaining(&stocks(658_434), json!("x")).await, (400, Some("0".into())));
    assert_eq!(remaining(&stocks(658_434), json!([1])).await, (429, None));
    // Warehouses are another group.
    assert_eq!(client.get(OWNED).await.0, 200);
    client.simulator.advance(TimeDelta::milliseconds(400));
    assert_eq!(remaining(&stocks(658_434), json!([1])).await.0, 200);
}

#[tokio::test]
async fn a_service_secret_lifts_a_base_token() {
    let client = Client::of(small());
    let request = |secret: &str| {
        axum::http::Request::builder()
            .method("POST")
            .uri(STOCK)
            .header("authorization", client.simulator.keys().base)
            .header("x-client-secret", secret)
            .body(axum::body::Body::from("{}"))
            .unwrap()
    };
    let send = async |secret| {
        let router = client.simulator.router();
        tower::ServiceExt::oneshot(router, request(secret)).await.unwrap().status().as_u16()
    };
    assert_eq!(send("wrong").await, 403);
    assert_eq!(send("open sesame").await, 200);
    assert_eq!(send("open sesame").await, 429);
}

#[tokio::test]
async fn limits_can_follow_another_clock_or_none() {
    let real = Clock::fixed(client::now());
    let client = Client::of(Settings { limits: Limiting::By(real.clone()), ..small() });
    assert_eq!(client.post(STOCK, &json!({})).await.0, 200);
    client.simulator.advance(TimeDelta::hours(1));
    assert_eq!(client.post(STOCK, &json!({})).await.0, 429);
    real.advance(TimeDelta::seconds(20));
    assert_eq!(client.post(STOCK, &json!({})).await.0, 200);

    let client = Client::of(Settings { limits: Limiting::Off, ..small() });
    for _ in 0..50 {
        assert_eq!(client.post(STOCK, &json!({})).await.0, 200);
        assert_eq!(client.get(&format!("{ORDERS}?dateFrom=2026-10-31")).await.0, 200);
    }
}

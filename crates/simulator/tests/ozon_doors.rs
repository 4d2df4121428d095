//! Ozon's doors: keys, roles, limits, errors, methods that are off, the levers.

#![allow(clippy::unwrap_used, reason = "tests")]

mod client;

use chrono::TimeDelta;
use client::Client;
use serde_json::{Value, json};
use simulator::{Fault, Limiting, Operation, Ozon, OzonKeys, Settings};

const LIST: &str = "/v3/product/list";

fn unlimited() -> Settings {
    Settings { skus: 60, limits: Limiting::Off, ..Settings::default() }
}

fn error(answer: &(u16, axum::http::HeaderMap, Value)) -> (u16, i64, String) {
    let (status, _, body) = answer;
    let message = body["message"].as_str().unwrap_or_default().to_owned();
    (*status, body["code"].as_i64().unwrap_or_default(), message)
}

#[tokio::test]
async fn a_key_tells_its_end_and_its_methods() {
    let client = Client::of(unlimited());
    let keys = client.simulator.ozon_keys();
    let id = keys.client_id.to_string();
    let methods = |answer: &Value| -> Vec<String> {
        serde_json::from_value(answer["roles"][0]["methods"].clone()).unwrap()
    };
    let answer = client.ozon("/v1/roles", json!({})).await;
    assert_eq!(methods(&answer).len(), Ozon::ALL.len());
    assert!(answer["expires_at"].as_str().unwrap().starts_with("2027-04-30T"));
    for (key, missing) in [
        (&keys.without_postings, "/v3/posting/fbo/list"),
        (&keys.without_analytics, "/v1/analytics/stocks"),
    ] {
        let key = Some((id.as_str(), key.as_str()));
        let (_, _, answer) = client.ozon_full("/v1/roles", &json!({}), key).await;
        assert!(!methods(&answer).contains(&missing.to_owned()));
        let refused = client.ozon_full(missing, &json!({}), key).await;
        let message = "Api-Key is missing a required role for a method".to_owned();
        assert_eq!(error(&refused), (403, 7, message));
    }
    let info = client.ozon("/v1/seller/info", json!({})).await;
    assert_eq!(info["company"]["currency"], "RUB");
}

#[tokio::test]
async fn wrong_keys_are_refused_with_their_reason() {
    let client = Client::of(unlimited());
    let keys = client.simulator.ozon_keys();
    let id = keys.client_id.to_string();
    let invalid = "Invalid Api-Key, please check the key and try again";
    let cases = [
        (id.as_str(), keys.expired.as_str(), 401, 16, invalid),
        (&id, "550e8400-e29b-41d4-a716-446655440000", 401, 16, invalid),
        ("1", &keys.admin, 401, 16, invalid),
        ("abc", &keys.admin, 401, 16, invalid),
        (
            &id,
            &keys.deactivated,
            401,
            16,
            "Api-key is deactivated, use another one or generate a new one",
        ),
        (&id, &keys.restricted, 403, 7, "Api-Key is restricted to specific IP addresses"),
        (&id, &keys.unsigned, 403, 7, "Offer not signed"),
    ];
    for (id, key, status, code, message) in cases {
        let answer = client.ozon_full(LIST, &json!({}), Some((id, key))).await;
        assert_eq!(error(&answer), (status, code, message.to_owned()));
        assert!(answer.1.contains_key("x-o3-trace-id"));
    }
    // Another seller's key opens the same shop.
    let other = OzonKeys::of(77);
    let answer = client.ozon_full(LIST, &json!({}), Some(("77", &other.admin))).await;
    assert_eq!(answer.0, 200);
    client.simulator.advance(TimeDelta::days(181));
    assert_eq!(client.ozon_refused(LIST, json!({})).await.0, 401);
}

#[tokio::test]
async fn bodies_are_read_strictly() {
    let client = Client::of(unlimited());
    let (status, code, message) = client.ozon_refused(LIST, json!({"filtre": {}})).await;
    assert_eq!((status, code), (400, 3));
    assert!(message.contains("unknown field \"filtre\""), "{message}");
    for body in [
        json!({"filter": {"product_id": "5"}}),
        json!({"filter": {"visibility": "EVERYTHING"}}),
        json!({"limit": "many"}),
        json!([]),
    ] {
        let (status, code, message) = client.ozon_refused(LIST, body).await;
        assert_eq!((status, code), (400, 3));
        assert!(message.starts_with("proto: syntax error (line 1:"), "{message}");
    }
    for body in [json!({"limit": 1001}), json!({"limit": -1}), json!({"last_id": "x"})] {
        assert_eq!(client.ozon_refused(LIST, body).await.0, 400);
    }
    // What must be there.
    for (path, body) in [
        ("/v4/product/info/stocks", json!({"limit": 10})),
        ("/v5/product/info/prices", json!({"filter": {}})),
        ("/v1/product/info/stocks-by-warehouse/fbo", json!({"limit": 10})),
        (
            "/v2/product/info/stocks-by-warehouse/fbs",
            json!({"limit": 1, "sku": [1], "offer_id": ["a"]}),
        ),
        ("/v1/product/info/warehouse/stocks", json!({"limit": 10})),
        ("/v2/warehouse/list", json!({})),
        ("/v2/warehouse/list", json!({"limit": 201})),
        ("/v1/cluster/list", json!({})),
        ("/v1/warehouse/ozon/list", json!({"warehouse_types": ["CASTLE"]})),
        ("/v1/returns/list", json!({"limit": 501})),
        ("/v3/product/info/list", json!({})),
    ] {
        let (status, code, _) = client.ozon_refused(path, body).await;
        assert_eq!((status, code), (400, 3), "{path}");
    }
    let body = json!({"limit": 10, "warehouse_id": 5});
    assert_eq!(client.ozon_refused("/v1/product/info/warehouse/stocks", body).await.0, 404);
    let body = json!({"offer_id": "nothing"});
    assert_eq!(client.ozon_refused("/v1/product/info/description", body).await.0, 404);
}

#[tokio::test]
async fn methods_that_are_off_say_so() {
    let client = Client::of(unlimited());
    for path in ["/v1/warehouse/list", "/v2/posting/fbo/list", "/v3/posting/fbs/list"] {
        let refused = client.ozon_refused(path, json!({})).await;
        assert_eq!(refused, (404, 5, "method is not allowed".to_owned()));
    }
    let (status, _, _) = client.ozon_full("/v9/nothing", &json!({}), None).await;
    assert_eq!(status, 404);
    assert_eq!(client.get("/api-seller.ozon.ru/v3/product/list").await.0, 405);
}

#[tokio::test]
async fn fifty_calls_a_second_and_one_a_minute() {
    let client = Client::of(Settings { skus: 5, days: 20, ..Settings::default() });
    for _ in 0..50 {
        client.ozon("/v1/roles", json!({})).await;
    }
    let refused = client.ozon_refused(LIST, json!({})).await;
    assert_eq!(refused, (429, 8, "You have reached request rate limit per second".to_owned()));
    // Another seller has a bucket of their own.
    let other = OzonKeys::of(77);
    assert_eq!(client.ozon_full(LIST, &json!({}), Some(("77", &other.admin))).await.0, 200);
    client.simulator.advance(TimeDelta::milliseconds(20));
    client.ozon(LIST, json!({})).await;
    assert_eq!(client.ozon_refused(LIST, json!({})).await.0, 429);
    client.simulator.advance(TimeDelta::seconds(10));
    let data = json!({
        "date_from": "2026-10-01", "date_to": "2026-10-02", "dimension": ["sku"],
        "metrics": ["ordered_units"], "limit": 10,
    });
    for (path, body) in [("/v1/analytics/turnover/stocks", json!({})), ("/v1/analytics/data", data)]
    {
        client.ozon(path, body.clone()).await;
        let (status, headers, answer) = client.ozon_full(path, &body, None).await;
        assert_eq!((status, &answer["code"]), (429, &json!(8)));
        assert_eq!(headers["retry-after"], "60");
        client.simulator.advance(TimeDelta::seconds(59));
        assert_eq!(client.ozon_refused(path, body.clone()).await.0, 429);
        client.simulator.advance(TimeDelta::seconds(1));
        client.ozon(path, body).await;
    }
    let calls = client.simulator.calls(Operation::Ozon(Ozon::Turnover));
    assert_eq!((calls.served, calls.limited), (2, 2));
}

#[tokio::test]
async fn levers_work_as_on_wildberries() {
    let client = Client::of(unlimited());
    let simulator = &client.simulator;
    let list = Operation::Ozon(Ozon::ProductList);
    simulator.fail_next(list, Fault::Gateway { status: 503, detail: "Circle is open".into() });
    let refused = client.ozon_refused(LIST, json!({})).await;
    assert_eq!(refused, (503, 14, "Circle is open".to_owned()));
    assert_eq!(client.ozon_full(LIST, &json!({}), None).await.0, 200);
    simulator.disable(list, true);
    assert_eq!(
        client.ozon_refused(LIST, json!({})).await,
        (404, 5, "method is not allowed".to_owned())
    );
    simulator.disable(list, false);
    for method in Ozon::ALL {
        simulator.answer_empty(Operation::Ozon(method), true);
    }
    let answer = client.ozon(LIST, json!({})).await;
    assert_eq!(
        (&answer["result"]["items"], &answer["result"]["last_id"]),
        (&json!([]), &json!(""))
    );
    let body = json!({"filter": {}, "limit": 10});
    let answer = client.ozon("/v4/product/info/stocks", body).await;
    assert_eq!((&answer["items"], &answer["cursor"]), (&json!([]), &json!("")));
    simulator.withdraw_ozon(&simulator.ozon_keys().admin);
    let (status, code, message) = client.ozon_refused(LIST, json!({})).await;
    assert_eq!((status, code), (401, 16));
    assert!(message.starts_with("Api-key is deactivated"));
    simulator.clear_faults();
    let answer = client.ozon(LIST, json!({})).await;
    assert_ne!(answer["result"]["items"], json!([]));
}

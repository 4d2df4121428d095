//! The doors: shapes, paging, keys, limits and faults, as a client meets them.

#![allow(clippy::unwrap_used, reason = "tests")]

mod client;

use chrono::{DateTime, TimeDelta, Utc};
use client::{CARDS, Client, ORDERS, OWN, OWNED, PING, SELLER, STOCK, now};
use serde_json::json;
use simulator::tokens::mint;
use simulator::{Fault, Kind, Limiting, Operation, Scopes, Settings, Where};
use std::collections::{BTreeMap, HashSet};

fn unlimited() -> Settings {
    Settings { skus: 250, limits: Limiting::Off, ..Settings::default() }
}

#[tokio::test]
async fn every_card_comes_once_whichever_way() {
    let client = Client::of(unlimited());
    let expected: HashSet<i64> =
        client.simulator.world().products(now()).map(|product| product.nm_id).collect();
    for ascending in [true, false] {
        let (mut seen, mut order) = (HashSet::new(), Vec::new());
        let mut cursor = json!({"limit": 30});
        loop {
            let page = client.cards(ascending, &cursor).await;
            let cards = page["cards"].as_array().unwrap();
            for card in cards {
                assert!(seen.insert(card["nmID"].as_i64().unwrap()));
                order.push(card["updatedAt"].as_str().unwrap().parse::<DateTime<Utc>>().unwrap());
            }
            assert_eq!(page["cursor"]["total"], cards.len());
            if cards.len() < 30 {
                break;
            }
            cursor = page["cursor"].clone();
            cursor["limit"] = json!(30);
            cursor.as_object_mut().unwrap().remove("total");
        }
        assert_eq!(seen, expected);
        assert!(order.is_sorted_by(|one, next| if ascending { one <= next } else { one >= next }));
    }
}

#[tokio::test]
async fn the_stock_reports_say_what_is_so() {
    for warehouses in [simulator::WarehouseNames::Hidden, simulator::WarehouseNames::Named] {
        let client = Client::of(Settings { warehouses, ..unlimited() });
        let (mut reported, mut offset) = (BTreeMap::new(), 0);
        loop {
            let body = json!({"limit": 100, "offset": offset});
            let (status, answer) = client.post(STOCK, &body).await;
            assert_eq!(status, 200);
            let rows = answer["data"]["items"].as_array().unwrap().clone();
            for row in &rows {
                let key = (row["chrtId"].as_i64().unwrap(), row["warehouseId"].as_i64().unwrap());
                let ways = ["quantity", "inWayToClient", "inWayFromClient"]
                    .map(|way| row[way].as_i64().unwrap());
                assert!(reported.insert(key, ways).is_none());
            }
            offset += 100;
            if rows.len() < 100 {
                break;
            }
        }
        let levels = client.simulator.world().levels(now()).filter(|level| !level.warehouse.seller);
        let expected: BTreeMap<_, _> = levels
            .map(|level| {
                let ways = [level.quantity, level.in_way_to_client, level.in_way_from_client];
                ((level.chrt_id, level.warehouse.id), ways)
            })
            .filter(|(_, ways)| ways.iter().sum::<i64>() > 0)
            .collect();
        assert_eq!(reported, expected);
    }
}

#[tokio::test]
async fn own_warehouses_agree_in_both_reports() {
    let client = Client::of(unlimited());
    let (_, answer) = client.post(OWN, &json!({})).await;
    let mut reported: BTreeMap<(i64, i64), i64> = BTreeMap::new();
    for row in answer["data"]["items"].as_array().unwrap() {
        let key = (row["warehouseId"].as_i64().unwrap(), row["chrtId"].as_i64().unwrap());
        reported.insert(key, row["quantity"].as_i64().unwrap());
    }
    let sizes = client.simulator.world().products(now()).flat_map(|product| product.sizes);
    let chrt_ids: Vec<i64> = sizes.map(|size| size.chrt_id).collect();
    let mut asked = BTreeMap::new();
    let (_, warehouses) = client.get(OWNED).await;
    for warehouse in warehouses.as_array().unwrap() {
        let id = warehouse["id"].as_i64().unwrap();
        for some in chrt_ids.chunks(1000) {
            let (status, answer) =
                client.post(&client::stocks(id), &json!({"chrtIds": some})).await;
            assert_eq!(status, 200);
            for row in answer["stocks"].as_array().unwrap() {
                let key = (id, row["chrtId"].as_i64().unwrap());
                asked.insert(key, row["amount"].as_i64().unwrap());
            }
        }
    }
    asked.retain(|_, amount| *amount > 0);
    // Only cards that are listed were asked for.
    let listed: HashSet<i64> = chrt_ids.into_iter().collect();
    reported.retain(|(_, chrt), _| listed.contains(chrt));
    assert!(!asked.is_empty());
    assert_eq!(asked, reported);
}

#[tokio::test]
async fn errors_have_their_hosts_shapes() {
    let client = Client::of(unlimited());
    let keys = client.simulator.keys();
    let without = |scope| {
        let scopes = Scopes::TRACKER.without(scope);
        mint(Kind::Personal, client.simulator.sid(), scopes, now() + TimeDelta::days(1))
    };
    let denied = "scope is not allowed for this resource";

    let (status, body) = client.call("GET", SELLER, None, Some(&keys.expired)).await;
    assert_eq!((status, &body["detail"]), (401, &json!("token problem; token is expired")));
    let (status, body) = client.call("GET", PING, None, Some("nonsense")).await;
    assert_eq!((status, &body["title"]), (401, &json!("unauthorized")));
    assert!(body["detail"].as_str().unwrap().starts_with("token problem; token is malformed: "));
    let (status, _) = client.call("GET", PING, None, Some("")).await;
    assert_eq!(status, 401);
    let bearer = format!("Bearer {}", keys.personal);
    assert_eq!(client.call("GET", PING, None, Some(&bearer)).await.0, 200);

    let key = without(Scopes::CONTENT);
    let (status, body) = client.call("POST", CARDS, Some(&json!({})), Some(&key)).await;
    let shape = json!({"data": null, "error": true, "errorText": "Access denied", "additionalErrors": denied});
    assert_eq!((status, body), (403, shape));
    let key = without(Scopes::MARKETPLACE);
    let (status, body) = client.call("GET", OWNED, None, Some(&key)).await;
    assert_eq!((status, body), (403, json!({"code": "AccessDenied", "message": denied})));
    let (status, body) = client
        .call("GET", &format!("{ORDERS}?dateFrom=2026-10-01"), None, Some(&keys.without_statistics))
        .await;
    assert_eq!((status, &body["detail"], &body["status"]), (403, &json!(denied), &json!(403)));
    for path in [STOCK, OWN] {
        let (status, body) = client.call("POST", path, Some(&json!({})), Some(&keys.base)).await;
        assert_eq!((status, &body["detail"]), (403, &json!("base token is not allowed")));
    }

    let (status, body) = client.get(ORDERS).await;
    assert_eq!((status, body), (400, json!({"errors": ["dateFrom: field required"]})));
    let (status, body) = client.get(&format!("{ORDERS}?dateFrom=soon")).await;
    assert_eq!((status, body), (400, json!({"errors": "dateFrom: Value not validated"})));
    let (status, body) = client.post(STOCK, &json!({"chrtIds": [1]})).await;
    assert_eq!((status, &body["title"]), (400, &json!("Invalid request body")));
    let (status, body) = client.post(&client::stocks(658_434), &json!({"skus": ["1"]})).await;
    assert_eq!((status, &body["code"]), (400, &json!("SKUUploadDisabled")));
    let (status, body) = client.post(&client::stocks(5), &json!({"chrtIds": [1]})).await;
    assert_eq!((status, &body["code"]), (404, &json!("NotFound")));
    let (status, body) = client.post(CARDS, &json!({"setings": {}})).await;
    assert_eq!((status, body), (400, json!("Request body can not be decoded")));
    let body = json!({"settings": {"cursor": {"limit": 101}}});
    let (status, body) = client.post(CARDS, &body).await;
    assert_eq!((status, &body["error"]), (400, &json!(true)));
    assert_eq!(client.get("/content-api.wildberries.ru/api/v1/supplier/orders").await.0, 404);
}

#[tokio::test]
async fn test_tokens_open_the_sandbox_only() {
    let client = Client::of(unlimited());
    let keys = client.simulator.keys();
    let sandbox = "/content-api-sandbox.wildberries.ru/ping";
    assert_eq!(client.call("GET", sandbox, None, Some(&keys.test)).await.0, 200);
    assert_eq!(client.call("GET", sandbox, None, Some(&keys.personal)).await.0, 401);
    assert_eq!(client.call("GET", PING, None, Some(&keys.test)).await.0, 401);
}

#[tokio::test]
async fn faults_happen_once_and_switches_stay() {
    let client = Client::of(unlimited());
    let simulator = &client.simulator;
    let headers = vec![("x-ratelimit-retry".to_owned(), "7".to_owned())];
    let content_type = "application/json".to_owned();
    let answer = Fault::Answer { status: 429, content_type, headers, body: "{}".to_owned() };
    simulator.fail_next(Operation::CardsList, answer);
    simulator.fail_next(Operation::CardsList, Fault::Gateway { status: 503, detail: "no".into() });
    let response = client.raw("POST", CARDS, Some(&json!({})), None).await;
    assert_eq!(
        (response.status().as_u16(), &response.headers()["x-ratelimit-retry"]),
        (429, &"7".parse().unwrap())
    );
    assert_eq!(client.post(CARDS, &json!({})).await.0, 503);
    assert_eq!(client.post(CARDS, &json!({})).await.0, 200);

    simulator.fail_next(Operation::SupplierOrders, Fault::CutOff);
    let path = format!("{ORDERS}?dateFrom=2026-10-01");
    let response = client.raw("GET", &path, None, None).await;
    assert!(axum::body::to_bytes(response.into_body(), usize::MAX).await.is_err());
    simulator.fail_next(Operation::SupplierOrders, Fault::Hang);
    let hanging = client.raw("GET", &path, None, None);
    assert!(futures::FutureExt::now_or_never(hanging).is_none());

    simulator.disable(Operation::CardsList, true);
    let (status, body) = client.post(CARDS, &json!({})).await;
    assert_eq!(status, 404);
    assert!(body["detail"].as_str().unwrap().contains("temporarily disabled"));
    simulator.disable(Operation::CardsList, false);
    for operation in Operation::ALL {
        simulator.answer_empty(operation, true);
    }
    assert_eq!(client.post(CARDS, &json!({})).await.1["cards"], json!([]));
    assert_eq!(client.post(STOCK, &json!({})).await.1["data"]["items"], json!([]));
    assert_eq!(client.post(OWN, &json!({})).await.0, 204);
    assert_eq!(client.get(&path).await.1, json!([]));
    simulator.withdraw(&simulator.keys().personal).unwrap();
    assert_eq!(client.get(PING).await.0, 401);
    simulator.clear_faults();
    assert_eq!(client.get(PING).await.0, 200);

    let calls = simulator.calls(Operation::CardsList);
    assert_eq!((calls.served, calls.limited, calls.refused, calls.failed), (2, 1, 1, 1));
    assert_eq!(calls.total(), 5);
}

#[tokio::test]
async fn a_level_set_by_hand_is_seen_at_once() {
    let client = Client::of(unlimited());
    let world = client.simulator.world();
    let stocked = |level: &simulator::truth::Level| level.quantity > 0 && !level.warehouse.seller;
    let level = world.levels(now()).find(stocked).unwrap();
    client.simulator.set_level(level.chrt_id, Where::Marketplace, 4321).unwrap();
    let body = json!({"nmIds": [level.nm_id], "chrtIds": [level.chrt_id]});
    let (_, answer) = client.post(STOCK, &body).await;
    assert_eq!(answer["data"]["items"][0]["quantity"], 4321);
    client.simulator.trash(level.nm_id).unwrap();
    let body = json!({"settings": {"filter": {"textSearch": level.nm_id.to_string()}}});
    assert_eq!(client.post(CARDS, &body).await.1["cursor"]["total"], 0);
}

#[tokio::test]
async fn controls_are_there_only_when_switched_on() {
    let client = Client::of(unlimited());
    assert_eq!(client.get("/_control/clock").await.0, 404);
    let client = Client::of(Settings { control: true, ..unlimited() });
    let (status, body) = client.post("/_control/clock", &json!({"advance_seconds": 3600})).await;
    assert_eq!((status, body), (200, json!({"now": "2026-11-01T10:00:00Z"})));
    let fault =
        json!({"operation": "ping", "next": {"kind": "gateway", "status": 500}, "empty": true});
    assert_eq!(client.post("/_control/faults", &fault).await.0, 204);
    assert_eq!(client.get(PING).await.0, 500);
    assert_eq!(client.get("/_control/counts").await.1["ping"]["failed"], 1);
    let fault = json!({"operation": "pong"});
    assert_eq!(client.post("/_control/faults", &fault).await.0, 422);
    let (_, keys) = client.get("/_control/keys").await;
    assert_eq!(keys["keys"]["personal"], client.simulator.keys().personal);
}

#[tokio::test]
async fn it_listens_and_stops() {
    let client = Client::of(unlimited());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let simulator = client.simulator.clone();
    let serving = tokio::spawn(async move {
        simulator.serve(listener, async { stopped.await.unwrap_or(()) }).await
    });
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let key = client.simulator.keys().personal;
    let request = format!(
        "GET {PING} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: {key}\r\n\r\n"
    );
    tokio::io::AsyncWriteExt::write_all(&mut stream, request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    tokio::io::AsyncReadExt::read_to_string(&mut stream, &mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    stop.send(()).unwrap();
    serving.await.unwrap().unwrap();
}

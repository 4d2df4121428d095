//! Trouble by recipe, on both marketplaces: what a client meets, and that it is the same each time.

#![allow(clippy::unwrap_used, reason = "tests")]

mod client;

use axum::body::to_bytes;
use client::{CARDS, Client, PING, STOCK, now};
use serde_json::{Value, json};
use simulator::{Limiting, Operation, Ozon, Recipe, Settings, Step, Trouble};

const LIST: &str = "/v3/product/list";

fn unlimited() -> Settings {
    Settings { skus: 60, limits: Limiting::Off, ..Settings::default() }
}

/// One call of a method goes wrong, the others don't.
fn once(operation: Operation, trouble: Trouble) -> Recipe {
    let step =
        Step { operations: vec![operation], from: 0, until: Some(1), share: 1.0, run: 1, trouble };
    Recipe { seed: 1, steps: vec![step] }
}

async fn ozon(client: &Client, trouble: Trouble) -> (u16, axum::http::HeaderMap, Value) {
    client.simulator.follow(once(Operation::Ozon(Ozon::ProductList), trouble));
    client.ozon_full(LIST, &json!({"limit": 20}), None).await
}

#[tokio::test]
async fn refusals_have_the_marketplaces_shapes() {
    let client = Client::of(unlimited());
    for (trouble, status, code) in [
        (Trouble::Limited { retry_seconds: 7 }, 429, 8),
        (Trouble::Failed { status: 502 }, 502, 13),
        (Trouble::Failed { status: 503 }, 503, 14),
        (Trouble::Disabled, 404, 5),
        (Trouble::Revoked, 401, 16),
    ] {
        let (found, headers, body) = ozon(&client, trouble).await;
        assert_eq!((found, &body["code"]), (status, &json!(code)));
        if status == 429 {
            assert_eq!(headers["retry-after"], "7");
        }
        assert_eq!(client.ozon_full(LIST, &json!({}), None).await.0, 200, "only once");
    }
    for (trouble, status, word) in [
        (Trouble::Limited { retry_seconds: 7 }, 429, "limited"),
        (Trouble::Failed { status: 500 }, 500, ""),
        (Trouble::Disabled, 404, "temporarily disabled"),
        (Trouble::Revoked, 401, "withdrawn"),
    ] {
        client.simulator.follow(once(Operation::CardsList, trouble));
        let (found, headers, body) = client.full("POST", CARDS, Some(&json!({})), None).await;
        assert_eq!(found, status);
        assert!(body["detail"].as_str().unwrap().contains(word), "{body}");
        assert_eq!(headers.contains_key("x-ratelimit-retry"), status == 429);
        assert_eq!(client.post(CARDS, &json!({})).await.0, 200);
    }
    assert_eq!(client.simulator.calls(Operation::CardsList).limited, 1);
}

#[tokio::test]
async fn rows_are_lost_doubled_moved_and_spoiled() {
    let client = Client::of(unlimited());
    let whole = client.ozon(LIST, json!({"limit": 20})).await["result"].clone();
    let items = |answer: &Value| answer["result"]["items"].as_array().unwrap().clone();
    let all = whole["items"].as_array().unwrap().clone();
    let (_, _, empty) = ozon(&client, Trouble::Empty).await;
    assert_eq!((items(&empty), &empty["result"]["last_id"]), (vec![], &json!("")));
    assert_eq!(empty["result"]["total"], whole["total"], "the total gives it away");
    let (_, _, partial) = ozon(&client, Trouble::Partial).await;
    assert!(items(&partial).len() < 20 && all.starts_with(&items(&partial)));
    let (_, _, repeated) = ozon(&client, Trouble::Repeated).await;
    assert_eq!(items(&repeated).len(), 40);
    let (_, _, shuffled) = ozon(&client, Trouble::Shuffled).await;
    assert_ne!(items(&shuffled), all);
    assert!(all.iter().all(|item| items(&shuffled).contains(item)));
    let (_, _, malformed) = ozon(&client, Trouble::MalformedRow).await;
    let wrong = items(&malformed).iter().zip(&all).filter(|(row, right)| row != right).count();
    assert_eq!(wrong, 1);
    let (_, _, new) = ozon(&client, Trouble::NewFields).await;
    assert!(items(&new).iter().all(|row| row.get("brandNewField").is_some()));
    let (_, _, lost) = ozon(&client, Trouble::LostCursor).await;
    assert_eq!(lost["result"]["last_id"], "");
    client.simulator.follow(once(Operation::Ozon(Ozon::ProductList), Trouble::StuckCursor));
    let body = json!({"limit": 20, "last_id": whole["last_id"]});
    assert_eq!(client.ozon(LIST, body).await["result"]["last_id"], whole["last_id"]);

    let stock = |trouble| {
        client.simulator.follow(once(Operation::WbWarehouses, trouble));
        async { client.post(STOCK, &json!({})).await }
    };
    let (_, whole) = client.post(STOCK, &json!({})).await;
    let rows = |answer: &Value| answer["data"]["items"].as_array().unwrap().clone();
    assert!(rows(&stock(Trouble::Empty).await.1).is_empty());
    assert!(rows(&stock(Trouble::Partial).await.1).len() < rows(&whole).len());
    assert_eq!(rows(&stock(Trouble::Repeated).await.1).len(), 2 * rows(&whole).len());
    client.simulator.follow(once(Operation::CardsList, Trouble::Empty));
    let (_, cards) = client.post(CARDS, &json!({})).await;
    assert_eq!((&cards["cards"], &cards["cursor"]["total"]), (&json!([]), &json!(0)));
}

#[tokio::test]
async fn a_body_is_cut_in_the_middle() {
    let client = Client::of(unlimited());
    client.simulator.follow(once(Operation::WbWarehouses, Trouble::CutOff));
    let response = client.raw("POST", STOCK, Some(&json!({})), None).await;
    assert_eq!(response.status(), 200);
    assert!(to_bytes(response.into_body(), usize::MAX).await.is_err());
    let (status, _, body) = ozon(&client, Trouble::Slow { millis: 1 }).await;
    assert_eq!((status, body["result"]["items"].as_array().unwrap().len()), (200, 20));
}

#[tokio::test]
async fn an_answer_can_be_of_an_earlier_moment() {
    let client = Client::of(Settings { mean_orders: 3.0, ..unlimited() });
    let body =
        json!({"filter": {"since": now() - chrono::TimeDelta::days(3), "to": now()}, "limit": 100});
    let path = "/v3/posting/fbo/list";
    let fresh = client.ozon_pages(path, "postings", body.clone()).await;
    let step = Step {
        operations: vec![Operation::Ozon(Ozon::FboPostings)],
        from: 0,
        until: None,
        share: 1.0,
        run: 1,
        trouble: Trouble::Stale { seconds: 86_400 },
    };
    client.simulator.follow(Recipe { seed: 1, steps: vec![step] });
    let stale = client.ozon_pages(path, "postings", body).await;
    assert!(stale.len() < fresh.len());
    let status = |rows: &[Value], number: &Value| {
        rows.iter().find(|row| row["posting_number"] == *number).unwrap()["status"].clone()
    };
    let older = stale.iter().filter(|row| status(&fresh, &row["posting_number"]) != row["status"]);
    assert!(older.count() > 0);
}

#[tokio::test]
async fn the_same_recipe_troubles_the_same_calls() {
    async fn fates(seed: u64) -> Vec<u16> {
        let step = Step {
            operations: Vec::new(),
            from: 2,
            until: Some(30),
            share: 0.4,
            run: 3,
            trouble: Trouble::Failed { status: 503 },
        };
        let recipe = Recipe { seed, steps: vec![step] };
        let client = Client::of(Settings { recipe, ..unlimited() });
        let mut fates = Vec::new();
        for _ in 0..40 {
            fates.push(client.get(PING).await.0);
            fates.push(client.ozon_full("/v1/roles", &json!({}), None).await.0);
        }
        fates
    }
    let first = fates(1).await;
    assert_eq!(first, fates(1).await);
    assert_ne!(first, fates(2).await);
    assert!(first.contains(&503) && first[60..].iter().all(|status| *status == 200));
}

#[tokio::test]
async fn recipes_are_given_over_the_controls() {
    let client = Client::of(Settings { control: true, ..unlimited() });
    let recipe = json!({"seed": 4, "steps": [
        {"operations": [LIST], "until": 1, "trouble": {"kind": "failed", "status": 500}},
    ]});
    assert_eq!(client.post("/_control/recipe", &recipe).await.0, 204);
    assert_eq!(client.ozon_refused(LIST, json!({})).await.0, 500);
    assert_eq!(client.ozon_full(LIST, &json!({}), None).await.0, 200);
    let wrong = json!({"steps": [{"trouble": {"kind": "earthquake"}}]});
    assert_eq!(client.post("/_control/recipe", &wrong).await.0, 422);
    let always = json!({"steps": [{"trouble": {"kind": "revoked"}}]});
    client.post("/_control/recipe", &always).await;
    assert_eq!(client.get(PING).await.0, 401);
    client.call("DELETE", "/_control/faults", None, None).await;
    assert_eq!(client.get(PING).await.0, 200);

    let (_, keys) = client.get("/_control/keys").await;
    assert_eq!(keys["ozon"]["admin"], client.simulator.ozon_keys().admin);
    let product = client.simulator.ozon().products(now()).next().unwrap();
    let body = json!({"sku": product.sku});
    assert_eq!(client.post("/_control/ozon/archive", &body).await.0, 204);
    let level = client.simulator.ozon().levels(now()).find(|level| level.free() > 0).unwrap();
    let body = json!({"sku": level.sku, "warehouse_id": level.warehouse.id, "quantity": 5});
    assert_eq!(client.post("/_control/ozon/levels", &body).await.0, 204);
    client.post("/_control/withdrawn", &json!({"token": client.simulator.ozon_keys().admin})).await;
    assert_eq!(client.ozon_refused(LIST, json!({})).await.0, 401);
    let (_, counts) = client.get("/_control/counts").await;
    assert_eq!(counts[LIST]["failed"], 1);
}

#[tokio::test]
async fn after_a_random_recipe_everything_is_as_before() {
    let client = Client::of(unlimited());
    let whole = client.ozon(LIST, json!({})).await;
    for seed in 0..20 {
        client.simulator.follow(Recipe::random(seed));
        for _ in 0..20 {
            let body = json!({});
            let call = client.ozon_full(LIST, &body, None);
            // A body that is cut off ends the call in the client.
            let _ = futures::FutureExt::catch_unwind(std::panic::AssertUnwindSafe(call)).await;
        }
        assert_eq!(client.ozon(LIST, json!({})).await, whole, "seed {seed}");
    }
}

//! Ozon's lists of products, stock, prices and places: shapes, paging to the end, agreement with the truth.

#![allow(clippy::unwrap_used, reason = "tests")]

mod client;

use chrono::TimeDelta;
use client::{Client, now};
use serde_json::{Value, json};
use simulator::ozon::Scheme;
use simulator::{Analytics, Limiting, Settings, Where};
use std::collections::{BTreeMap, BTreeSet};

fn unlimited() -> Settings {
    Settings { skus: 120, limits: Limiting::Off, ..Settings::default() }
}

fn number(row: &Value, field: &str) -> i64 {
    row[field].as_i64().unwrap_or_else(|| panic!("{field} of {row}"))
}

fn numbers(rows: &[Value], field: &str) -> BTreeSet<i64> {
    let found: BTreeSet<i64> = rows.iter().map(|row| number(row, field)).collect();
    assert_eq!(found.len(), rows.len(), "a row came twice");
    found
}

/// The skus of all products as Ozon wants them: numbers as text.
fn skus(client: &Client) -> Vec<String> {
    client.simulator.ozon().all_products(now()).map(|product| product.sku.to_string()).collect()
}

#[tokio::test]
async fn every_product_is_listed_once_by_each_list() {
    let client = Client::of(unlimited());
    let truth = client.simulator.ozon();
    let expected: BTreeSet<i64> = truth.products(now()).map(|product| product.product_id).collect();
    let gone: BTreeSet<i64> = truth
        .all_products(now())
        .map(|product| product.product_id)
        .filter(|id| !expected.contains(id))
        .collect();
    assert!(!gone.is_empty());
    let lists = [
        ("/v3/product/list", "items", "product_id"),
        ("/v4/product/info/stocks", "items", "product_id"),
        ("/v5/product/info/prices", "items", "product_id"),
    ];
    for (path, list, id) in lists {
        for (visibility, expected) in [("ALL", &expected), ("ARCHIVED", &gone)] {
            let body = json!({"filter": {"visibility": visibility}, "limit": 7});
            let rows = client.ozon_pages(path, list, body.clone()).await;
            assert_eq!(numbers(&rows, id), *expected, "{path} {visibility}");
            let answer = client.ozon(path, body).await;
            let inner = if answer["result"].is_object() { &answer["result"] } else { &answer };
            assert_eq!(number(inner, "total"), i64::try_from(expected.len()).unwrap());
        }
    }
    let stocked = client
        .ozon_pages(
            "/v3/product/list",
            "items",
            json!({"filter": {"visibility": "VISIBLE"}, "limit": 100}),
        )
        .await;
    let empty = client
        .ozon_pages(
            "/v3/product/list",
            "items",
            json!({"filter": {"visibility": "EMPTY_STOCK"}, "limit": 100}),
        )
        .await;
    assert_eq!(stocked.len() + empty.len(), expected.len());
    assert!(!stocked.is_empty() && !empty.is_empty());
}

#[tokio::test]
async fn attributes_come_in_pages_too() {
    let client = Client::of(unlimited());
    let (mut found, mut last_id) = (BTreeSet::new(), json!(""));
    loop {
        let body = json!({"filter": {"visibility": "ALL"}, "limit": 50, "last_id": last_id});
        let page = client.ozon("/v4/product/info/attributes", body).await;
        for row in page["result"].as_array().unwrap() {
            assert!(found.insert(number(row, "id")));
            assert_eq!(row["attributes"][0]["id"], 85);
        }
        if page["result"] == json!([]) {
            break;
        }
        last_id = page["last_id"].clone();
    }
    assert_eq!(found.len(), client.simulator.ozon().products(now()).count());
}

#[tokio::test]
async fn details_are_found_by_each_kind_of_id() {
    let client = Client::of(unlimited());
    let product = client.simulator.ozon().products(now()).nth(20).unwrap();
    let path = "/v3/product/info/list";
    let by_id = client.ozon(path, json!({"product_id": [product.product_id.to_string()]})).await;
    assert_eq!(by_id, client.ozon(path, json!({"sku": [product.sku]})).await);
    assert_eq!(by_id, client.ozon(path, json!({"offer_id": [product.offer_id]})).await);
    let item = &by_id["items"][0];
    assert_eq!(number(item, "id"), product.product_id);
    assert_eq!(item["offer_id"], product.offer_id);
    assert_eq!(item["barcodes"], json!(product.barcodes));
    assert!(item["price"].as_str().unwrap().ends_with(".0000"));
    let unknown = client.ozon(path, json!({"product_id": ["5"]})).await;
    assert_eq!(unknown["items"], json!([]));
    let text = client
        .ozon("/v1/product/info/description", json!({"product_id": product.product_id}))
        .await;
    assert_eq!(text["result"]["offer_id"], product.offer_id);
    let many: Vec<i64> = (0..1001).collect();
    let refused = client.ozon_refused(path, json!({ "sku": many })).await;
    assert_eq!((refused.0, refused.1), (400, 3));
}

#[tokio::test]
async fn stock_says_the_same_everywhere() {
    let client = Client::of(unlimited());
    let truth = client.simulator.ozon();
    let mut expected = BTreeMap::new();
    for level in truth.levels(now()) {
        let key = (level.sku, level.warehouse.id);
        assert!(
            expected.insert(key, (level.warehouse.scheme, level.present, level.reserved)).is_none()
        );
    }
    assert!(expected.values().any(|(_, _, reserved)| *reserved > 0));
    // By warehouse, of a list of products.
    let (mut fbo, mut fbs) = (Vec::new(), Vec::new());
    for some in skus(&client).chunks(100) {
        let path = "/v1/product/info/stocks-by-warehouse/fbo";
        fbo.extend(client.ozon_pages(path, "products", json!({"skus": some, "limit": 33})).await);
        let path = "/v2/product/info/stocks-by-warehouse/fbs";
        fbs.extend(client.ozon_pages(path, "products", json!({"sku": some, "limit": 9})).await);
    }
    let mut seen = BTreeMap::new();
    for (row, own) in fbo.iter().map(|row| (row, false)).chain(fbs.iter().map(|row| (row, true))) {
        let key = (number(row, "sku"), number(row, "warehouse_id"));
        let (scheme, present, reserved) = expected[&key];
        assert_eq!(scheme != Scheme::Fbo, own);
        assert_eq!((number(row, "present"), number(row, "reserved")), (present, reserved));
        if own {
            assert_eq!(number(row, "free_stock"), present - reserved);
        }
        assert!(seen.insert(key, ()).is_none());
    }
    assert_eq!(seen.len(), expected.len());
    // By scheme.
    let body = json!({"filter": {"visibility": "ALL"}, "limit": 50});
    for row in client.ozon_pages("/v4/product/info/stocks", "items", body).await {
        for stock in row["stocks"].as_array().unwrap() {
            let of = |pick: fn(&(Scheme, i64, i64)) -> i64| -> i64 {
                let mine = |((sku, _), (scheme, ..)): &(&(i64, i64), &(Scheme, i64, i64))| {
                    *sku == number(stock, "sku") && scheme.as_str() == stock["type"]
                };
                expected.iter().filter(mine).map(|(_, known)| pick(known)).sum()
            };
            assert_eq!(number(stock, "present"), of(|known| known.1));
            assert_eq!(number(stock, "reserved"), of(|known| known.2));
        }
    }
    // By one of the seller's warehouses: without the archive.
    let listed: BTreeSet<i64> = truth.products(now()).map(|product| product.sku).collect();
    for warehouse in truth.warehouses().into_iter().filter(|known| known.scheme != Scheme::Fbo) {
        let path = "/v1/product/info/warehouse/stocks";
        let body = json!({"warehouse_id": warehouse.id, "limit": 4});
        let rows = client.ozon_pages(path, "stocks", body).await;
        let held = expected.keys().filter(|(sku, id)| *id == warehouse.id && listed.contains(sku));
        assert_eq!(numbers(&rows, "sku"), held.map(|(sku, _)| *sku).collect());
        for row in rows {
            let (_, present, reserved) = expected[&(number(&row, "sku"), warehouse.id)];
            assert_eq!(number(&row, "free_stock"), present - reserved);
        }
    }
    // By name, without a list.
    let (mut rows, mut offset) = (0, 0);
    loop {
        let body = json!({"limit": 100, "offset": offset, "warehouse_type": "ALL"});
        let answer = client.ozon("/v2/analytics/stock_on_warehouses", body).await;
        let page = answer["result"]["rows"].as_array().unwrap().clone();
        rows += page.len();
        offset += 100;
        if page.len() < 100 {
            break;
        }
    }
    assert_eq!(rows, fbo.len());
}

#[tokio::test]
async fn places_have_names() {
    let client = Client::of(unlimited());
    let own = client.ozon_pages("/v2/warehouse/list", "warehouses", json!({"limit": 1})).await;
    assert_eq!(numbers(&own, "warehouse_id").len(), 2);
    assert_eq!((&own[0]["is_rfbs"], &own[1]["is_rfbs"]), (&json!(false), &json!(true)));
    let ozons =
        client.ozon("/v1/warehouse/ozon/list", json!({"warehouse_types": ["FULL_FILLMENT"]})).await;
    let all = numbers(ozons["warehouses"].as_array().unwrap(), "warehouse_id");
    let of_clusters = |rows: Vec<Value>| numbers(&rows, "warehouse_id");
    let newer = client.ozon("/v2/cluster/list", json!({})).await;
    let newer: Vec<Value> = newer["result"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|cluster| cluster["data"]["fulfillments"].as_array().unwrap().clone())
        .collect();
    let older = client.ozon("/v1/cluster/list", json!({"cluster_type": "CLUSTER_TYPE_OZON"})).await;
    let older: Vec<Value> = older["clusters"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|cluster| {
            cluster["logistic_clusters"][0]["warehouses"].as_array().unwrap().clone()
        })
        .collect();
    assert_eq!(of_clusters(older), all);
    let missing = &all - &of_clusters(newer);
    assert_eq!(missing.len(), 1, "the newer list leaves one out");
    let supplied = client.ozon("/v1/warehouse/fbo/seller/list", json!({})).await;
    assert_eq!(supplied["warehouses"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn prices_are_numbers_here_and_text_there() {
    let client = Client::of(unlimited());
    let body = json!({"filter": {"visibility": "ALL"}, "limit": 1000});
    let rows = client.ozon_pages("/v5/product/info/prices", "items", body).await;
    let expected: BTreeMap<i64, i64> = client
        .simulator
        .ozon()
        .prices(now())
        .map(|price| (price.product_id, price.price_minor))
        .collect();
    assert_eq!(rows.len(), expected.len());
    for row in rows {
        assert_eq!(number(&row["price"], "price") * 100, expected[&number(&row, "product_id")]);
    }
}

#[tokio::test]
async fn a_level_set_by_hand_and_a_product_archived_are_seen_at_once() {
    let client = Client::of(unlimited());
    let simulator = &client.simulator;
    let level = simulator
        .ozon()
        .levels(now())
        .find(|level| level.warehouse.scheme == Scheme::Fbo && level.free() > 0)
        .unwrap();
    let read = || async {
        let body = json!({"skus": [level.sku.to_string()], "limit": 100});
        let rows = client.ozon("/v1/product/info/stocks-by-warehouse/fbo", body).await;
        let rows = rows["products"].as_array().unwrap().clone();
        let mine = rows.iter().find(|row| row["warehouse_id"] == level.warehouse.id).unwrap();
        number(mine, "present") - number(mine, "reserved")
    };
    simulator.set_ozon_level(level.sku, Where::Warehouse(level.warehouse.id), 4321).unwrap();
    assert_eq!(read().await, 4321);
    simulator.forget_changes();
    assert_eq!(read().await, level.free());
    assert!(simulator.set_ozon_level(5, Where::Marketplace, 1).is_err());
    let total = |answer: Value| number(&answer["result"], "total");
    let body = json!({"filter": {"visibility": "ARCHIVED"}, "limit": 1000});
    let before = total(client.ozon("/v3/product/list", body.clone()).await);
    simulator.archive(level.sku).unwrap();
    let answer = client.ozon("/v3/product/list", body).await;
    assert!(answer["result"]["items"].to_string().contains(&level.product_id.to_string()));
    assert!(total(answer) > before);
}

#[tokio::test]
async fn ozons_own_numbers_follow_from_what_happened() {
    let client = Client::of(unlimited());
    let truth = client.simulator.ozon();
    let today = now().date_naive().and_hms_opt(0, 0, 0).unwrap().and_utc();
    let month = truth.postings(today - TimeDelta::days(28), today - TimeDelta::seconds(1), now());
    let mut grades = BTreeSet::new();
    for some in skus(&client).chunks(100) {
        let rows = client.ozon("/v1/analytics/stocks", json!({ "skus": some })).await;
        for row in rows["items"].as_array().unwrap() {
            let sku = number(row, "sku");
            let units: i64 = month
                .iter()
                .filter(|posting| posting.scheme == Scheme::Fbo && posting.status != "cancelled")
                .flat_map(|posting| &posting.lines)
                .filter(|line| line.sku == sku)
                .map(|line| line.quantity)
                .sum();
            let measures = truth.measures(sku, now()).unwrap();
            assert_eq!(measures.units, units);
            let ads = row["ads"].as_f64().unwrap();
            assert!((ads - f64::from(i32::try_from(units).unwrap()) / 28.0).abs() <= 0.005);
            if units > 0 {
                let idc = f64::from(i32::try_from(measures.stock).unwrap())
                    / f64::from(i32::try_from(units).unwrap())
                    * 28.0;
                assert!((row["idc"].as_f64().unwrap() - idc).abs() <= 0.05 + 1e-9, "{row}");
            }
            grades.insert(row["turnover_grade"].as_str().unwrap().to_owned());
        }
        let stock: i64 = rows["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| number(row, "available_stock_count"))
            .sum();
        let expected: i64 = truth
            .levels(now())
            .filter(|level| level.warehouse.scheme == Scheme::Fbo)
            .filter(|level| some.contains(&level.sku.to_string()))
            .map(|level| level.free())
            .sum();
        assert_eq!(stock, expected);
    }
    for grade in ["DEFICIT", "POPULAR", "ACTUAL", "SURPLUS", "NO_SALES"] {
        assert!(grades.contains(grade), "{grade} of {grades:?}");
    }
    let refused = client.ozon_refused("/v1/analytics/stocks", json!({"skus": []})).await;
    assert_eq!((refused.0, refused.1), (400, 3));
    let both = json!({"skus": ["1"], "cluster_ids": ["1"], "macrolocal_cluster_ids": ["1"]});
    assert_eq!(client.ozon_refused("/v1/analytics/stocks", both).await.0, 400);
}

#[tokio::test]
async fn analytics_can_be_of_this_mornings() {
    let client = Client::of(Settings { analytics: Analytics::TwiceADay, ..unlimited() });
    let made = "2026-11-01T07:00:00Z".parse().unwrap();
    let level = client
        .simulator
        .ozon()
        .levels(made)
        .find(|level| level.warehouse.scheme == Scheme::Fbo && level.free() > 0)
        .unwrap();
    client.simulator.set_ozon_level(level.sku, Where::Marketplace, 9999).unwrap();
    let rows = client.ozon("/v1/analytics/stocks", json!({"skus": [level.sku]})).await;
    let rows = rows["items"].as_array().unwrap();
    let row = rows.iter().find(|row| row["warehouse_id"] == level.warehouse.id).unwrap();
    assert_eq!(number(row, "available_stock_count"), level.free());
}

#[tokio::test]
async fn turnover_and_data_count_the_same_sales() {
    let client = Client::of(unlimited());
    let truth = client.simulator.ozon();
    let (mut rows, mut offset) = (Vec::new(), 0);
    loop {
        let body = json!({"limit": 100, "offset": offset});
        let answer = client.ozon("/v1/analytics/turnover/stocks", body).await;
        let page = answer["items"].as_array().unwrap().clone();
        offset += 100;
        rows.extend(page.clone());
        if page.len() < 100 {
            break;
        }
    }
    assert!(!numbers(&rows, "sku").is_empty());
    for row in &rows {
        let measures = truth.measures(number(row, "sku"), now()).unwrap();
        assert_eq!(number(row, "current_stock"), measures.stock);
        let ads = f64::from(i32::try_from(measures.long_units).unwrap()) / 60.0;
        assert!((row["ads"].as_f64().unwrap() - ads).abs() <= 0.005);
    }
    let body = json!({
        "date_from": "2026-10-01", "date_to": "2026-10-31", "dimension": ["sku", "day"],
        "metrics": ["revenue", "ordered_units"], "limit": 1000,
    });
    let answer = client.ozon("/v1/analytics/data", body).await;
    let from = "2026-10-01T00:00:00Z".parse().unwrap();
    let to = "2026-10-31T23:59:59Z".parse().unwrap();
    let postings = truth.postings(from, to, now());
    let lines = postings.iter().flat_map(|posting| &posting.lines);
    let pieces: i64 = lines.map(|line| line.quantity).sum();
    assert_eq!(answer["result"]["totals"][1], pieces);
    let unknown = json!({
        "date_from": "2026-10-01", "date_to": "2026-10-31", "dimension": ["brand"],
        "metrics": ["revenue"], "limit": 10,
    });
    assert_eq!(client.ozon_refused("/v1/analytics/data", unknown).await.1, 12);
}

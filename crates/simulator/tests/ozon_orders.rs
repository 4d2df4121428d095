//! Ozon's postings and returns: every one exactly once, whichever way, and as they really are.

#![allow(clippy::unwrap_used, reason = "tests")]

mod client;

use chrono::{DateTime, TimeDelta, Utc};
use client::{Client, now};
use serde_json::{Value, json};
use simulator::ozon::Scheme;
use simulator::ozon::truth::OzonPosting;
use simulator::{Limiting, Settings};
use std::collections::{BTreeMap, BTreeSet};

const FBO: &str = "/v3/posting/fbo/list";
const FBS: &str = "/v4/posting/fbs/list";

fn shop() -> Client {
    Client::of(Settings {
        skus: 150,
        mean_orders: 1.0,
        limits: Limiting::Off,
        ..Settings::default()
    })
}

fn text(row: &Value, field: &str) -> String {
    row[field].as_str().unwrap_or_else(|| panic!("{field} of {row}")).to_owned()
}

fn time(row: &Value, field: &str) -> DateTime<Utc> {
    text(row, field).parse().unwrap()
}

fn period(days: i64) -> (DateTime<Utc>, DateTime<Utc>) {
    (now() - TimeDelta::days(days), now())
}

fn truth(client: &Client, days: i64, fbo: bool) -> BTreeMap<String, OzonPosting> {
    let (from, to) = period(days);
    let all = client.simulator.ozon().postings(from, to, client.simulator.now());
    all.into_iter()
        .filter(|posting| (posting.scheme == Scheme::Fbo) == fbo)
        .map(|posting| (posting.posting_number.clone(), posting))
        .collect()
}

fn agrees(row: &Value, posting: &OzonPosting) {
    assert_eq!(row["status"], posting.status);
    assert_eq!(row["order_id"], posting.order_id);
    assert_eq!(row["order_number"], posting.order_number);
    let lines: Vec<(i64, i64, String)> = row["products"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| {
            let price = text(&line["price"], "amount");
            (line["sku"].as_i64().unwrap(), line["quantity"].as_i64().unwrap(), price)
        })
        .collect();
    let expected: Vec<(i64, i64, String)> = posting
        .lines
        .iter()
        .map(|line| (line.sku, line.quantity, (line.price_minor / 100).to_string()))
        .collect();
    assert_eq!(lines, expected);
}

#[tokio::test]
async fn every_posting_comes_once_in_either_direction() {
    let client = shop();
    for (path, fbo) in [(FBO, true), (FBS, false)] {
        let expected = truth(&client, 20, fbo);
        assert!(expected.len() > 200);
        let (since, to) = period(20);
        for direction in ["ASC", "DESC"] {
            let body = json!({
                "filter": {"since": since, "to": to}, "limit": 37, "sort_dir": direction,
                "with": {"analytics_data": true, "financial_data": true},
            });
            let rows = client.ozon_pages(path, "postings", body).await;
            let seen: BTreeSet<String> =
                rows.iter().map(|row| text(row, "posting_number")).collect();
            assert_eq!(seen.len(), rows.len(), "{path} {direction}: one came twice");
            assert_eq!(seen, expected.keys().cloned().collect());
            let word = if fbo { "created_at" } else { "in_process_at" };
            let times: Vec<_> = rows.iter().map(|row| time(row, word)).collect();
            assert!(times.is_sorted_by(|one, next| if direction == "ASC" {
                one <= next
            } else {
                one >= next
            }));
            for row in &rows {
                let posting = &expected[&text(row, "posting_number")];
                agrees(row, posting);
                assert_eq!(row["analytics_data"]["warehouse_id"], posting.warehouse.id);
                assert_eq!(row["financial_data"]["cluster_from"], posting.warehouse.cluster.name);
                let reason = &row["cancellation"];
                if fbo {
                    assert_eq!(reason.is_null(), posting.status != "cancelled");
                } else {
                    let after = posting.status == "cancelled" && posting.shipped_at.is_some();
                    assert_eq!(reason["cancelled_after_ship"], after);
                    assert_eq!(row["delivery_method"]["warehouse_id"], posting.warehouse.id);
                }
            }
        }
    }
}

#[tokio::test]
async fn all_statuses_and_baskets_of_two_are_seen() {
    let client = shop();
    let all: Vec<OzonPosting> = truth(&client, 20, true)
        .into_values()
        .chain(truth(&client, 20, false).into_values())
        .collect();
    let statuses: BTreeSet<&str> = all.iter().map(|posting| posting.status).collect();
    let expected =
        ["awaiting_deliver", "awaiting_packaging", "cancelled", "delivered", "delivering"];
    assert_eq!(statuses, expected.into_iter().collect());
    assert!(all.iter().any(|posting| posting.lines.len() == 2));
    assert!(all.iter().any(|posting| posting.lines[0].quantity == 2));
    let schemes: BTreeSet<Scheme> = all.iter().map(|posting| posting.scheme).collect();
    assert_eq!(schemes.len(), 3);
}

#[tokio::test]
async fn a_change_is_found_by_its_moment() {
    let client = shop();
    let (since, to) = period(60);
    let from = now() - TimeDelta::hours(12);
    let body = json!({
        "filter": {"since": since, "to": to, "last_changed_status_date": {"from": from, "to": to}},
        "limit": 100, "sort_dir": "ASC",
    });
    let rows = client.ozon_pages(FBS, "postings", body).await;
    let changed: BTreeSet<String> = rows.iter().map(|row| text(row, "posting_number")).collect();
    let expected: BTreeSet<String> = truth(&client, 60, false)
        .into_values()
        .filter(|posting| posting.status_since >= from)
        .map(|posting| posting.posting_number)
        .collect();
    assert!(!expected.is_empty());
    assert_eq!(changed, expected);
    let body =
        json!({"filter": {"since": since, "to": to, "statuses": ["cancelled"]}, "limit": 100});
    for row in client.ozon_pages(FBS, "postings", body).await {
        assert_eq!(row["status"], "cancelled");
    }
}

#[tokio::test]
async fn a_split_leaves_the_rest_and_names_its_parent() {
    let client = shop();
    let part =
        truth(&client, 60, false).into_values().find(|posting| posting.parent.is_some()).unwrap();
    let parent = part.parent.clone().unwrap();
    let get = |number: String| {
        let client = &client;
        async move {
            let body = json!({"posting_number": number, "with": {"related_postings": true}});
            client.ozon("/v3/posting/fbs/get", body).await["result"].clone()
        }
    };
    let (after, rest) = (get(part.posting_number.clone()).await, get(parent.clone()).await);
    assert_eq!(after["parent_posting_number"], parent);
    assert_eq!(rest["parent_posting_number"], "");
    assert_eq!(rest["related_postings"]["related_posting_numbers"], json!([part.posting_number]));
    let pieces = |posting: &Value| -> i64 {
        let lines = posting["products"].as_array().unwrap();
        lines.iter().map(|line| line["quantity"].as_i64().unwrap()).sum()
    };
    assert_eq!((pieces(&after), pieces(&rest)), (1, 1));
    // Before it was packed there was one posting of two pieces.
    client.simulator.advance(part.created_at + TimeDelta::minutes(1) - now());
    let whole = get(parent).await;
    assert_eq!(pieces(&whole), 2);
    let body = json!({"posting_number": part.posting_number});
    assert_eq!(client.ozon_refused("/v3/posting/fbs/get", body).await.1, 5);
}

#[tokio::test]
async fn one_posting_is_found_by_its_number() {
    let client = shop();
    let (number, posting) = truth(&client, 5, true).pop_first().unwrap();
    let body =
        json!({"posting_number": number, "with": {"analytics_data": true, "financial_data": true}});
    let answer = client.ozon("/v2/posting/fbo/get", body).await;
    assert_eq!(answer["result"]["posting_number"], number);
    assert_eq!(answer["result"]["status"], posting.status);
    let body = json!({"filter": {"posting_numbers": [number, "0000000001-0001-1", "nonsense"]}, "limit": 10});
    let listed = client.ozon(FBO, body).await;
    assert_eq!(listed["postings"].as_array().unwrap().len(), 1);
    let body = json!({"filter": {"order_numbers": [posting.order_number]}, "limit": 10});
    let listed = client.ozon(FBO, body).await;
    agrees(&listed["postings"][0], &posting);
    for (path, body) in [
        ("/v2/posting/fbo/get", json!({"posting_number": "1-1-1"})),
        ("/v3/posting/fbs/get", json!({"posting_number": number})),
    ] {
        assert_eq!(client.ozon_refused(path, body).await.0, 404);
    }
}

#[tokio::test]
async fn what_is_to_be_sent_is_listed_apart() {
    let client = shop();
    let expected: BTreeSet<String> = truth(&client, 10, false)
        .into_values()
        .filter(|posting| posting.status.starts_with("awaiting"))
        .map(|posting| posting.posting_number)
        .collect();
    let body = json!({"filter": {}, "limit": 5});
    let path = "/v4/posting/fbs/unfulfilled/list";
    let answer = client.ozon(path, body.clone()).await;
    assert_eq!(answer["count"], expected.len());
    let rows = client.ozon_pages(path, "postings", body).await;
    let seen: BTreeSet<String> = rows.iter().map(|row| text(row, "posting_number")).collect();
    assert_eq!((seen.len(), &seen), (rows.len(), &expected));
}

#[tokio::test]
async fn every_return_comes_once() {
    let client = shop();
    let from = now() - TimeDelta::days(120);
    let truth = client.simulator.ozon().returns(from - TimeDelta::days(30), now(), now());
    let expected: BTreeMap<i64, _> = truth
        .into_iter()
        .filter(|one| one.back_at.unwrap_or(one.set_out_at) >= from)
        .map(|one| (one.id, one))
        .collect();
    assert!(expected.len() > 50);
    let path = "/v1/returns/list";
    let moment = json!({"time_from": from, "time_to": now()});
    let body =
        json!({"filter": {"visual_status_change_moment": moment}, "limit": 13, "last_id": 0});
    let rows = client.ozon_pages(path, "returns", body).await;
    assert_eq!(rows.len(), expected.len());
    for row in &rows {
        let one = &expected[&row["id"].as_i64().unwrap()];
        assert_eq!(row["posting_number"], one.posting_number);
        assert_eq!((&row["type"], &row["schema"]), (&json!(one.kind), &json!(one.schema)));
        assert_eq!(row["product"]["sku"], one.sku);
        assert_eq!(row["product"]["quantity"], one.quantity);
        assert_eq!(time(&row["logistic"], "return_date"), one.set_out_at);
        assert_eq!(row["logistic"]["final_moment"].is_null(), one.back_at.is_none());
    }
    let kinds: BTreeSet<&str> = expected.values().map(|one| one.kind).collect();
    assert_eq!(kinds.len(), 2);
    let all = client.ozon_pages(path, "returns", json!({"limit": 500, "last_id": 0})).await;
    assert!(all.len() > rows.len());
    let number = text(&rows[0], "posting_number");
    let body = json!({"filter": {"posting_numbers": [number]}, "limit": 500});
    assert!(!client.ozon(path, body).await["returns"].as_array().unwrap().is_empty());
    let two = json!({
        "filter": {"visual_status_change_moment": moment, "logistic_return_date": moment}, "limit": 5,
    });
    assert_eq!(client.ozon_refused(path, two).await.0, 400);
}

#[tokio::test]
async fn postings_have_bounds() {
    let client = shop();
    let (since, to) = period(400);
    let long = json!({"filter": {"since": since, "to": to}, "limit": 10});
    for path in [FBO, FBS] {
        let (status, code, message) = client.ozon_refused(path, long.clone()).await;
        assert_eq!((status, code, message.as_str()), (400, 3, "PERIOD_IS_TOO_LONG"));
        let (since, to) = period(1);
        for limit in [0, 101] {
            let body = json!({"filter": {"since": since, "to": to}, "limit": limit});
            assert_eq!(client.ozon_refused(path, body).await.0, 400);
        }
        let body = json!({"filter": {"since": since, "to": to}, "limit": 10, "cursor": "nonsense"});
        assert_eq!(client.ozon_refused(path, body).await.0, 400);
        let body = json!({"filter": {"since": since, "to": to}, "limit": 10, "sort_dir": "asc"});
        assert!(client.ozon_refused(path, body).await.2.starts_with("proto: syntax error"));
    }
    let (status, _, message) = client.ozon_refused(FBS, json!({"filter": {}, "limit": 10})).await;
    assert_eq!(status, 400);
    assert!(message.contains("since"), "{message}");
}

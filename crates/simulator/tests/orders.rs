//! The order report: nothing lost between pages, nothing older than it keeps, changes seen again.

#![allow(clippy::unwrap_used, reason = "tests")]

mod client;

use chrono::{DateTime, TimeDelta, Utc};
use client::{Client, ORDERS, now};
use serde_json::Value;
use simulator::{Limiting, Settings};
use std::collections::{HashMap, HashSet};

fn unlimited() -> Settings {
    Settings { skus: 250, limits: Limiting::Off, ..Settings::default() }
}

#[tokio::test]
async fn paging_through_orders_loses_none() {
    for page in [1, 7, 500] {
        let client = Client::of(Settings { orders_page: page, skus: 40, ..unlimited() });
        let (mut rows, mut from) = (HashMap::new(), "2026-01-01".to_owned());
        loop {
            let answer = client.orders(&from, 0).await;
            let mut news = false;
            for row in &answer {
                let key = row["srid"].as_str().unwrap().to_owned();
                let change = row["lastChangeDate"].as_str().unwrap().to_owned();
                assert!(change >= from, "{change} before {from}");
                news |= rows.insert(key, change.clone()) != Some(change);
            }
            if !news {
                break;
            }
            from = answer.last().unwrap()["lastChangeDate"].as_str().unwrap().to_owned();
        }
        let kept = now() - TimeDelta::days(90);
        let truth = client.simulator.world().orders(kept, now() + TimeDelta::seconds(1));
        let visible: HashSet<String> =
            truth.filter(|order| order.visible_at <= now()).map(|order| order.srid).collect();
        assert!(visible.len() > 100);
        let found: HashSet<String> = rows.into_keys().collect();
        assert_eq!(found.symmetric_difference(&visible).count(), 0, "page of {page}");
    }
}

#[tokio::test]
async fn a_day_of_orders_is_a_moscow_day() {
    let client = Client::of(unlimited());
    let rows = client.orders("2026-10-20T15:00:00", 1).await;
    assert!(rows.len() > 10);
    assert!(rows.iter().all(|row| row["date"].as_str().unwrap().starts_with("2026-10-20T")));
    let from = "2026-10-19T21:00:00Z".parse::<DateTime<Utc>>().unwrap();
    let truth = client.simulator.world().orders(from, from + TimeDelta::days(1));
    assert_eq!(truth.count(), rows.len());
}

#[tokio::test]
async fn a_cancelled_order_comes_again_with_a_later_change() {
    let client = Client::of(unlimited());
    let world = client.simulator.world();
    let order = world
        .orders(now() - TimeDelta::days(3), now())
        .find(|order| order.visible_at <= now() && order.cancelled_at.is_some_and(|at| at > now()))
        .unwrap();
    let find = |rows: Vec<Value>| rows.into_iter().find(|row| row["srid"] == *order.srid).unwrap();
    let before = find(client.orders("2026-10-20", 0).await);
    assert_eq!(before["isCancel"], false);
    assert_eq!(before["cancelDate"], "0001-01-01T00:00:00");
    client.simulator.advance(order.cancelled_at.unwrap() - now());
    let after = find(client.orders("2026-10-31T12:00:00", 0).await);
    assert_eq!(after["isCancel"], true);
    assert_eq!(after["cancelDate"], after["lastChangeDate"]);
    assert!(after["lastChangeDate"].as_str() > before["lastChangeDate"].as_str());
    assert_eq!(after["date"], before["date"]);
    let minor = after["finishedPrice"].as_i64().unwrap() * 100;
    assert_eq!(minor, order.finished_price_minor);
}

#[tokio::test]
async fn orders_are_sent_while_they_are_found() {
    let client = Client::of(unlimited());
    let response = client.raw("GET", &format!("{ORDERS}?dateFrom=2026-01-01"), None, None).await;
    assert!(!response.headers().contains_key("content-length"));
    let mut frames = 0;
    let mut body = response.into_body().into_data_stream();
    while let Some(frame) = futures::StreamExt::next(&mut body).await {
        assert!(frame.unwrap().len() < 80 * 1024);
        frames += 1;
    }
    assert!(frames > 10, "{frames}");
}

//! Clients that others generated from the official contracts read both marketplaces over loopback, and what they read
//! is the truth.
//!
//! `cargo xtask test` installs them and names their interpreter in `TEST_PYTHON`; without it the test says that it was
//! left out.
#![allow(clippy::unwrap_used, reason = "tests")]

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use simulator::ozon::Scheme;
use simulator::{Clock, Limiting, Settings, Simulator};
use std::path::Path;

fn now() -> DateTime<Utc> {
    "2026-11-01T09:00:00Z".parse().unwrap()
}

/// What they read; `None` where there is no Python to ask.
async fn read(simulator: &Simulator) -> Option<Value> {
    let Some(python) = std::env::var_os("TEST_PYTHON") else {
        eprintln!("left out: TEST_PYTHON is not set; `cargo xtask test` sets it");
        return None;
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let served = simulator.clone();
    let server =
        tokio::spawn(async move { served.serve(listener, std::future::pending()).await.unwrap() });
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tools/simulator/clients.py");
    let ask = move || std::process::Command::new(python).arg(script).arg(address).output().unwrap();
    let output = tokio::task::spawn_blocking(ask).await.unwrap();
    server.abort();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{said}"));
    assert_eq!(answer["failed"], json!({}), "{said}");
    Some(answer["read"].clone())
}

mod python {
    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn clients_of_others_read_both_marketplaces() {
        let settings = Settings {
            skus: 30,
            days: 200,
            limits: Limiting::Off,
            control: true,
            ..Settings::default()
        };
        let simulator = Simulator::new(settings, Clock::fixed(now()));
        let Some(read) = read(&simulator).await else { return };
        wildberries(&simulator, &read);
        ozon(&simulator, &read);
    }

    fn wildberries(simulator: &Simulator, read: &Value) {
        let world = simulator.world();
        let mut cards: Vec<i64> = world.products(now()).map(|card| card.nm_id).collect();
        cards.sort_unstable();
        assert_eq!(read["cards/list"], json!(cards));
        assert_eq!(read["list/goods/filter"], cards.len());
        let pieces = |of_sellers: bool| -> i64 {
            let levels = world.levels(now()).filter(|level| level.warehouse.seller == of_sellers);
            levels.map(|level| level.quantity).sum()
        };
        assert_eq!(read["wb-warehouses"], pieces(false));
        assert_eq!(read["stocks"], pieces(true));
        assert_eq!(read["stocks-report/products"], pieces(false) + pieces(true));
        let since = now() - TimeDelta::days(1);
        let ordered = cards.iter().flat_map(|card| world.orders_of(*card, since, now()));
        let told = read["supplier/orders"].as_array().unwrap();
        for order in ordered.filter(|order| order.visible_at <= now()) {
            assert!(told.contains(&json!(order.srid)), "{}", order.srid);
        }
        assert!(read["supplier/sales"].as_u64().unwrap() > 0);
        assert_eq!(read["ping"], "OK");
        assert_eq!(read["seller-info"], json!(simulator.sid()));
    }

    fn ozon(simulator: &Simulator, read: &Value) {
        let truth = simulator.ozon();
        let mut products: Vec<i64> = truth.products(now()).map(|one| one.product_id).collect();
        products.sort_unstable();
        assert!(products.len() <= 100, "one call of each method names them all");
        assert_eq!(read["/v3/product/list"], json!(products));
        for list in ["/v4/product/info/stocks", "/v5/product/info/prices", "/v3/product/info/list"]
        {
            assert_eq!(read[list], products.len(), "{list}");
        }
        let free = |of_ozon: bool| -> i64 {
            let levels = truth.levels(now()).filter(|level| products.contains(&level.product_id));
            let levels = levels.filter(|level| (level.warehouse.scheme == Scheme::Fbo) == of_ozon);
            levels.map(|level| level.free()).sum()
        };
        assert_eq!(read["/v1/product/info/stocks-by-warehouse/fbo"], free(true));
        assert_eq!(read["/v1/analytics/stocks"], free(true));
        assert_eq!(read["/v2/product/info/stocks-by-warehouse/fbs"], free(false));
        let postings = truth.postings(now() - TimeDelta::days(10), now(), now());
        for (list, of_ozon) in [("/v3/posting/fbo/list", true), ("/v4/posting/fbs/list", false)] {
            let of_scheme = postings.iter().filter(|one| (one.scheme == Scheme::Fbo) == of_ozon);
            let mut numbers: Vec<&str> = of_scheme.map(|one| one.posting_number.as_str()).collect();
            numbers.sort_unstable();
            assert!(!numbers.is_empty());
            assert_eq!(read[list], json!(numbers), "{list}");
        }
        assert!(read["/v1/returns/list"].as_u64().unwrap() > 0);
        assert!(read["/v1/analytics/turnover/stocks"].as_u64().unwrap() > 0);
    }
}

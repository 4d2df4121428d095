//! The past over real HTTP, on both engines: what was seen at a moment is what is shown of it later.

use crate::common::{App, Person};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;
use store::testing::TestStore;

async fn read(app: &App, path: &str, person: &Person) -> (u16, Value) {
    let answer = app.get(path, person).await;
    (answer.status().as_u16(), answer.json().await.unwrap())
}

async fn moments_are_shown_as_they_were(test: TestStore) {
    let app = App::start_with(test, |parts| {
        parts.settings.new_company_plan = domain::Plan::Enterprise;
    })
    .await;
    let anna = app.register("anna@example.com").await;
    app.connect(&anna).await;
    let mut seen: Vec<(DateTime<Utc>, Value, Value)> = Vec::new();
    for hours in [0, 5, 25, 24] {
        app.services.clock.advance(TimeDelta::hours(hours));
        let now = app.services.clock.now();
        let anna = app.sign_in("anna@example.com").await;
        assert_eq!(app.synchronise(&anna).await["status"], "completed");
        let path = "/api/v1/products/?page_size=200&sort_by=product_name&sort_order=asc";
        let list = read(&app, path, &anna).await.1;
        let id = list["items"][0]["id"].as_str().unwrap().to_owned();
        let product = read(&app, &format!("/api/v1/products/{id}"), &anna).await.1;
        seen.push((now, list, product));
    }
    let anna = app.sign_in("anna@example.com").await;
    let then = |at: DateTime<Utc>| at.format("%Y-%m-%dT%H:%M:%SZ").to_string();
    for (at, list, product) in &seen {
        let path = format!(
            "/api/v1/products/?page_size=200&sort_by=product_name&sort_order=asc&at={}",
            then(*at)
        );
        let (status, past) = read(&app, &path, &anna).await;
        assert_eq!(status, 200, "{past}");
        let (was, is) = (list["items"].as_array().unwrap(), past["items"].as_array().unwrap());
        for was in was {
            // What the marketplace no longer lists is not in the list.
            let Some(is) = is.iter().find(|is| is["id"] == was["id"]) else { continue };
            // What was cancelled since was not cancelled then.
            for field in ["total_stock", "stock_28", "orders_7", "orders_28"] {
                assert_eq!(was[field], is[field], "{field} of {} at {at}", was["product_name"]);
            }
        }
        let id = product["id"].as_str().unwrap();
        let (_, past) = read(&app, &format!("/api/v1/products/{id}?at={}", then(*at)), &anna).await;
        for field in ["total_stock", "in_way_to_client", "in_way_from_client", "offers"] {
            assert_eq!(product[field], past[field], "{field} at {at}");
        }
        let places = |of: &Value| {
            let mut places: Vec<(String, i64)> = of["warehouse_data"]
                .as_array()
                .unwrap()
                .iter()
                .map(|w| (w["warehouse_name"].to_string(), w["quantity"].as_i64().unwrap()))
                .collect();
            places.sort();
            places
        };
        assert_eq!(places(product), places(&past), "{at}");
    }

    // What differs between the second and the last reading.
    let ((from, before, _), (to, after, _)) = (&seen[1], &seen[3]);
    let mut differ = std::collections::HashMap::new();
    let mut cursor = String::new();
    loop {
        let path =
            format!("/api/v1/stock/changes?from={}&to={}&limit=7{cursor}", then(*from), then(*to));
        let (status, page) = read(&app, &path, &anna).await;
        assert_eq!(status, 200, "{page}");
        for item in page["items"].as_array().unwrap() {
            differ.insert(item["product_id"].clone().to_string(), item.clone());
        }
        let Some(next) = page["next_cursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    let mut changed = 0;
    for was in before["items"].as_array().unwrap() {
        let all = after["items"].as_array().unwrap();
        let Some(is) = all.iter().find(|is| is["id"] == was["id"]) else { continue };
        let (was_stock, is_stock) = (was["total_stock"].as_i64(), is["total_stock"].as_i64());
        match differ.get(&was["id"].to_string()) {
            Some(item) => {
                assert_eq!(
                    (item["stock_from"].as_i64(), item["stock_to"].as_i64()),
                    (was_stock, is_stock)
                );
                let number = |name: &str| item[name].as_i64().unwrap();
                assert_eq!(number("more") - number("less"), number("change"));
                changed += 1;
            }
            None => assert_eq!(was_stock, is_stock, "{}", was["product_name"]),
        }
    }
    assert!(changed > 5, "two days of sales: {changed}");

    for wrong in [
        "/api/v1/products/?at=tomorrow",
        "/api/v1/products/?at=2040-01-01&sort_by=product_name",
        "/api/v1/products/?at=2026-09-15&sort_by=total_stock",
        "/api/v1/products/?at=2026-09-15&sort_by=product_name&min_stock=1",
        "/api/v1/stock/changes",
        "/api/v1/stock/changes?from=2026-09-16&to=2026-09-15",
    ] {
        assert_eq!(read(&app, wrong, &anna).await.0, 422, "{wrong}");
    }
}

async fn the_plan_says_how_far_back(test: TestStore) {
    let app = App::start(test).await;
    let anna = app.register("anna@example.com").await;
    app.connect(&anna).await;
    app.synchronise(&anna).await;
    let list = read(&app, "/api/v1/products/", &anna).await.1;
    let id = list["items"][0]["id"].as_str().unwrap();
    for path in [
        "/api/v1/products/?sort_by=product_name&at=2026-01-01".to_owned(),
        format!("/api/v1/products/{id}?at=2026-01-01"),
        "/api/v1/stock/changes?from=2026-01-01".to_owned(),
    ] {
        let (status, problem) = read(&app, &path, &anna).await;
        assert_eq!((status, &problem["limit"]["name"]), (403, &"history_days".into()), "{problem}");
    }
    // Of the days before the first reading the marketplace told itself.
    let (_, past) = read(&app, &format!("/api/v1/products/{id}?at=2026-09-01"), &anna).await;
    assert!(past["total_stock"].is_i64(), "{past}");
    let boris = app.register("boris@example.com").await;
    let theirs = format!("/api/v1/products/{id}?at=2026-09-15T09:00:00Z");
    assert_eq!(read(&app, &theirs, &boris).await.0, 404);
}

store::on_both_engines!(moments_are_shown_as_they_were, the_plan_says_how_far_back);

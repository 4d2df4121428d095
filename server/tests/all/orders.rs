//! Orders over real HTTP, on both engines: pages by key visit each once, filters narrow, days add up.

use crate::common::{App, Person};
use serde_json::Value;
use std::collections::BTreeMap;
use store::testing::TestStore;

async fn read(app: &App, path: &str, person: &Person) -> (u16, Value) {
    let answer = app.get(path, person).await;
    (answer.status().as_u16(), answer.json().await.unwrap())
}

/// Every order of a filter, page by page.
async fn all(app: &App, filter: &str, person: &Person) -> Vec<Value> {
    let mut orders = Vec::new();
    let mut cursor = String::new();
    loop {
        let path = format!("/api/v1/orders/?limit=20&{filter}{cursor}");
        let (status, page) = read(app, &path, person).await;
        assert_eq!(status, 200, "{page}");
        orders.extend(page["items"].as_array().unwrap().iter().cloned());
        let Some(next) = page["next_cursor"].as_str() else { return orders };
        cursor = format!("&cursor={next}");
    }
}

async fn pages_filters_and_days_agree(test: TestStore) {
    let app = App::start(test).await;
    let anna = app.register("anna@example.com").await;
    app.connect(&anna).await;
    app.synchronise(&anna).await;
    let range = "from=2026-08-20&to=2026-09-10";
    let orders = all(&app, range, &anna).await;
    assert!(orders.len() > 60, "several pages: {}", orders.len());
    let times: Vec<&str> = orders.iter().map(|o| o["ordered_at"].as_str().unwrap()).collect();
    assert!(times.is_sorted_by(|a, b| a >= b), "the newest first");
    let keys: std::collections::HashSet<&str> =
        orders.iter().map(|o| o["key"].as_str().unwrap()).collect();
    assert_eq!(keys.len(), orders.len(), "each once");
    let mut counted: BTreeMap<&str, (i64, i64, i64)> = BTreeMap::new();
    for order in &orders {
        let day = order["day"].as_str().unwrap();
        assert!(("2026-08-20"..="2026-09-10").contains(&day), "{day}");
        let sums = counted.entry(day).or_default();
        if order["cancelled_at"].is_null() {
            sums.0 += 1;
            sums.2 += order["price_minor"].as_i64().unwrap();
        } else {
            sums.1 += 1;
        }
    }
    let (_, days) = read(&app, &format!("/api/v1/orders/days?{range}"), &anna).await;
    let days = days["days"].as_array().unwrap();
    assert_eq!(days.len(), counted.len());
    for day in days {
        let number = |name: &str| day[name].as_i64().unwrap();
        let sums = (number("ordered"), number("cancelled"), number("revenue_minor"));
        assert_eq!(sums, counted[day["day"].as_str().unwrap()], "{day}");
    }

    let product = orders[0]["product_id"].as_str().unwrap();
    let of_product = all(&app, &format!("{range}&product={product}"), &anna).await;
    let expected = orders.iter().filter(|o| o["product_id"] == product).count();
    assert_eq!(of_product.len(), expected);
    let cancelled = all(&app, &format!("{range}&cancelled=true"), &anna).await;
    assert!(cancelled.iter().all(|o| !o["cancelled_at"].is_null()));
    let kept = all(&app, &format!("{range}&cancelled=false"), &anna).await;
    assert_eq!(cancelled.len() + kept.len(), orders.len());
    let account = orders[0]["account_id"].as_str().unwrap();
    assert_eq!(all(&app, &format!("{range}&account={account}"), &anna).await.len(), orders.len());

    let boris = app.register("boris@example.com").await;
    for filter in [range.to_owned(), format!("product={product}"), format!("account={account}")] {
        assert_eq!(all(&app, &filter, &boris).await.len(), 0, "{filter}");
    }
    for wrong in ["limit=0", "from=yesterday", "from=2026-09-02&to=2026-09-01", "cursor=x"] {
        assert_eq!(read(&app, &format!("/api/v1/orders/?{wrong}"), &anna).await.0, 422, "{wrong}");
    }
    let long = "/api/v1/orders/days?from=2020-01-01";
    assert_eq!(read(&app, long, &anna).await.0, 422);
}

store::on_both_engines!(pages_filters_and_days_agree);

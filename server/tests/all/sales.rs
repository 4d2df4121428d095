//! Sales, returns, prices and the marketplaces' own figures over real HTTP, on both engines.

use crate::common::{App, Person};
use serde_json::Value;
use std::collections::BTreeMap;
use store::testing::TestStore;

async fn read(app: &App, path: &str, person: &Person) -> (u16, Value) {
    let answer = app.get(path, person).await;
    (answer.status().as_u16(), answer.json().await.unwrap())
}

/// Every sale of a filter, page by page.
async fn all(app: &App, filter: &str, person: &Person) -> Vec<Value> {
    let mut sales = Vec::new();
    let mut cursor = String::new();
    loop {
        let path = format!("/api/v1/sales?limit=20&{filter}{cursor}");
        let (status, page) = read(app, &path, person).await;
        assert_eq!(status, 200, "{page}");
        sales.extend(page["items"].as_array().unwrap().iter().cloned());
        let Some(next) = page["next_cursor"].as_str() else { return sales };
        cursor = format!("&cursor={next}");
    }
}

async fn sales_pages_filters_and_days_agree(test: TestStore) {
    let app = App::start(test).await;
    let anna = app.register("anna@example.com").await;
    app.connect(&anna).await;
    app.synchronise(&anna).await;
    let range = "from=2026-08-20&to=2026-09-10";
    let sales = all(&app, range, &anna).await;
    assert!(sales.len() > 40, "several pages: {}", sales.len());
    let times: Vec<&str> = sales.iter().map(|s| s["happened_at"].as_str().unwrap()).collect();
    assert!(times.is_sorted_by(|a, b| a >= b), "the newest first");
    let keys: std::collections::HashSet<&str> =
        sales.iter().map(|s| s["key"].as_str().unwrap()).collect();
    assert_eq!(keys.len(), sales.len(), "each once");
    let mut counted: BTreeMap<&str, [i64; 6]> = BTreeMap::new();
    for sale in &sales {
        let sums = counted.entry(sale["day"].as_str().unwrap()).or_default();
        let pieces = sale["quantity"].as_i64().unwrap();
        let price = sale["price_minor"].as_i64();
        let paid = sale["payout_minor"].as_i64();
        let at = usize::from(sale["kind"] == "return");
        sums[at] += pieces;
        sums[2 + at] += pieces * price.unwrap_or_default();
        sums[4] += if price.is_none() { pieces } else { 0 };
        sums[5] += if paid.is_none() { pieces } else { 0 };
    }
    let (_, answer) = read(&app, &format!("/api/v1/sales/days?{range}"), &anna).await;
    let days = answer["days"].as_array().unwrap();
    assert_eq!(days.len(), counted.len());
    for day in days {
        let names = ["sold", "returned", "sold_minor", "returned_minor", "unpriced", "unpaid"];
        let sums = names.map(|name| day[name].as_i64().unwrap());
        assert_eq!(sums, counted[day["day"].as_str().unwrap()], "{day}");
    }
    let sources = answer["sources"].as_array().unwrap();
    assert_eq!(sources.len(), 1);
    assert_eq!(sources[0]["marketplace"], "wildberries");
    assert!(sources[0]["as_of"].is_string(), "its age: {answer}");

    let of = |kind: &str| sales.iter().filter(|s| s["kind"] == kind).count();
    for kind in ["sale", "return"] {
        let found = all(&app, &format!("{range}&kind={kind}"), &anna).await;
        assert_eq!(found.len(), of(kind), "{kind}");
        assert!(!found.is_empty(), "the simulator's shop has {kind}s");
    }
    let product = sales[0]["product_id"].as_str().unwrap();
    let of_product = all(&app, &format!("{range}&product={product}"), &anna).await;
    let expected = sales.iter().filter(|s| s["product_id"] == product).count();
    assert_eq!(of_product.len(), expected);
    let account = sales[0]["account_id"].as_str().unwrap();
    assert_eq!(all(&app, &format!("{range}&account={account}"), &anna).await.len(), sales.len());

    let csv = app.get(&format!("/api/v1/exports/sales.csv?{range}&separator=comma"), &anna).await;
    assert_eq!(csv.status(), 200);
    let csv = csv.text().await.unwrap();
    assert_eq!(csv.trim_end().lines().count(), sales.len() + 1, "a heading and a line each");
    let xlsx = app.get(&format!("/api/v1/exports/sales.xlsx?{range}&kind=return"), &anna).await;
    assert_eq!(xlsx.status(), 200);
    assert!(xlsx.bytes().await.unwrap().starts_with(b"PK"));

    // The page without script: the sums, their age, the rows, and the way to the older ones.
    let cookie = app.browser("anna@example.com").await;
    let call = app.call(reqwest::Method::GET, &format!("/sales?{range}"));
    let call = call.header("accept", "text/html").header("cookie", cookie);
    let page = call.send().await.unwrap();
    assert_eq!(page.status(), 200);
    let page = page.text().await.unwrap();
    for part in
        ["order-sum", "class=\"age", "sales-table", "rel=\"next\"", "/api/v1/exports/sales.csv"]
    {
        assert!(page.contains(part), "{part}");
    }

    let boris = app.register("boris@example.com").await;
    for filter in [range.to_owned(), format!("product={product}"), format!("account={account}")] {
        assert_eq!(all(&app, &filter, &boris).await.len(), 0, "{filter}");
    }
    for wrong in
        ["limit=0", "from=yesterday", "from=2026-09-02&to=2026-09-01", "cursor=x", "kind=x"]
    {
        assert_eq!(read(&app, &format!("/api/v1/sales?{wrong}"), &anna).await.0, 422, "{wrong}");
    }
    assert_eq!(read(&app, "/api/v1/sales/days?from=2020-01-01", &anna).await.0, 422);
}

async fn prices_and_figures_are_told_with_their_age(test: TestStore) {
    let app = App::start(test).await;
    let anna = app.register("anna@example.com").await;
    app.connect(&anna).await;
    app.synchronise(&anna).await;
    let (_, page) = read(&app, "/api/v1/products/?page_size=1", &anna).await;
    let id = page["items"][0]["id"].as_str().unwrap();
    let path = format!("/api/v1/products/{id}/prices");
    let (status, prices) = read(&app, &path, &anna).await;
    assert_eq!(status, 200, "{prices}");
    assert!(prices["as_of"].is_string(), "{prices}");
    let now = prices["now"].as_array().unwrap();
    assert!(!now.is_empty());
    let price = &now[0];
    assert!(price["discounted_minor"].as_i64().unwrap() <= price["price_minor"].as_i64().unwrap());

    // Every change once, whatever the page's size.
    let mut seen = Vec::new();
    let mut cursor = String::new();
    loop {
        let (_, page) = read(&app, &format!("{path}?limit=1{cursor}"), &anna).await;
        seen.extend(page["history"].as_array().unwrap().iter().cloned());
        let Some(next) = page["next_cursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    let (_, whole) = read(&app, &format!("{path}?limit=200"), &anna).await;
    assert_eq!(seen, *whole["history"].as_array().unwrap());
    assert!(seen.len() >= now.len());
    for wrong in ["limit=0", "limit=201", "cursor=x"] {
        assert_eq!(read(&app, &format!("{path}?{wrong}"), &anna).await.0, 422, "{wrong}");
    }

    let (_, product) = read(&app, &format!("/api/v1/products/{id}"), &anna).await;
    let figures = product["figures"].as_array().unwrap();
    assert!(!figures.is_empty(), "Wildberries told some: {product}");
    assert!(figures.iter().all(|figure| figure["as_of"].is_string() && figure["name"].is_string()));
    let (_, then) = read(&app, &format!("/api/v1/products/{id}?at=2026-09-01"), &anna).await;
    assert_eq!(then["figures"], serde_json::json!([]), "they are of now alone");
}

store::on_both_engines!(
    sales_pages_filters_and_days_agree,
    prices_and_figures_are_told_with_their_age,
);

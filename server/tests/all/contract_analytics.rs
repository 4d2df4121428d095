//! The contract's rows on analytics: golden numbers of a simulated shop, each recomputed from the lists of the API, an
//! empty company, and what is not known.

use crate::common::{App, Person};
use serde_json::{Value, json};
use simulator::Operation;
use std::collections::BTreeMap;
use store::testing::TestStore;

async fn read(app: &App, path: &str, person: &Person) -> Value {
    let answer = app.get(&format!("/api/v1/analytics/{path}"), person).await;
    assert_eq!(answer.status(), 200, "{path}");
    answer.json().await.unwrap()
}

/// A company with a synchronised shop, and everything that the list says of it.
async fn shop(app: &App) -> (Person, Vec<Value>) {
    let anna = app.register("anna@example.com").await;
    app.connect(&anna).await;
    let run = app.synchronise(&anna).await;
    assert_eq!(run["status"], "completed", "{run}");
    let products = products(app, &anna).await;
    (anna, products)
}

async fn products(app: &App, person: &Person) -> Vec<Value> {
    let page: Value =
        app.get("/api/v1/products/?page_size=200", person).await.json().await.unwrap();
    page["items"].as_array().unwrap().clone()
}

fn number(row: &Value, name: &str) -> i64 {
    row[name].as_i64().unwrap_or_else(|| panic!("{name} of {row}"))
}

fn sum(rows: &[Value], name: &str) -> i64 {
    rows.iter().map(|row| number(row, name)).sum()
}

fn below(products: &[Value], threshold: i64) -> usize {
    products.iter().filter(|product| number(product, "total_stock") < threshold).count()
}

async fn the_dashboard_counts_the_whole_shop(test: TestStore) {
    let app = App::start(test).await;
    let (anna, products) = shop(&app).await;
    let mut told = read(&app, "dashboard", &anna).await;
    let sync = told["last_sync"].take();
    let (total, out, low) = (products.len(), below(&products, 1), below(&products, 10));
    #[expect(clippy::cast_precision_loss, reason = "small numbers")]
    let (average, health) = (
        sum(&products, "total_stock") as f64 / total as f64,
        100.0 - 100.0 * (low + out) as f64 / total as f64,
    );
    let rounded = |number: f64, scale: f64| (number * scale).round() / scale;
    let expected = json!({
        "total_products": total,
        "total_stock": sum(&products, "total_stock"),
        "total_orders": sum(&products, "total_orders"),
        "low_stock_count": low,
        "out_of_stock_count": out,
        "unknown_stock_count": 0,
        "average_stock_per_product": rounded(average, 100.0),
        "last_sync": null,
        "health_score": rounded(health.max(0.0), 10.0),
    });
    assert_eq!(told, expected);
    assert_eq!(
        told,
        GOLDEN.parse::<Value>().unwrap(),
        "the simulated shop of these tests is always the same"
    );
    assert_eq!((&sync["status"], &sync["products_synced"]), (&json!("completed"), &json!(total)));
    assert!(
        sync["timestamp"].as_str().unwrap().ends_with('Z') && number(&sync, "duration_ms") >= 0
    );

    app.test.set_low_stock_threshold(anna.tenant, 50).await;
    let told = read(&app, "dashboard", &anna).await;
    assert_eq!(told["low_stock_count"], below(&products, 50), "the company's own threshold");
    let told = read(&app, "low-stock?limit=200", &anna).await;
    assert_eq!(told.as_array().unwrap().len(), below(&products, 50));
}

async fn low_stock_lists_the_emptiest_first(test: TestStore) {
    let app = App::start(test).await;
    let (anna, products) = shop(&app).await;
    for threshold in [1, 10, 100, 1_000_000] {
        let path = format!("low-stock?threshold={threshold}&limit=200");
        let told = read(&app, &path, &anna).await;
        let told = told.as_array().unwrap();
        assert_eq!(told.len(), below(&products, threshold), "{threshold}");
        let order: Vec<(i64, &str)> = told
            .iter()
            .map(|row| (number(row, "total_stock"), row["id"].as_str().unwrap()))
            .collect();
        assert!(order.is_sorted(), "{order:?}");
        for row in told {
            let product = products.iter().find(|product| product["id"] == row["id"]).unwrap();
            for field in [
                "marketplace_article",
                "seller_article",
                "product_name",
                "total_stock",
                "total_orders",
                "updated_at",
            ] {
                assert_eq!(row[field], product[field], "{field}");
            }
        }
    }
    let usual = read(&app, "low-stock", &anna).await;
    assert_eq!(usual, read(&app, "low-stock/?threshold=10&limit=50", &anna).await);
    assert_eq!(usual, read(&app, "low-stock?threshold=&limit=", &anna).await);
    assert_eq!(read(&app, "low-stock?threshold=0", &anna).await, json!([]));
    let some = read(&app, "low-stock?threshold=1000000&limit=3", &anna).await;
    assert_eq!(some.as_array().unwrap().len(), 3);
}

async fn top_products_are_those_ordered_most(test: TestStore) {
    let app = App::start(test).await;
    let (anna, products) = shop(&app).await;
    let told = read(&app, "top-products?limit=200", &anna).await;
    let told = told.as_array().unwrap();
    assert_eq!(told.len(), products.len());
    assert!(told.is_sorted_by_key(|row| -number(row, "total_orders")));
    for row in told {
        let (stock, orders) = (number(row, "total_stock"), number(row, "total_orders"));
        #[expect(clippy::cast_precision_loss, reason = "small numbers")]
        let ratio = (orders > 0).then(|| (stock as f64 / orders as f64 * 100.0).round() / 100.0);
        assert_eq!(row["stock_to_orders_ratio"], json!(ratio), "{row}");
    }
    assert_eq!(read(&app, "top-products", &anna).await.as_array().unwrap(), &told[..20]);
    assert_eq!(read(&app, "top-products?limit=1", &anna).await.as_array().unwrap(), &told[..1]);
}

async fn every_product_is_in_one_bucket_of_stock(test: TestStore) {
    let app = App::start(test).await;
    let (anna, products) = shop(&app).await;
    let told = read(&app, "stock-distribution", &anna).await;
    let mut expected: BTreeMap<&str, i64> = BTreeMap::new();
    for name in ["out_of_stock", "critical", "low", "medium", "good", "excellent", "unknown"] {
        expected.insert(name, 0);
    }
    for product in &products {
        let bucket = match number(product, "total_stock") {
            ..=0 => "out_of_stock",
            1..=5 => "critical",
            6..=20 => "low",
            21..=50 => "medium",
            51..=100 => "good",
            _ => "excellent",
        };
        *expected.entry(bucket).or_default() += 1;
    }
    assert_eq!(told, json!(expected));
}

async fn warehouses_sum_up_to_the_shop(test: TestStore) {
    let app = App::start(test).await;
    let (anna, products) = shop(&app).await;
    let told = read(&app, "warehouses", &anna).await;
    let told = told.as_array().unwrap();
    assert_eq!(sum(told, "total_stock"), sum(&products, "total_stock"));
    assert_eq!(sum(told, "total_orders"), sum(&products, "total_orders"));
    assert!(told.is_sorted_by_key(|row| -number(row, "total_stock")));

    let mut expected: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    for product in &products {
        let path = format!("/api/v1/products/{}", product["id"].as_str().unwrap());
        let product: Value = app.get(&path, &anna).await.json().await.unwrap();
        let mut here: BTreeMap<String, i64> = BTreeMap::new();
        for place in product["warehouse_data"].as_array().unwrap() {
            let name = place["warehouse_name"].as_str().unwrap().to_owned();
            *here.entry(name).or_default() += number(place, "quantity");
        }
        for (name, pieces) in here {
            let line = expected.entry(name).or_default();
            line.0 += pieces;
            line.1 += i64::from(pieces > 0);
        }
    }
    for row in told {
        let name = row["warehouse_name"].as_str().unwrap();
        let (stock, count) = expected.remove(name).unwrap_or_default();
        assert_eq!(
            (number(row, "total_stock"), number(row, "product_count")),
            (stock, count),
            "{name}"
        );
    }
    assert!(expected.is_empty(), "not told: {expected:?}");
}

async fn the_history_of_syncs_reaches_back_as_far_as_asked(test: TestStore) {
    let app = App::start(test).await;
    let (_, products) = shop(&app).await;
    app.services.clock.advance(chrono::TimeDelta::hours(47));
    // The first access token is long gone.
    let login = json!({"email": "anna@example.com", "password": crate::common::PASSWORD});
    let anna =
        crate::common::person(&app.post("/api/v1/auth/login", login).await.json().await.unwrap());
    app.simulator.disable(Operation::SupplierOrders, true);
    app.synchronise(&anna).await;
    let told = read(&app, "sync-history", &anna).await;
    let told = told.as_array().unwrap();
    assert_eq!(told.len(), 2);
    assert_eq!((&told[0]["status"], &told[1]["status"]), (&json!("partial"), &json!("completed")));
    assert!(told[0]["message"].as_str().is_some_and(|text| !text.is_empty()), "{told:?}");
    assert_eq!(told[1]["message"], Value::Null);
    for run in told {
        assert_eq!(run["products_synced"], products.len());
        assert!(number(run, "duration_ms") >= 0);
        let path = format!("/api/v1/syncs/{}", run["id"].as_str().unwrap());
        let whole: Value = app.get(&path, &anna).await.json().await.unwrap();
        assert_eq!(whole["started_at"], run["started_at"]);
        assert_eq!(whole["finished_at"], run["completed_at"]);
    }
    let yesterday = read(&app, "sync-history?days=1", &anna).await;
    assert_eq!(yesterday, json!([told[0]]));
    assert_eq!(read(&app, "sync-history?limit=1", &anna).await, yesterday);
    assert_eq!(read(&app, "dashboard", &anna).await["last_sync"]["status"], "partial");
}

async fn an_empty_company_has_zeros_and_nobody_elses_rows(test: TestStore) {
    let app = App::start(test).await;
    shop(&app).await;
    let boris = app.register("boris@example.com").await;
    let dashboard = json!({
        "total_products": 0, "total_stock": 0, "total_orders": 0, "low_stock_count": 0, "out_of_stock_count": 0,
        "unknown_stock_count": 0, "average_stock_per_product": 0.0, "last_sync": null, "health_score": 100.0,
    });
    assert_eq!(read(&app, "dashboard", &boris).await, dashboard);
    let nothing = json!({
        "out_of_stock": 0, "critical": 0, "low": 0, "medium": 0, "good": 0, "excellent": 0, "unknown": 0,
    });
    assert_eq!(read(&app, "stock-distribution", &boris).await, nothing);
    for list in ["low-stock?threshold=1000000", "top-products", "sync-history", "warehouses"] {
        assert_eq!(read(&app, list, &boris).await, json!([]), "{list}");
    }
}

async fn what_was_never_read_is_unknown_and_not_zero(test: TestStore) {
    let app = App::start(test).await;
    let anna = app.register("anna@example.com").await;
    app.connect(&anna).await;
    let unread = [Operation::WbWarehouses, Operation::Warehouses, Operation::SupplierOrders];
    for operation in unread {
        app.simulator.disable(operation, true);
    }
    assert_eq!(app.synchronise(&anna).await["status"], "partial");
    let products = products(&app, &anna).await;
    assert!(
        !products.is_empty() && products.iter().all(|product| product["total_stock"].is_null())
    );

    let told = read(&app, "dashboard", &anna).await;
    assert_eq!(told["total_products"], products.len());
    assert_eq!(told["unknown_stock_count"], products.len());
    for unknown in ["total_stock", "total_orders", "average_stock_per_product", "health_score"] {
        assert_eq!(told[unknown], Value::Null, "{unknown}");
    }
    assert_eq!((&told["low_stock_count"], &told["out_of_stock_count"]), (&json!(0), &json!(0)));
    let buckets = read(&app, "stock-distribution", &anna).await;
    assert_eq!(
        (&buckets["unknown"], &buckets["out_of_stock"]),
        (&json!(products.len()), &json!(0))
    );
    for list in ["low-stock?threshold=1000000", "top-products", "warehouses"] {
        assert_eq!(read(&app, list, &anna).await, json!([]), "{list}");
    }

    for operation in unread {
        app.simulator.disable(operation, false);
    }
    assert_eq!(app.synchronise(&anna).await["status"], "completed");
    assert_eq!(read(&app, "dashboard", &anna).await["unknown_stock_count"], 0);
}

async fn numbers_out_of_bounds_are_refused(test: TestStore) {
    let app = App::start(test).await;
    let anna = app.register("anna@example.com").await;
    for (path, name) in [
        ("low-stock?threshold=-1", "threshold"),
        ("low-stock?threshold=1000001", "threshold"),
        ("low-stock?threshold=ten", "threshold"),
        ("low-stock?limit=0", "limit"),
        ("low-stock?limit=201", "limit"),
        ("top-products?limit=0", "limit"),
        ("top-products?limit=99999999999999999999", "limit"),
        ("sync-history?days=0", "days"),
        ("sync-history?days=366", "days"),
        ("sync-history?limit=1.5", "limit"),
    ] {
        let answer = app.get(&format!("/api/v1/analytics/{path}"), &anna).await;
        assert_eq!(answer.status(), 422, "{path}");
        let problem: Value = answer.json().await.unwrap();
        assert_eq!(problem["errors"][0]["loc"], json!(["query", name]), "{path}");
    }
}

const GOLDEN: &str = r#"{
    "total_products": 40,
    "total_stock": 545,
    "total_orders": 403,
    "low_stock_count": 25,
    "out_of_stock_count": 0,
    "unknown_stock_count": 0,
    "average_stock_per_product": 13.63,
    "last_sync": null,
    "health_score": 37.5
}"#;

store::on_both_engines!(
    the_dashboard_counts_the_whole_shop,
    low_stock_lists_the_emptiest_first,
    top_products_are_those_ordered_most,
    every_product_is_in_one_bucket_of_stock,
    warehouses_sum_up_to_the_shop,
    the_history_of_syncs_reaches_back_as_far_as_asked,
    an_empty_company_has_zeros_and_nobody_elses_rows,
    what_was_never_read_is_unknown_and_not_zero,
    numbers_out_of_bounds_are_refused,
);

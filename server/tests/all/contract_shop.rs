//! The contract's rows on the company, its keys, its products and their sync, over real HTTP on both engines.

use crate::common::{App, Person};
use reqwest::Method;
use serde_json::{Value, json};
use store::testing::TestStore;

async fn patch(app: &App, path: &str, person: &Person, body: Value) -> (u16, Value) {
    let call = app.call(Method::PATCH, path).bearer_auth(&person.access).json(&body);
    let answer = call.send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

async fn read(app: &App, path: &str, person: &Person) -> (u16, Value) {
    let answer = app.get(path, person).await;
    (answer.status().as_u16(), answer.json().await.unwrap())
}

async fn a_company_is_read_renamed_and_given_a_key(test: TestStore) {
    let app = App::start(test).await;
    let anna = app.register("anna@example.com").await;
    for path in ["/api/v1/tenants/me", "/api/v1/tenants/me/"] {
        let (status, me) = read(&app, path, &anna).await;
        assert_eq!((status, &me["name"]), (200, &json!("Дом и уют")), "{path}");
        assert_eq!(me["marketplace_type"], "wildberries");
        assert_eq!(me["is_active"], true);
        assert!(me["created_at"].as_str().unwrap().ends_with('Z'));
        assert_eq!(me["id"], anna.tenant.to_string());
    }
    let (status, said) = patch(&app, "/api/v1/tenants/me", &anna, json!({"name": "Тепло"})).await;
    assert_eq!((status, &said["message"]), (200, &json!("Tenant updated successfully")));
    let call = app.call(Method::PATCH, "/api/v1/tenants/me?name=%D0%A1%D0%B2%D0%B5%D1%82");
    assert_eq!(call.bearer_auth(&anna.access).send().await.unwrap().status(), 200);
    assert_eq!(read(&app, "/api/v1/tenants/me", &anna).await.1["name"], "Свет");

    let said = app.connect(&anna).await;
    assert_eq!(said["message"], "Credentials updated successfully");
    assert_eq!(said["tenant_id"], anna.tenant.to_string());
    let check = &said["checks"][0];
    assert_eq!(check["status"], "valid", "{check}");
    assert_eq!((&check["kind"], &check["read_only"]), (&json!("personal"), &json!(true)));
    assert!(check["scopes"].as_array().unwrap().iter().all(|scope| scope["granted"] == true));
    assert!(!said.to_string().contains(&app.key()), "a key never comes back");

    let path = "/api/v1/tenants/me/credentials";
    let (status, said) = patch(&app, path, &anna, json!({"wildberries_api_key": "nonsense"})).await;
    assert_eq!((status, &said["checks"][0]["status"]), (200, &json!("malformed")));
    let (status, said) = patch(&app, path, &anna, json!({"wildberries_api_key": null})).await;
    assert_eq!((status, &said["checks"]), (200, &json!([])));
    assert_eq!(patch(&app, path, &anna, json!({"realm": "demo"})).await.0, 422);
}

async fn a_shop_is_synchronised_and_equals_the_marketplace(test: TestStore) {
    let app = App::start(test).await;
    let anna = app.register("anna@example.com").await;
    app.connect(&anna).await;
    let run = app.synchronise(&anna).await;
    assert_eq!(run["status"], "completed", "{run}");
    assert!(run["steps"].as_array().unwrap().iter().all(|step| step["state"] == "done"));

    let (world, now) = (app.simulator.world(), app.simulator.now());
    let cards: Vec<_> = world.products(now).collect();
    let (status, page) = read(&app, "/api/v1/products/?page_size=200", &anna).await;
    assert_eq!(status, 200);
    assert_eq!(page["total"], cards.len());
    for card in &cards {
        let items = page["items"].as_array().unwrap();
        let number = card.nm_id.to_string();
        let item = items.iter().find(|item| item["marketplace_article"] == number).unwrap();
        assert_eq!(item["product_name"], card.title);
        assert_eq!(item["seller_article"], card.vendor_code);
        let levels = world.levels_of(card.nm_id, now);
        let stock: i64 = levels.iter().map(|level| level.quantity).sum();
        assert_eq!(item["total_stock"], stock, "{}", card.title);
        let out: i64 =
            levels.iter().filter(|l| !l.warehouse.seller).map(|l| l.in_way_to_client).sum();
        assert_eq!(item["in_way_to_client"], out, "{}", card.title);
    }

    let again = app.synchronise(&anna).await;
    let changed: i64 =
        again["steps"].as_array().unwrap().iter().filter_map(|s| s["changed"].as_i64()).sum();
    assert_eq!(changed, 0, "nothing changed: {again}");
}

async fn products_are_filtered_sorted_paged_and_opened(test: TestStore) {
    let app = App::start(test).await;
    let anna = app.register("anna@example.com").await;
    let (status, empty) = read(&app, "/api/v1/products", &anna).await;
    assert_eq!((status, &empty["items"], &empty["total_pages"]), (200, &json!([]), &json!(0)));
    app.connect(&anna).await;
    app.synchronise(&anna).await;

    let mut seen = Vec::new();
    let mut path = "/api/v1/products/?page_size=7&sort_by=product_name&sort_order=asc".to_owned();
    loop {
        let (_, page) = read(&app, &path, &anna).await;
        seen.extend(page["items"].as_array().unwrap().iter().map(|item| item["id"].clone()));
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        path = format!(
            "/api/v1/products/?page_size=7&sort_by=product_name&sort_order=asc&cursor={cursor}"
        );
    }
    let (_, whole) =
        read(&app, "/api/v1/products/?page_size=200&sort_by=product_name&sort_order=asc", &anna)
            .await;
    let all: Vec<Value> =
        whole["items"].as_array().unwrap().iter().map(|i| i["id"].clone()).collect();
    assert_eq!(seen, all, "cursors visit every row once, in order");
    assert_eq!((&whole["total"], &whole["more"]), (&json!(all.len()), &json!(false)));
    // What the list says of a product's last days, its own page says too.
    for item in whole["items"].as_array().unwrap() {
        let curve = item["stock_28"].as_array().unwrap();
        assert_eq!((curve.len(), curve.last()), (28, Some(&item["total_stock"])));
        let path = format!("/api/v1/products/{}", item["id"].as_str().unwrap());
        assert_eq!(read(&app, &path, &anna).await.1["stock_28"], item["stock_28"]);
    }

    let card = app.simulator.world().products(app.simulator.now()).next().unwrap();
    for search in
        [card.nm_id.to_string(), card.vendor_code.to_lowercase(), card.sizes[0].barcodes[0].clone()]
    {
        let (_, page) = read(&app, &format!("/api/v1/products/?search={search}"), &anna).await;
        let found = page["items"].as_array().unwrap();
        let article = card.nm_id.to_string();
        assert!(found.iter().any(|item| item["marketplace_article"] == article), "{search}");
    }
    for wrong in ["page=0", "page_size=201", "min_stock=-1", "sort_by=price", "page=x"] {
        let (status, problem) = read(&app, &format!("/api/v1/products/?{wrong}"), &anna).await;
        assert_eq!(status, 422, "{wrong}");
        assert_eq!(problem["errors"][0]["loc"][0], "query");
    }
    assert_eq!(read(&app, "/api/v1/products/?page=&search=", &anna).await.0, 200);

    let id = all[0].as_str().unwrap();
    let (status, product) = read(&app, &format!("/api/v1/products/{id}"), &anna).await;
    assert_eq!(status, 200);
    assert!(product["warehouse_data"].is_array() && product["offers"].is_array());
    assert_eq!(read(&app, "/api/v1/products/not-an-id", &anna).await.0, 404);
    let boris = app.register("boris@example.com").await;
    assert_eq!(read(&app, &format!("/api/v1/products/{id}"), &boris).await.0, 404);
    assert_eq!(read(&app, "/api/v1/products/", &boris).await.1["total"], 0);
}

async fn a_second_sync_joins_the_running_one(test: TestStore) {
    let app = App::start(test).await;
    let anna = app.register("anna@example.com").await;
    app.connect(&anna).await;
    app.simulator.fail_next(simulator::Operation::CardsList, simulator::Fault::Hang);
    let start = || async {
        let call = app.call(Method::POST, "/api/v1/products/sync/").bearer_auth(&anna.access);
        let answer = call.send().await.unwrap();
        assert_eq!(answer.status(), 202);
        answer.json::<Value>().await.unwrap()
    };
    let (first, second) = (start().await, start().await);
    assert_eq!((&first["message"], &first["status"]), (&json!("Sync started"), &json!("pending")));
    assert_eq!(second["task_id"], first["task_id"]);
    assert_eq!(second["status"], "running");
}

async fn events_come_at_once_and_uncompressed(test: TestStore) {
    let app = App::start(test).await;
    let anna = app.register("anna@example.com").await;
    app.connect(&anna).await;
    let run = app.synchronise(&anna).await;
    let path = format!("/api/v1/syncs/{}/events", run["id"].as_str().unwrap());
    let call = app.call(Method::GET, &path).bearer_auth(&anna.access);
    let answer = call.header("accept-encoding", "gzip, br").send().await.unwrap();
    assert!(answer.headers().get("content-encoding").is_none());
    let first =
        tokio::time::timeout(std::time::Duration::from_secs(1), answer.text()).await.unwrap();
    assert!(first.unwrap().starts_with("event: sync\n"));
}

store::on_both_engines!(
    a_company_is_read_renamed_and_given_a_key,
    a_shop_is_synchronised_and_equals_the_marketplace,
    products_are_filtered_sorted_paged_and_opened,
    a_second_sync_joins_the_running_one,
    events_come_at_once_and_uncompressed,
);

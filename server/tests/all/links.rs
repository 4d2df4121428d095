//! The same thing in several shops over real HTTP, on both engines: it is suggested, said by people, seen as one; and
//! one seller's shop that is connected twice is told.

use crate::common::{App, Person};
use domain::Plan;
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::HashSet;
use store::testing::TestStore;

async fn send(app: &App, method: Method, path: &str, who: &Person, body: Value) -> (u16, Value) {
    let call = app.call(method, path).bearer_auth(&who.access);
    let call = if body.is_null() { call } else { call.json(&body) };
    let answer = call.send().await.unwrap();
    let status = answer.status().as_u16();
    (status, answer.json().await.unwrap_or_default())
}

async fn read(app: &App, path: &str, who: &Person) -> Value {
    let (status, answer) = send(app, Method::GET, path, who, Value::Null).await;
    assert_eq!(status, 200, "{path}: {answer}");
    answer
}

async fn synchronise(app: &App, who: &Person, shop: &Value) {
    let body = json!({ "account_id": shop["id"] });
    let (status, task) = send(app, Method::POST, "/api/v1/syncs/", who, body).await;
    assert_eq!(status, 202, "{task}");
    let path = format!("/api/v1/syncs/{}/events", task["task_id"].as_str().unwrap());
    app.get(&path, who).await.text().await.unwrap();
}

/// A company with one seller's shop connected twice, both read: every card is in both.
async fn twice(app: &App, email: &str) -> (Person, [Value; 2]) {
    let anna = app.register(email).await;
    app.connect(&anna).await;
    app.synchronise(&anna).await;
    app.services.clock.advance(chrono::TimeDelta::seconds(1));
    let body = json!({"marketplace": "wildberries", "name": "Второй",
        "key": {"wildberries_api_key": app.key()}});
    let (status, second) = send(app, Method::POST, "/api/v1/accounts", &anna, body).await;
    assert_eq!(status, 201, "{second}");
    let shops = read(app, "/api/v1/accounts", &anna).await;
    let first = shops[0].clone();
    synchronise(app, &anna, &second).await;
    (anna, [first, second])
}

const SUGGESTIONS: &str = "/api/v1/products/links/suggestions";

/// Every suggestion, page by page.
async fn suggestions(app: &App, who: &Person) -> Vec<Value> {
    let mut all = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = read(app, &format!("{SUGGESTIONS}?limit=7{cursor}"), who).await;
        all.extend(page["items"].as_array().unwrap().iter().cloned());
        let Some(next) = page["next_cursor"].as_str() else { return all };
        cursor = format!("&cursor={next}");
    }
}

fn pair(suggestion: &Value) -> Value {
    json!({ "products": [suggestion["first"]["id"], suggestion["second"]["id"]] })
}

async fn what_is_the_same_is_suggested_confirmed_and_seen_as_one(test: TestStore) {
    let app = App::start_with(test, |parts| parts.settings.new_company_plan = Plan::Pro).await;
    let (anna, [first, second]) = twice(&app, "anna@example.com").await;
    let products = read(&app, "/api/v1/products/?page_size=200", &anna).await;
    let total = products["total"].as_i64().unwrap();
    let found = suggestions(&app, &anna).await;
    assert_eq!(
        i64::try_from(found.len()).unwrap() * 2,
        total,
        "each card with itself in the other shop"
    );
    let open = read(&app, SUGGESTIONS, &anna).await["open"].as_i64().unwrap();
    assert_eq!(open, i64::try_from(found.len()).unwrap());
    let mut seen = HashSet::new();
    for suggestion in &found {
        let (a, b) = (&suggestion["first"], &suggestion["second"]);
        assert_eq!(a["seller_article"], b["seller_article"]);
        assert_ne!(a["account_id"], b["account_id"], "of different shops");
        assert_eq!(suggestion["by"], "both");
        assert!(seen.insert((a["id"].to_string(), b["id"].to_string())), "each once");
    }

    // One by one: the first is the same, the second is not.
    let link =
        async |body: Value| send(&app, Method::POST, "/api/v1/products/links", &anna, body).await;
    let (status, twins) = link(pair(&found[0])).await;
    assert_eq!(status, 201, "{twins}");
    assert_eq!(twins["items"].as_array().unwrap().len(), 2);
    let sum = |name: &str| -> i64 {
        twins["items"].as_array().unwrap().iter().map(|item| item[name].as_i64().unwrap()).sum()
    };
    for name in ["total_stock", "orders_7", "orders_28"] {
        assert_eq!(twins[name].as_i64().unwrap(), sum(name), "{name}");
    }
    assert!(twins["as_of"].is_string(), "the age of the sums: {twins}");
    let own = found[0]["first"]["id"].as_str().unwrap();
    let twin = found[0]["second"]["id"].as_str().unwrap();
    let path = format!("/api/v1/products/{twin}/twins");
    let seen_from_the_other = read(&app, &path, &anna).await;
    assert_eq!(seen_from_the_other["items"], twins["items"]);
    assert_eq!(seen_from_the_other["total_stock"], twins["total_stock"]);
    let declined = "/api/v1/products/links/declined";
    let (status, _) = send(&app, Method::POST, declined, &anna, pair(&found[1])).await;
    assert_eq!(status, 204);
    let left = suggestions(&app, &anna).await;
    assert_eq!(left.len(), found.len() - 2, "neither is suggested any more");
    assert!(!left.contains(&found[0]) && !left.contains(&found[1]));

    // The list marks what is linked and can be narrowed to it.
    let linked = read(&app, "/api/v1/products/?linked=true", &anna).await;
    let ids: HashSet<&str> =
        linked["items"].as_array().unwrap().iter().map(|p| p["id"].as_str().unwrap()).collect();
    assert_eq!(ids, HashSet::from([own, twin]));
    assert!(linked["items"].as_array().unwrap().iter().all(|p| p["linked"] == true));
    let marked = read(&app, "/api/v1/products/?page_size=200", &anna).await;
    let marked = marked["items"].as_array().unwrap().iter().filter(|p| p["linked"] == true).count();
    assert_eq!(marked, 2);

    // All alike.
    let alike = format!("{SUGGESTIONS}/confirmations");
    let (status, none) = send(&app, Method::POST, &alike, &anna, json!({ "by": "barcode" })).await;
    assert_eq!((status, &none["confirmed"]), (200, &json!(0)), "none shares a barcode alone");
    let (_, done) = send(&app, Method::POST, &alike, &anna, json!({ "by": "both" })).await;
    assert_eq!(done, json!({ "confirmed": left.len(), "refused": 0, "more": false }));
    assert!(suggestions(&app, &anna).await.is_empty());
    let linked = read(&app, "/api/v1/products/?linked=true", &anna).await;
    assert_eq!(linked["total"].as_i64().unwrap(), total - 2);

    // Taken apart, it is not suggested again; not even when the shop is read anew.
    let unlink = format!("/api/v1/products/links/{own}");
    assert_eq!(send(&app, Method::DELETE, &unlink, &anna, Value::Null).await.0, 204);
    assert_eq!(send(&app, Method::DELETE, &unlink, &anna, Value::Null).await.0, 404);
    let alone = read(&app, &format!("/api/v1/products/{twin}/twins"), &anna).await;
    assert_eq!(alone["items"].as_array().unwrap().len(), 1, "a group of one is none");
    synchronise(&app, &anna, &first).await;
    synchronise(&app, &anna, &second).await;
    assert!(suggestions(&app, &anna).await.is_empty());
    // But it can be said again.
    assert_eq!(link(pair(&found[0])).await.0, 201);

    let log = read(&app, "/api/v1/audit", &anna).await.to_string();
    for action in ["products_linked", "product_unlinked", "link_declined"] {
        assert!(log.contains(action), "{action}");
    }

    // Without the second shop nothing is one with anything.
    let path = format!("/api/v1/accounts/{}", second["id"].as_str().unwrap());
    let call = app.call(Method::DELETE, &path).query(&[("confirm", "Второй")]);
    assert_eq!(call.bearer_auth(&anna.access).send().await.unwrap().status(), 204);
    let linked = read(&app, "/api/v1/products/?linked=true", &anna).await;
    assert_eq!(linked["total"], 0);
}

async fn what_can_not_be_one_is_refused(test: TestStore) {
    let app = App::start_with(test, |parts| parts.settings.new_company_plan = Plan::Pro).await;
    let (anna, [first, _]) = twice(&app, "anna@example.com").await;
    let path = format!("/api/v1/products/?account={}", first["id"].as_str().unwrap());
    let own = read(&app, &path, &anna).await;
    let id = |at: usize| own["items"][at]["id"].clone();
    let found = suggestions(&app, &anna).await;
    let link = async |who: &Person, products: Value| {
        let body = json!({ "products": products });
        send(&app, Method::POST, "/api/v1/products/links", who, body).await
    };
    let (status, refused) = link(&anna, json!([id(0), id(1)])).await;
    assert_eq!((status, &refused["errors"][0]["code"]), (422, &json!("same_shop")), "{refused}");
    assert_eq!(link(&anna, json!([id(0)])).await.0, 422);
    assert_eq!(link(&anna, json!([id(0), id(0)])).await.0, 422);
    let nobodys = "0198c0de-0000-7000-8000-000000000000";
    assert_eq!(link(&anna, json!([id(0), nobodys])).await.0, 404);
    let boris = app.register("boris@example.com").await;
    let both = pair(&found[0])["products"].clone();
    assert_eq!(link(&boris, both.clone()).await.0, 404, "another company's are not there");
    let declined = "/api/v1/products/links/declined";
    let (status, _) = send(&app, Method::POST, declined, &boris, pair(&found[0])).await;
    assert_eq!(status, 404);
    assert!(suggestions(&app, &boris).await.is_empty());

    assert_eq!(link(&anna, both).await.0, 201);
    let (status, refused) = send(&app, Method::POST, declined, &anna, pair(&found[0])).await;
    assert_eq!((status, &refused["errors"][0]["code"]), (422, &json!("linked")));
    for wrong in ["limit=0", "limit=201", "by=colour", "cursor=x"] {
        let path = format!("{SUGGESTIONS}?{wrong}");
        assert_eq!(send(&app, Method::GET, &path, &anna, Value::Null).await.0, 422, "{wrong}");
    }
}

async fn one_seller_connected_twice_is_told(test: TestStore) {
    let app = App::start_with(test, |parts| parts.settings.new_company_plan = Plan::Pro).await;
    let anna = app.register("anna@example.com").await;
    app.connect(&anna).await;
    let shops = async |who: &Person| read(&app, "/api/v1/accounts", who).await;
    let alone = json!({ "shops": [], "elsewhere": false });
    assert_eq!(shops(&anna).await[0]["same_seller"], alone);

    // Within the company it is said which.
    app.services.clock.advance(chrono::TimeDelta::seconds(1));
    let body = json!({"marketplace": "wildberries", "key": {"wildberries_api_key": app.key()}});
    let (_, second) = send(&app, Method::POST, "/api/v1/accounts", &anna, body).await;
    let all = shops(&anna).await;
    assert_eq!(second["same_seller"]["shops"], json!([all[0]["id"]]), "{second}");
    assert_eq!(all[0]["same_seller"]["shops"], json!([second["id"]]));
    assert_eq!(all[0]["same_seller"]["elsewhere"], false);

    // Between companies only that it is so.
    let boris = app.register("boris@example.com").await;
    app.connect(&boris).await;
    let told = shops(&boris).await;
    assert_eq!(told[0]["same_seller"], json!({ "shops": [], "elsewhere": true }));
    let text = told.to_string();
    assert!(
        !text.contains(&anna.tenant.to_string()) && !text.contains(all[0]["id"].as_str().unwrap())
    );
    assert!(
        shops(&anna)
            .await
            .as_array()
            .unwrap()
            .iter()
            .all(|s| s["same_seller"]["elsewhere"] == true)
    );

    // A key that the marketplace refuses tells nothing of anybody.
    let vera = app.register("vera@example.com").await;
    let dead = app.simulator.now() - chrono::TimeDelta::days(1);
    let forged = simulator::tokens::mint(
        simulator::Kind::Personal,
        app.simulator.sid(),
        simulator::Scopes::TRACKER,
        dead,
    );
    let body = json!({ "wildberries_api_key": forged });
    let path = "/api/v1/tenants/me/credentials";
    let (status, answer) = send(&app, Method::PATCH, path, &vera, body).await;
    assert_eq!(status, 200, "{answer}");
    assert_eq!(shops(&vera).await[0]["same_seller"], alone);

    // Gone there, gone here.
    let body = json!({ "wildberries_api_key": null });
    assert_eq!(send(&app, Method::PATCH, path, &boris, body).await.0, 200);
    assert!(
        shops(&anna)
            .await
            .as_array()
            .unwrap()
            .iter()
            .all(|s| s["same_seller"]["elsewhere"] == false)
    );
}

/// The pages as a browser without script has them: read, confirmed one by one and all alike, and taken apart again.
async fn people_link_without_script(test: TestStore) {
    let app = App::start_with(test, |parts| parts.settings.new_company_plan = Plan::Pro).await;
    let (anna, _) = twice(&app, "anna@example.com").await;
    let cookie = app.browser("anna@example.com").await;
    let page = async |path: &str| {
        let call = app.call(Method::GET, path).header("accept", "text/html");
        let answer = call.header("cookie", format!("{cookie}; locale=ru")).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        answer.text().await.unwrap()
    };
    let post = async |function: &str, form: String| {
        let call = app.call(Method::POST, &format!("/api/fn/links/{function}"));
        let call = call.header("accept", "text/html").header("cookie", cookie.as_str());
        let call = call.header("sec-fetch-site", "same-origin");
        let call = call.header("content-type", "application/x-www-form-urlencoded");
        let answer = call.body(form).send().await.unwrap();
        assert_eq!(answer.status(), 303, "{function}");
        answer.headers()["location"].to_str().unwrap().to_owned()
    };
    let found = suggestions(&app, &anna).await;
    let (first, second) = (&found[0]["first"], &found[0]["second"]);
    let (a, b) = (first["id"].as_str().unwrap(), second["id"].as_str().unwrap());
    let listed = page("/products/links").await;
    assert!(listed.contains(&format!("value=\"{a}\"")), "a form for each pair");
    assert!(listed.contains("/api/fn/links/link") && listed.contains("/api/fn/links/decline"));
    assert!(!listed.contains("/api/fn/links/confirm_alike"), "all alike only of one reason");
    assert_eq!(post("link", format!("first={a}&second={b}")).await, "/products/links");
    let alike = page("/products/links?by=both").await;
    assert!(alike.contains("/api/fn/links/confirm_alike"));
    let product = page(&format!("/products/{a}")).await;
    assert!(product.contains("id=\"twins\"") && product.contains(&format!("/products/{b}")));
    let linked = page("/products?linked=1").await;
    assert!(linked.contains("linked-mark") && linked.contains(&format!("/products/{b}")));
    assert_eq!(post("confirm_alike", "by=both".into()).await, "/products/links");
    assert!(suggestions(&app, &anna).await.is_empty());
    post("unlink", format!("id={a}")).await;
    let alone = page(&format!("/products/{a}")).await;
    assert!(!alone.contains("id=\"twins\""), "alone it has no room for others");
    // A seller's shop that is connected twice is told.
    assert!(page("/settings/shops").await.contains("учтены дважды"));
}

store::on_both_engines!(
    people_link_without_script,
    what_is_the_same_is_suggested_confirmed_and_seen_as_one,
    what_can_not_be_one_is_refused,
    one_seller_connected_twice_is_told,
);

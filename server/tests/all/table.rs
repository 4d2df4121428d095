//! The product table over HTTP: tags on many products and back again, saved views, filters and searches.

use crate::common::{App, Person};
use http::Method;
use serde_json::{Value, json};
use store::testing::TestStore;

store::on_both_engines!(
    a_tag_goes_on_many_products_and_off_again,
    what_a_bulk_change_may_not_do,
    views_are_ones_own_or_everybodys,
    the_list_filters_by_what_its_facets_say,
    pages_lead_both_ways,
);

async fn send(
    app: &App,
    method: Method,
    path: &str,
    person: &Person,
    body: Option<Value>,
) -> (u16, Value) {
    let mut call = app.call(method, path).bearer_auth(&person.access);
    if let Some(body) = body {
        call = call.json(&body);
    }
    let answer = call.send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap_or_default())
}

async fn read(app: &App, path: &str, person: &Person) -> Value {
    let (status, answer) = send(app, Method::GET, path, person, None).await;
    assert_eq!(status, 200, "{path}: {answer}");
    answer
}

async fn shop(test: TestStore) -> (App, Person) {
    let app = App::start(test).await;
    let anna = app.register("anna@example.com").await;
    app.connect(&anna).await;
    app.synchronise(&anna).await;
    (app, anna)
}

async fn tag(app: &App, person: &Person, name: &str) -> Value {
    let body = json!({ "name": name, "color": "green" });
    let (status, tag) = send(app, Method::POST, "/api/v1/tags", person, Some(body)).await;
    assert_eq!(status, 201, "{tag}");
    tag
}

async fn a_tag_goes_on_many_products_and_off_again(test: TestStore) {
    let (app, anna) = shop(test).await;
    let tag = tag(&app, &anna, "Новинка").await;
    let id = tag["id"].as_str().unwrap();
    let total = |page: &Value| page["total"].as_i64().unwrap();
    let tagged = async || total(&read(&app, &format!("/api/v1/products/?tag={id}"), &anna).await);
    let all = total(&read(&app, "/api/v1/products/", &anna).await);
    assert_eq!(tagged().await, 0);

    // Two by name first, then the rest of them all: those two are not changed again.
    let page = read(&app, "/api/v1/products/?page_size=2", &anna).await;
    let two = [&page["items"][0]["id"], &page["items"][1]["id"]];
    let body = json!({ "tag": id, "deed": "add", "products": two });
    let (status, named) = send(&app, Method::POST, "/api/v1/tag-edits", &anna, Some(body)).await;
    assert_eq!((status, &named["changed"]), (201, &json!(2)));
    let page = read(&app, &format!("/api/v1/products/?tag={id}"), &anna).await;
    assert_eq!(total(&page), 2);
    assert_eq!(page["items"][0]["tags"], json!([tag]));

    let body = json!({ "tag": id, "deed": "add" });
    let (_, whole) = send(&app, Method::POST, "/api/v1/tag-edits", &anna, Some(body)).await;
    assert_eq!(whole["changed"], all - 2);
    assert_eq!(tagged().await, all);
    let undo = format!("/api/v1/tag-edits/{}", whole["id"].as_str().unwrap());
    assert_eq!(send(&app, Method::DELETE, &undo, &anna, None).await.0, 204);
    assert_eq!(tagged().await, 2, "what had the tag before keeps it");
    assert_eq!(send(&app, Method::DELETE, &undo, &anna, None).await.0, 404);

    // Taken off what a filter finds, and undone.
    let one = two[0].as_str().unwrap();
    let article = read(&app, &format!("/api/v1/products/{one}"), &anna).await;
    let search = article["marketplace_article"].as_str().unwrap();
    let body = json!({ "tag": id, "deed": "remove", "filter": format!("search={search}") });
    let (_, off) = send(&app, Method::POST, "/api/v1/tag-edits", &anna, Some(body)).await;
    assert_eq!((&off["changed"], tagged().await), (&json!(1), 1));
    let undo = format!("/api/v1/tag-edits/{}", off["id"].as_str().unwrap());
    assert_eq!(send(&app, Method::DELETE, &undo, &anna, None).await.0, 204);
    assert_eq!(tagged().await, 2);

    // Ten minutes later nothing is undone any more.
    let body = json!({ "tag": id, "deed": "remove" });
    let (_, late) = send(&app, Method::POST, "/api/v1/tag-edits", &anna, Some(body)).await;
    app.services.clock.advance(chrono::TimeDelta::minutes(11));
    let undo = format!("/api/v1/tag-edits/{}", late["id"].as_str().unwrap());
    let anna = app.sign_in("anna@example.com").await;
    assert_eq!(send(&app, Method::DELETE, &undo, &anna, None).await.0, 404);

    let path = format!("/api/v1/tags/{id}");
    assert_eq!(send(&app, Method::DELETE, &path, &anna, None).await.0, 204);
    assert_eq!(read(&app, "/api/v1/tags", &anna).await, json!([]));
    let log = read(&app, "/api/v1/audit", &anna).await.to_string();
    for deed in ["tag_made", "tags_changed", "tags_change_undone", "tag_deleted"] {
        assert!(log.contains(deed), "{deed}");
    }
}

async fn what_a_bulk_change_may_not_do(test: TestStore) {
    let (app, anna) = shop(test).await;
    let made = tag(&app, &anna, "Новинка").await;
    let twice = json!({ "name": "  НОВИНКА " });
    let (status, taken) = send(&app, Method::POST, "/api/v1/tags", &anna, Some(twice)).await;
    assert_eq!((status, &taken["errors"][0]["code"]), (422, &json!("taken")), "{taken}");
    for (body, status) in [
        (json!({ "tag": made["id"], "deed": "add", "filter": "grade=good" }), 422),
        (json!({ "tag": made["id"], "deed": "paint" }), 422),
        (json!({ "tag": "0198c0de-0000-7000-8000-000000000000", "deed": "add" }), 404),
        (
            json!({ "tag": made["id"], "deed": "add", "products": vec![made["id"].clone(); 201] }),
            422,
        ),
    ] {
        let answer = send(&app, Method::POST, "/api/v1/tag-edits", &anna, Some(body)).await;
        assert_eq!(answer.0, status, "{}", answer.1);
    }
    // Another company neither sees the tag nor puts it on.
    let boris = app.register("boris@example.com").await;
    assert_eq!(read(&app, "/api/v1/tags", &boris).await, json!([]));
    let body = json!({ "tag": made["id"], "deed": "add" });
    assert_eq!(send(&app, Method::POST, "/api/v1/tag-edits", &boris, Some(body)).await.0, 404);
}

async fn views_are_ones_own_or_everybodys(test: TestStore) {
    let (app, anna) = shop(test).await;
    let save = async |name: &str, shared: bool| {
        let body = json!({ "name": name, "query": "stock=low&sort=cover", "shared": shared });
        let (status, view) = send(&app, Method::POST, "/api/v1/views", &anna, Some(body)).await;
        assert_eq!(status, 201, "{view}");
        view["id"].as_str().unwrap().to_owned()
    };
    let (own, shared) = (save("Мои", false).await, save("Наши", true).await);
    let views = read(&app, "/api/v1/views", &anna).await;
    assert_eq!(views.as_array().unwrap().len(), 2);
    assert_eq!(
        (&views[0]["own"], &views[0]["query"]),
        (&json!(true), &json!("stock=low&sort=cover"))
    );
    let boris = app.register("boris@example.com").await;
    assert_eq!(read(&app, "/api/v1/views", &boris).await, json!([]));
    let path = |id: &str| format!("/api/v1/views/{id}");
    assert_eq!(send(&app, Method::DELETE, &path(&shared), &boris, None).await.0, 404);
    for id in [own, shared] {
        assert_eq!(send(&app, Method::DELETE, &path(&id), &anna, None).await.0, 204);
    }
    let odd = json!({ "name": "x", "query": "a b" });
    assert_eq!(send(&app, Method::POST, "/api/v1/views", &anna, Some(odd)).await.0, 422);
}

async fn the_list_filters_by_what_its_facets_say(test: TestStore) {
    let (app, anna) = shop(test).await;
    let facets = read(&app, "/api/v1/products/facets", &anna).await;
    let all = read(&app, "/api/v1/products/?page_size=200", &anna).await;
    let items = all["items"].as_array().unwrap();
    let brands = facets["brands"].as_array().unwrap();
    assert!(!brands.is_empty() && !facets["warehouses"].as_array().unwrap().is_empty());
    let mut sum = 0;
    for brand in brands {
        let name: String =
            url::form_urlencoded::byte_serialize(brand.as_str().unwrap().as_bytes()).collect();
        let page = read(&app, &format!("/api/v1/products/?brand={name}"), &anna).await;
        let expected = items.iter().filter(|item| item["brand"] == *brand).count();
        assert_eq!(page["total"], expected, "{brand}");
        sum += expected;
    }
    assert_eq!(sum, items.iter().filter(|item| !item["brand"].is_null()).count());
    let out = read(&app, "/api/v1/products/?stock=out&page_size=200", &anna).await;
    let expected = items.iter().filter(|item| item["total_stock"] == 0).count();
    assert_eq!(out["total"], expected);
    let same = read(&app, "/api/v1/products/?cover=out&page_size=200", &anna).await;
    assert_eq!(out["items"], same["items"]);
    let (status, wrong) =
        send(&app, Method::GET, "/api/v1/products/?sort=price&tag=1", &anna, None).await;
    assert_eq!((status, wrong["errors"].as_array().unwrap().len()), (422, 2));
}

async fn pages_lead_both_ways(test: TestStore) {
    let (app, anna) = shop(test).await;
    let path = "/api/v1/products/?page_size=5&sort=cover,-stock";
    let first = read(&app, path, &anna).await;
    assert_eq!(first["previous_cursor"], Value::Null);
    let next = first["next_cursor"].as_str().unwrap();
    let second = read(&app, &format!("{path}&cursor={next}"), &anna).await;
    let previous = second["previous_cursor"].as_str().unwrap();
    let back = read(&app, &format!("{path}&before={previous}"), &anna).await;
    assert_eq!(back["items"], first["items"]);
    let other = format!("/api/v1/products/?page_size=5&sort=cover&cursor={next}");
    assert_eq!(send(&app, Method::GET, &other, &anna, None).await.0, 422);
}

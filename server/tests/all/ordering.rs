//! What is said of ordering a product, and notes on it, over real HTTP on both engines.

use crate::common::{App, Person};
use domain::Role;
use reqwest::Method;
use serde_json::{Value, json};
use store::testing::TestStore;

async fn call(app: &App, method: Method, path: &str, person: &Person, body: Value) -> (u16, Value) {
    let call = app.call(method, path).bearer_auth(&person.access).json(&body);
    let answer = call.send().await.unwrap();
    let status = answer.status().as_u16();
    (status, answer.json().await.unwrap_or(Value::Null))
}

async fn read(app: &App, path: &str, person: &Person) -> Value {
    app.get(path, person).await.json().await.unwrap()
}

/// The company with two products of one brand.
async fn shop(app: &App) -> (Person, String, String) {
    let anna = app.register("anna@example.com").await;
    app.connect(&anna).await;
    app.synchronise(&anna).await;
    let list = read(app, "/api/v1/products/?page_size=200", &anna).await;
    let items = list["items"].as_array().unwrap();
    let first = items.iter().find(|item| item["brand"].is_string()).unwrap();
    let is_other = |item: &&Value| item["brand"] == first["brand"] && item["id"] != first["id"];
    let second = items.iter().find(is_other).unwrap();
    let text = |value: &Value| value["id"].as_str().unwrap().to_owned();
    (anna, text(first), text(second))
}

async fn numbers_are_inherited_and_say_from_where(test: TestStore) {
    let app = App::start(test).await;
    let (anna, one, other) = shop(&app).await;
    let path = |id: &str| format!("/api/v1/products/{id}/settings");
    let settings = read(&app, &path(&one), &anna).await;
    assert_eq!(settings["lead_days"], json!({"value": 14, "from": "tenant"}));
    assert_eq!(settings["pack"], json!({"value": 1, "from": null}));
    assert_eq!(settings["cost_minor"], json!({"value": null, "from": null}));

    let patch = Method::PATCH;
    let body = json!({"scope": "brand", "lead_days": 30, "pack": 12, "cost_minor": 24_900});
    let (status, said) = call(&app, patch.clone(), &path(&one), &anna, body).await;
    assert_eq!((status, &said["lead_days"]), (200, &json!({"value": 30, "from": "brand"})));
    let inherited = read(&app, &path(&other), &anna).await;
    assert_eq!(inherited["pack"], json!({"value": 12, "from": "brand"}));

    let (_, said) = call(&app, patch.clone(), &path(&one), &anna, json!({"lead_days": 5})).await;
    assert_eq!(said["lead_days"], json!({"value": 5, "from": "product"}));
    assert_eq!(said["pack"], json!({"value": 12, "from": "brand"}), "what is not named stays");
    assert_eq!(read(&app, &path(&other), &anna).await["lead_days"]["value"], 30);
    let (_, said) = call(&app, patch.clone(), &path(&one), &anna, json!({"lead_days": null})).await;
    assert_eq!(said["lead_days"], json!({"value": 30, "from": "brand"}), "null is inherited");

    for wrong in [json!({"pack": 0}), json!({"lead_days": 366}), json!({"tenant_id": "x"})] {
        assert_eq!(
            call(&app, patch.clone(), &path(&one), &anna, wrong.clone()).await.0,
            422,
            "{wrong}"
        );
    }
    let log = read(&app, "/api/v1/audit?action=product_settings_changed", &anna).await;
    assert_eq!(log["items"].as_array().unwrap().len(), 3);
    assert_eq!(log["items"][2]["details"]["fields"], json!(["lead_days", "pack", "cost_minor"]));

    app.test.set_role(anna.tenant, anna.user, Role::Viewer).await;
    let anna = app.sign_in("anna@example.com").await;
    let seen = read(&app, &path(&one), &anna).await;
    assert_eq!((&seen["cost_minor"], &seen["may_change"]), (&Value::Null, &json!(false)));
    assert!(!seen.to_string().contains("24900"), "costs are not a viewer's: {seen}");
    assert_eq!(call(&app, patch, &path(&one), &anna, json!({"pack": 3})).await.0, 403);
}

async fn notes_are_written_read_and_taken_away(test: TestStore) {
    let app = App::start(test).await;
    let (anna, one, other) = shop(&app).await;
    let path = format!("/api/v1/products/{one}/notes");
    let body = json!({"body": " Поставщик обещал\nк 20 сентября "});
    let (status, note) = call(&app, Method::POST, &path, &anna, body).await;
    assert_eq!((status, &note["body"]), (201, &json!("Поставщик обещал\nк 20 сентября")));
    assert_eq!(note["author"], "anna@example.com");
    app.services.clock.advance(chrono::TimeDelta::seconds(1));
    call(&app, Method::POST, &path, &anna, json!({"body": "Вторая"})).await;
    let notes = read(&app, &path, &anna).await;
    assert_eq!(notes[0]["body"], "Вторая", "the newest first");
    assert_eq!(read(&app, &format!("/api/v1/products/{other}/notes"), &anna).await, json!([]));
    for wrong in ["", "  ", &"я".repeat(2001), "\u{1}"] {
        let (status, _) = call(&app, Method::POST, &path, &anna, json!({"body": wrong})).await;
        assert_eq!(status, 422);
    }
    let gone = format!("/api/v1/notes/{}", note["id"].as_str().unwrap());
    let boris = app.register("boris@example.com").await;
    assert_eq!(call(&app, Method::DELETE, &gone, &boris, Value::Null).await.0, 404);
    assert_eq!(call(&app, Method::DELETE, &gone, &anna, Value::Null).await.0, 204);
    assert_eq!(call(&app, Method::DELETE, &gone, &anna, Value::Null).await.0, 404);
    assert_eq!(read(&app, &path, &anna).await.as_array().unwrap().len(), 1);
}

store::on_both_engines!(
    numbers_are_inherited_and_say_from_where,
    notes_are_written_read_and_taken_away,
);

//! Several shops of a company over real HTTP, on both engines.

use crate::common::{App, Person};
use domain::Plan;
use reqwest::{Method, Response};
use serde_json::{Value, json};
use store::testing::TestStore;

async fn send(app: &App, method: Method, path: &str, who: &Person, body: Value) -> Response {
    let call = app.call(method, path).bearer_auth(&who.access);
    let call = if body.is_null() { call } else { call.json(&body) };
    call.send().await.unwrap()
}

async fn shops(app: &App, who: &Person) -> Vec<Value> {
    app.get("/api/v1/accounts", who).await.json().await.unwrap()
}

async fn shops_come_and_go(test: TestStore) {
    let app = App::start_with(test, |parts| parts.settings.new_company_plan = Plan::Pro).await;
    let anna = app.register("anna@example.com").await;
    app.connect(&anna).await;
    let first = shops(&app, &anna).await.remove(0);
    assert_eq!(
        (&first["colour"], &first["schedule"]["automatic"]),
        (&json!("violet"), &json!(true))
    );
    assert!(first["next_sync_at"].is_string(), "a shop with a key is read by itself: {first}");

    // A second one on the same marketplace, with a key of its own.
    app.services.clock.advance(chrono::TimeDelta::seconds(1));
    let body = json!({"marketplace": "wildberries", "name": " Второй магазин ",
        "key": {"wildberries_api_key": app.key()}});
    let made = send(&app, Method::POST, "/api/v1/accounts", &anna, body).await;
    assert_eq!(made.status(), 201);
    let text = made.text().await.unwrap();
    assert!(!text.contains(&app.key()[..40]), "no answer holds a key");
    let second: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((&second["name"], &second["colour"]), (&json!("Второй магазин"), &json!("teal")));
    assert_eq!(second["key"]["status"], "valid");
    let path = format!("/api/v1/accounts/{}", second["id"].as_str().unwrap());
    assert_eq!(app.get(&path, &anna).await.json::<Value>().await.unwrap()["id"], second["id"]);

    // Each is synchronised apart, and the first is the one that is meant when none is named.
    for (body, shop) in [(json!({"account_id": second["id"]}), &second), (json!({}), &first)] {
        let started = send(&app, Method::POST, "/api/v1/syncs/", &anna, body).await;
        assert_eq!(started.status(), 202);
        let started: Value = started.json().await.unwrap();
        let run = format!("/api/v1/syncs/{}", started["task_id"].as_str().unwrap());
        let run: Value = app.get(&run, &anna).await.json().await.unwrap();
        assert_eq!(run["account_id"], shop["id"]);
    }

    // Name, colour, schedule; what is not named stays.
    let change = async |body| send(&app, Method::PATCH, &path, &anna, body).await;
    let changed: Value = change(json!({"colour": "pink"})).await.json().await.unwrap();
    assert_eq!((&changed["name"], &changed["colour"]), (&json!("Второй магазин"), &json!("pink")));
    let body = json!({"schedule": {"automatic": false, "cron": "30 7 * * *"}});
    let changed: Value = change(body).await.json().await.unwrap();
    assert_eq!(changed["next_sync_at"], "2026-09-16T04:30:00Z", "{changed}");
    let changed: Value = change(json!({"name": null})).await.json().await.unwrap();
    assert_ne!(changed["name"], "Второй магазин");
    let name = changed["name"].as_str().unwrap().to_owned();
    for (body, field) in [
        (json!({"schedule": {"automatic": true, "cron": "sometimes"}}), "cron"),
        (json!({"name": "\u{7}"}), "name"),
    ] {
        let refused = change(body).await;
        assert_eq!(refused.status(), 422);
        let problem: Value = refused.json().await.unwrap();
        assert_eq!(problem["errors"][0]["loc"][1], field);
    }
    assert_eq!(change(json!({"realm": "demo"})).await.status(), 422);

    // Without its key it waits; with another one it goes on.
    let key = format!("{path}/key");
    let bare: Value =
        send(&app, Method::DELETE, &key, &anna, Value::Null).await.json().await.unwrap();
    assert_eq!((&bare["key"], &bare["next_sync_at"]), (&Value::Null, &Value::Null));
    let body = json!({"ozon_client_id": "1", "ozon_api_key": "x"});
    assert_eq!(send(&app, Method::PUT, &key, &anna, body).await.status(), 422);
    let body = json!({"wildberries_api_key": app.key()});
    let keyed: Value = send(&app, Method::PUT, &key, &anna, body).await.json().await.unwrap();
    assert_eq!(keyed["key"]["status"], "valid");
    assert!(keyed["next_sync_at"].is_string());

    // Gone with all that was read, once its name was typed.
    let remove = async |confirm: &str| {
        let call = app.call(Method::DELETE, &path).query(&[("confirm", confirm)]);
        call.bearer_auth(&anna.access).send().await.unwrap().status()
    };
    assert_eq!(remove("").await, 422);
    assert_eq!(remove("Второй магазин").await, 422);
    assert_eq!(remove(&name).await, 204);
    assert_eq!(remove(&name).await, 404);
    let left = shops(&app, &anna).await;
    assert_eq!(left.len(), 1);
    assert_eq!(left[0]["id"], first["id"]);
    let log: Value = app.get("/api/v1/audit", &anna).await.json().await.unwrap();
    let log = log.to_string();
    for action in ["shop_connected", "shop_changed", "shop_removed", "credentials_changed"] {
        assert!(log.contains(action), "{action}");
    }
}

async fn a_plan_has_room_for_so_many(test: TestStore) {
    let app = App::start(test).await;
    let anna = app.register("anna@example.com").await;
    let connect = async || {
        let body = json!({"marketplace": "ozon"});
        send(&app, Method::POST, "/api/v1/accounts", &anna, body).await
    };
    assert_eq!(connect().await.status(), 201);
    let refused = connect().await;
    assert_eq!(refused.status(), 403);
    assert_eq!(refused.json::<Value>().await.unwrap()["code"], "plan_limit");
    assert_eq!(shops(&app, &anna).await.len(), 2);
}

async fn anothers_shop_is_not_there(test: TestStore) {
    let app = App::start(test).await;
    let (anna, boris) =
        (app.register("anna@example.com").await, app.register("boris@example.com").await);
    let theirs = shops(&app, &boris).await.remove(0);
    let path = format!("/api/v1/accounts/{}", theirs["id"].as_str().unwrap());
    let key = json!({"wildberries_api_key": app.key()});
    for (method, path, body) in [
        (Method::GET, path.clone(), Value::Null),
        (Method::PATCH, path.clone(), json!({"name": "моё"})),
        (Method::DELETE, format!("{path}?confirm=Wildberries"), Value::Null),
        (Method::PUT, format!("{path}/key"), key),
        (Method::DELETE, format!("{path}/key"), Value::Null),
    ] {
        let answer = send(&app, method.clone(), &path, &anna, body).await;
        assert_eq!(answer.status(), 404, "{method} {path}");
    }
    let body = json!({"account_id": theirs["id"]});
    assert_eq!(send(&app, Method::POST, "/api/v1/syncs/", &anna, body).await.status(), 404);
    assert_eq!(shops(&app, &boris).await[0], theirs);
}

/// Without script: forms are answered with a way back, and the page says what became of them.
async fn the_page_works_with_forms_alone(test: TestStore) {
    let app = App::start_with(test, |parts| parts.settings.new_company_plan = Plan::Pro).await;
    let anna = app.register("anna@example.com").await;
    let cookie = app.browser("anna@example.com").await;
    let form = async |function: &str, body: String| {
        let call = app.call(Method::POST, &format!("/api/fn/shops/{function}"));
        let call = call.header("content-type", "application/x-www-form-urlencoded");
        let call = call.header("sec-fetch-site", "same-origin").header("accept", "text/html");
        let answer = call.header("cookie", &cookie).body(body).send().await.unwrap();
        (answer.status().as_u16(), answer.headers()["location"].to_str().unwrap().to_owned())
    };
    let back = (303, "/settings/shops".to_owned());
    let connected = form("connect", "marketplace=wildberries&name=Second".into()).await;
    assert_eq!(connected, back);
    let second = shops(&app, &anna).await.remove(1);
    let id = second["id"].as_str().unwrap().to_owned();
    assert_eq!(form("set_key", format!("id={id}&wildberries_api_key={}", app.key())).await, back);
    let body = format!("id={id}&name=Renamed&colour=blue&automatic=true&cron=");
    assert_eq!(form("change", body).await, back);
    let call = app.call(Method::GET, "/settings/shops").header("accept", "text/html");
    let page = call.header("cookie", &cookie).send().await.unwrap();
    assert_eq!(page.status(), 200);
    let page = page.text().await.unwrap();
    for words in ["Renamed", "shop-dot blue", "name=\"confirm\"", "name=\"marketplace\""] {
        assert!(page.contains(words), "{words}");
    }
    assert!(!page.contains(&app.key()[..40]));
    assert_eq!(form("remove", format!("id={id}&confirm=other")).await, back);
    assert_eq!(shops(&app, &anna).await.len(), 2, "not without its name");
    assert_eq!(form("remove", format!("id={id}&confirm=Renamed")).await, back);
    assert_eq!(shops(&app, &anna).await.len(), 1);
}

store::on_both_engines!(
    shops_come_and_go,
    a_plan_has_room_for_so_many,
    anothers_shop_is_not_there,
    the_page_works_with_forms_alone,
);

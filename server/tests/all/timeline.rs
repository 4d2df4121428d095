//! A product's time line, what changed since yesterday as lists, money at cost, and pages as of a moment, over real HTTP
//! on both engines.

use crate::common::{App, Person};
use chrono::TimeDelta;
use domain::Role;
use reqwest::Method;
use serde_json::{Value, json};
use store::testing::TestStore;

async fn read(app: &App, path: &str, person: &Person) -> Value {
    let answer = app.get(path, person).await;
    assert_eq!(answer.status(), 200, "{path}");
    answer.json().await.unwrap()
}

async fn change(app: &App, method: Method, path: &str, person: &Person, body: Value) {
    let call = app.call(method, path).bearer_auth(&person.access).json(&body);
    let status = call.send().await.unwrap().status();
    assert!(status.is_success(), "{path} {body}: {status}");
}

/// A company on a plan without limits, read twice a day apart.
async fn shop(test: TestStore) -> (App, Person) {
    let app = App::start_with(test, |parts| {
        parts.settings.new_company_plan = domain::Plan::Enterprise;
    })
    .await;
    let anna = app.register("anna@example.com").await;
    app.connect(&anna).await;
    assert_eq!(app.synchronise(&anna).await["status"], "completed");
    app.services.clock.advance(TimeDelta::hours(26));
    let anna = app.sign_in("anna@example.com").await;
    assert_eq!(app.synchronise(&anna).await["status"], "completed");
    (app, anna)
}

fn items(list: &Value) -> &Vec<Value> {
    list["items"].as_array().unwrap()
}

fn id(item: &Value) -> String {
    item["id"].as_str().unwrap().to_owned()
}

fn number(row: &Value, name: &str) -> i64 {
    row[name].as_i64().unwrap_or_else(|| panic!("{name} of {row}"))
}

async fn a_time_line_has_places_prices_returns_and_edits(test: TestStore) {
    let (app, anna) = shop(test).await;
    let list = read(&app, "/api/v1/products/?page_size=200&sort=-total_stock", &anna).await;
    let (one, other) = (&items(&list)[0], &items(&list)[1]);
    let (one, other, account) = (id(one), id(other), one["account_id"].clone());
    let settings = |id: &str| format!("/api/v1/products/{id}/settings");
    let patch = || Method::PATCH;
    change(&app, patch(), &settings(&one), &anna, json!({"pack": 6, "cost_minor": 100})).await;
    // Said of the shop on another product's page, it is this one's as well.
    let body = json!({"scope": "account", "lead_days": 20});
    change(&app, patch(), &settings(&other), &anna, body).await;
    change(&app, patch(), &settings(&other), &anna, json!({"minimum": 3})).await;
    let notes = format!("/api/v1/products/{one}/notes");
    change(&app, Method::POST, &notes, &anna, json!({"body": "Скоро поставка"})).await;

    let path = format!("/api/v1/products/{one}/history?days=30");
    let history = read(&app, &path, &anna).await;
    let edits = history["edits"].as_array().unwrap();
    let told: Vec<(&Value, &Value, &Value)> =
        edits.iter().map(|edit| (&edit["kind"], &edit["scope"], &edit["fields"])).collect();
    assert_eq!(
        told,
        [
            (&json!("terms"), &json!("product"), &json!(["pack", "cost_minor"])),
            (&json!("terms"), &json!("account"), &json!(["lead_days"])),
            (&json!("note_added"), &Value::Null, &json!([])),
        ]
    );
    assert_eq!(edits[0]["day"], history["days"][29]["day"], "today");
    let places = history["places"].as_array().unwrap();
    assert!(!places.is_empty() && places.len() <= 5, "{places:?}");
    let day = &history["days"][29];
    let sum: i64 = places.iter().map(|place| number(&json!({"n": place["stock"][29]}), "n")).sum();
    assert_eq!(sum, number(day, "stock"), "the places are the whole");
    assert!(day["listed_minor"].as_i64().is_some_and(|price| price > 0), "{day}");
    assert!(day["returned"].is_i64(), "{day}");
    assert_eq!(history["days"][0]["listed_minor"], Value::Null, "prices were not read then");
    assert!(account.is_string());

    app.test.set_role(anna.tenant, anna.user, Role::Viewer).await;
    let viewer = app.sign_in("anna@example.com").await;
    let seen = read(&app, &path, &viewer).await;
    assert_eq!(seen["edits"][0]["fields"], json!(["pack"]), "costs are not a viewer's");
}

async fn every_change_is_a_list(test: TestStore) {
    let (app, anna) = shop(test).await;
    let today = read(&app, "/api/v1/today", &anna).await;
    let changes = &today["changes"];
    let count = async |word: &str| {
        let path = format!("/api/v1/products/?page_size=200&changed={word}");
        let list = read(&app, &path, &anna).await;
        assert_eq!(number(&list, "total"), i64::try_from(items(&list).len()).unwrap(), "{word}");
        number(&list, "total")
    };
    let mut any = 0;
    for (word, name) in [
        ("ran_out", "ran_out"),
        ("came_back", "came_back"),
        ("new", "new_products"),
        ("gone", "archived_products"),
        ("repriced", "repriced"),
    ] {
        let told = number(changes, name);
        assert_eq!(count(word).await, told, "{word}");
        any += told;
    }
    assert!(any > 0, "a day of a living shop changed something: {changes}");
    let returned = changes["days"][0]["returned"].as_i64().unwrap();
    let products = count("returned").await;
    assert!(products <= returned && (products > 0) == (returned > 0), "{products} of {returned}");
    let wrong = app.get("/api/v1/products/?changed=sideways", &anna).await;
    assert_eq!(wrong.status(), 422);
}

async fn money_goes_by_cost_where_it_is_known(test: TestStore) {
    let (app, anna) = shop(test).await;
    let before = read(&app, "/api/v1/today?rows=50", &anna).await;
    let (dead, lost) = (&before["dead"], &before["lost"]);
    assert_eq!(before["frozen"]["minor"], dead["revenue_minor"], "no cost is known: the price");
    assert_eq!(before["frozen"]["at_price"], dead["products"]);
    assert_eq!(
        before["missed"],
        json!({"minor": lost["revenue_minor"], "at_price": lost["products"]})
    );

    let list = read(&app, "/api/v1/products/", &anna).await;
    let settings = format!("/api/v1/products/{}/settings", id(&items(&list)[0]));
    let body = json!({"scope": "tenant", "cost_minor": 100});
    change(&app, Method::PATCH, &settings, &anna, body).await;
    assert_eq!(app.synchronise(&anna).await["status"], "completed");
    let after = read(&app, "/api/v1/today?rows=50", &anna).await;
    assert_eq!(
        after["frozen"],
        json!({"minor": number(&after["dead"], "units") * 100, "at_price": 0})
    );
    let (missed, whole) = (&after["missed"], number(&after["lost"], "revenue_minor"));
    assert_eq!(number(missed, "at_price"), 0);
    let margin = whole - number(&after["lost"], "units") * 100;
    assert!(number(missed, "minor") >= margin && number(missed, "minor") <= whole, "{missed}");
    for row in after["dead"]["rows"].as_array().unwrap() {
        assert_eq!(number(row, "cost_minor"), number(row, "units") * 100);
    }

    app.test.set_role(anna.tenant, anna.user, Role::Viewer).await;
    let viewer = app.sign_in("anna@example.com").await;
    let seen = read(&app, "/api/v1/today?rows=50", &viewer).await;
    assert_eq!((&seen["frozen"], &seen["missed"]), (&Value::Null, &Value::Null));
    let rows =
        ["runs_out", "order", "dead"].map(|list| seen[list]["rows"].as_array().unwrap().clone());
    assert!(rows.iter().flatten().all(|row| row["cost_minor"].is_null()), "{seen}");
}

async fn pages_are_kept_as_they_were(test: TestStore) {
    let (app, anna) = shop(test).await;
    let then = app.services.clock.now();
    let (morning, places) =
        (read(&app, "/api/v1/today", &anna).await, read(&app, "/api/v1/warehouses", &anna).await);
    app.services.clock.advance(TimeDelta::hours(30));
    let anna = app.sign_in("anna@example.com").await;
    assert_eq!(app.synchronise(&anna).await["status"], "completed");
    let now = read(&app, "/api/v1/today", &anna).await;
    assert_ne!(now["measured_at"], morning["measured_at"]);
    let at = (then + TimeDelta::minutes(1)).format("%Y-%m-%dT%H:%M:%SZ");
    assert_eq!(read(&app, &format!("/api/v1/today?at={at}"), &anna).await, morning);
    let was = read(&app, &format!("/api/v1/warehouses?at={at}"), &anna).await;
    assert_eq!(was["items"], places["items"]);

    let long_ago = "/api/v1/today?at=2026-01-01";
    assert_eq!(app.get(long_ago, &anna).await.status(), 404, "none was kept");
    assert_eq!(app.get("/api/v1/today?at=2040-01-01", &anna).await.status(), 422);
    assert_eq!(app.get("/api/v1/warehouses?at=2040-01-01", &anna).await.status(), 422);
    let boris = app.register("boris@example.com").await;
    assert_eq!(app.get(&format!("/api/v1/today?at={at}"), &boris).await.status(), 404);
    assert_eq!(
        read(&app, &format!("/api/v1/warehouses?at={at}"), &boris).await["items"],
        json!([])
    );
    app.test.set_role(anna.tenant, anna.user, Role::Viewer).await;
    let viewer = app.sign_in("anna@example.com").await;
    let seen = read(&app, &format!("/api/v1/today?at={at}"), &viewer).await;
    assert_eq!(
        (&seen["frozen"], &seen["dead"]["units"]),
        (&Value::Null, &morning["dead"]["units"])
    );
}

async fn pages_of_the_past_say_so_and_lead_back(test: TestStore) {
    let (app, _) = shop(test).await;
    let cookie = app.browser("anna@example.com").await;
    let day = (app.services.clock.now() - TimeDelta::hours(20)).date_naive();
    for page in ["/products", "/warehouses", "/"] {
        let path = format!("{page}?at={day}");
        let answer = app.call(Method::GET, &path).header("cookie", &cookie);
        let answer = answer.header("accept", "text/html").send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        let html = answer.text().await.unwrap();
        assert!(html.contains("past-banner"), "{path}");
        assert!(html.contains(&format!("href=\"{page}\"")), "{path} leads back");
        assert!(
            html.contains(&format!("/past?at={day}&amp;with=now")),
            "{path} leads to what differs"
        );
    }
    let path = format!("/products?at={day}&risk=1");
    let answer = app.call(Method::GET, &path).header("cookie", &cookie).send().await.unwrap();
    let html = answer.text().await.unwrap();
    assert!(html.contains(&format!("?at={day}\"")), "rows lead to the product of then");
}

store::on_both_engines!(
    a_time_line_has_places_prices_returns_and_edits,
    every_change_is_a_list,
    money_goes_by_cost_where_it_is_known,
    pages_are_kept_as_they_were,
    pages_of_the_past_say_so_and_lead_back,
);

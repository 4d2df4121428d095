//! The morning, periods, warehouses and rules of orders: every number of a year-old shop recomputed from what the API
//! says of its products, an empty company, and what other rules do.

use crate::common::{App, Person};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use store::testing::TestStore;

/// A demo shop, which has a year behind it: its cookie.
async fn shop(app: &App) -> String {
    let call = app.call(Method::POST, "/api/fn/accounts/start_demo");
    let answer = call.header("sec-fetch-site", "same-origin").send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let cookie = answer.headers()["set-cookie"].to_str().unwrap();
    cookie.split(';').next().unwrap().to_owned()
}

async fn read(app: &App, path: &str, cookie: &str) -> Value {
    let answer = app.call(Method::GET, path).header("cookie", cookie).send().await.unwrap();
    assert_eq!(answer.status(), 200, "{path}");
    answer.json().await.unwrap()
}

async fn of_person(app: &App, path: &str, person: &Person) -> Value {
    let answer = app.get(path, person).await;
    assert_eq!(answer.status(), 200, "{path}");
    answer.json().await.unwrap()
}

fn number(row: &Value, name: &str) -> i64 {
    row[name].as_i64().unwrap_or_else(|| panic!("{name} of {row}"))
}

/// What the API says of a product, and the 28 whole days before today.
struct Known {
    id: String,
    stock: i64,
    rate: Option<i64>,
    days: Vec<Value>,
}

impl Known {
    fn sum(&self, name: &str) -> i64 {
        self.days.iter().map(|day| number(day, name)).sum()
    }

    fn price(&self) -> Option<i64> {
        let units = self.sum("ordered");
        (units > 0).then(|| self.sum("revenue_minor") / units)
    }
}

async fn products(app: &App, cookie: &str) -> Vec<Known> {
    let page = read(app, "/api/v1/products/?page_size=200", cookie).await;
    let mut known = Vec::new();
    for item in page["items"].as_array().unwrap() {
        let id = item["id"].as_str().unwrap().to_owned();
        let product = read(app, &format!("/api/v1/products/{id}"), cookie).await;
        let history = read(app, &format!("/api/v1/products/{id}/history?days=29"), cookie).await;
        let days = history["days"].as_array().unwrap()[..28].to_vec();
        let rate = product["velocity"]["per_day_thousandths"].as_i64();
        known.push(Known { id, stock: number(item, "total_stock"), rate, days });
    }
    known
}

/// Units of so many days, rounded up.
fn demand(rate: i64, days: i64) -> i64 {
    (rate * days + 999) / 1000
}

fn check(list: &Value, mut expected: BTreeMap<String, (i64, Option<i64>)>, what: &str) {
    expected.retain(|_, (units, _)| *units > 0);
    let sum = |of: fn(&(i64, Option<i64>)) -> i64| expected.values().map(of).sum::<i64>();
    assert_eq!(number(list, "products"), i64::try_from(expected.len()).unwrap(), "{what}");
    assert_eq!(number(list, "units"), sum(|(units, _)| *units), "{what}");
    let money = sum(|(units, price)| units * price.unwrap_or(0));
    assert_eq!(number(list, "revenue_minor"), money, "{what}");
    let rows = list["rows"].as_array().unwrap();
    assert!(rows.is_sorted_by_key(|row| -number(row, "revenue_minor")), "{what}: by money");
    for row in rows {
        let (units, price) = expected[row["id"].as_str().unwrap()];
        assert_eq!(number(row, "units"), units, "{what} {row}");
        assert_eq!(row["price_minor"], json!(price), "{what} {row}");
        assert_eq!(row["revenue_minor"], json!(price.map(|price| price * units)), "{what} {row}");
    }
}

async fn the_morning_is_what_the_products_say(test: TestStore) {
    let app = App::start(test).await;
    let cookie = shop(&app).await;
    let today = read(&app, "/api/v1/today?rows=50", &cookie).await;
    assert_eq!(today["rules"], json!({"lead_days": 14, "review_days": 7, "buffer_days": 7}));
    assert_eq!(today["currency"], "RUB");
    let products = products(&app, &cookie).await;
    assert_eq!(number(&today, "products"), i64::try_from(products.len()).unwrap());
    assert!(number(&today["runs_out"], "products") > 0 && number(&today["order"], "products") > 0);

    let of = |units: fn(&Known) -> i64| -> BTreeMap<String, (i64, Option<i64>)> {
        products.iter().map(|p| (p.id.clone(), (units(p), p.price()))).collect()
    };
    let at_risk = of(|p| p.rate.map_or(0, |rate| (demand(rate, 14) - p.stock).max(0)));
    check(&today["runs_out"], at_risk, "runs out");
    let order = of(|p| match p.rate {
        Some(rate) if rate > 0 && p.stock <= demand(rate, 21) => demand(rate, 28) - p.stock,
        _ => 0,
    });
    check(&today["order"], order, "order");
    let dead = |p: &Known| {
        let unsold = p.sum("ordered") == 0;
        p.stock > 0 && unsold && p.days.iter().all(|day| number(day, "stock") > 0)
    };
    let (count, pieces) = products
        .iter()
        .filter(|p| dead(p))
        .fold((0, 0), |(count, pieces), p| (count + 1, pieces + p.stock));
    let told = &today["dead"];
    assert_eq!((number(told, "products"), number(told, "units")), (count, pieces));
    let lost: i64 = products
        .iter()
        .filter_map(|p| Some((p, p.rate?)))
        .map(|(p, rate)| {
            let empty = p
                .days
                .windows(2)
                .filter(|pair| number(&pair[0], "stock") == 0 && number(&pair[1], "stock") == 0);
            let missed: i64 =
                empty.map(|pair| (rate - 1000 * number(&pair[1], "ordered")).max(0)).sum();
            missed.min(1000 * p.sum("ordered")) / 1000
        })
        .sum();
    assert_eq!(number(&today["lost"], "units"), lost);
    assert!(lost > 0, "the shop has been out of something");

    let ended = |p: &Known| number(&p.days[27], "stock");
    let ran_out = products.iter().filter(|p| p.stock == 0 && ended(p) > 0).count();
    let back = products.iter().filter(|p| p.stock > 0 && ended(p) == 0).count();
    let changes = &today["changes"];
    assert_eq!(number(changes, "ran_out"), i64::try_from(ran_out).unwrap());
    assert_eq!(number(changes, "came_back"), i64::try_from(back).unwrap());
    let grown: i64 = products.iter().map(|p| p.stock - ended(p)).sum();
    assert_eq!(number(changes, "stock_change"), grown);
    let yesterday = &changes["days"][0];
    assert_eq!(yesterday["day"], products[0].days[27]["day"]);
    let ordered: i64 = products.iter().map(|p| number(&p.days[27], "ordered")).sum();
    assert_eq!(number(yesterday, "ordered"), ordered);
    assert_eq!(number(yesterday, "stock"), products.iter().map(ended).sum::<i64>());

    let few = read(&app, "/api/v1/today", &cookie).await;
    assert_eq!(
        few["order"]["rows"].as_array().unwrap()[..],
        today["order"]["rows"].as_array().unwrap()[..5]
    );
    assert_eq!(read(&app, "/api/fn/today/get", &cookie).await, few, "both doors say the same");
}

async fn a_period_adds_up_and_stands_beside_the_one_before(test: TestStore) {
    let app = App::start(test).await;
    let cookie = shop(&app).await;
    let told = read(&app, "/api/v1/analytics/period", &cookie).await;
    let days = told["days"].as_array().unwrap();
    assert_eq!(days.len(), 28);
    let products = products(&app, &cookie).await;
    for (at, day) in days.iter().enumerate() {
        for (name, of) in
            [("ordered", "ordered"), ("revenue_minor", "revenue_minor"), ("stock", "stock")]
        {
            let sum: i64 = products.iter().map(|p| number(&p.days[at], of)).sum();
            assert_eq!(number(day, name), sum, "{name} of {day}");
        }
        assert_eq!(day["day"], products[0].days[at]["day"]);
    }
    let sum = |name: &str| days.iter().map(|day| number(day, name)).sum::<i64>();
    let totals = &told["totals"];
    for name in ["ordered", "cancelled", "revenue_minor"] {
        assert_eq!(number(totals, name), sum(name), "{name}");
    }
    let (stock, ordered) = (sum("stock") * 10, sum("ordered"));
    assert_eq!(number(totals, "turnover_tenths"), (2 * stock + ordered) / (2 * ordered));

    let twice = read(&app, "/api/v1/analytics/period?days=56", &cookie).await;
    assert_eq!(
        number(&twice["totals"], "ordered"),
        number(totals, "ordered") + number(&told["before"], "ordered")
    );
    let cells = told["classes"].as_array().unwrap();
    let count: i64 = cells.iter().map(|cell| number(cell, "products")).sum();
    assert_eq!(count, i64::try_from(products.len()).unwrap(), "every product is in one cell");
    let revenue: i64 = cells.iter().map(|cell| number(cell, "revenue_minor")).sum();
    assert_eq!(revenue, products.iter().map(|p| p.sum("revenue_minor")).sum::<i64>());
    let best: i64 = cells
        .iter()
        .filter(|cell| cell["abc"] == "A")
        .map(|cell| number(cell, "revenue_minor"))
        .sum();
    assert!(best * 100 >= revenue * 80, "A is at least the first 80 %: {best} of {revenue}");
    assert!(
        cells.iter().any(|cell| cell["xyz"] == "X") && cells.iter().any(|cell| cell["xyz"] == "Z")
    );

    for days in ["0", "366", "x"] {
        let path = format!("/api/v1/analytics/period?days={days}");
        let answer = app.call(Method::GET, &path).header("cookie", &cookie).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{days}");
    }
}

async fn warehouses_say_how_long_they_last(test: TestStore) {
    let app = App::start(test).await;
    let cookie = shop(&app).await;
    let told = read(&app, "/api/v1/warehouses", &cookie).await;
    let items = told["items"].as_array().unwrap();
    assert!(!items.is_empty());
    let products = products(&app, &cookie).await;
    let stock: i64 = items.iter().map(|item| number(item, "stock")).sum();
    assert_eq!(stock, products.iter().map(|p| p.stock).sum::<i64>());
    assert!(items.is_sorted_by_key(|item| -number(item, "stock")));
    let shares: i64 = items.iter().map(|item| number(item, "share_permille")).sum();
    assert!((shares - 1000).abs() <= i64::try_from(items.len()).unwrap(), "{shares}");

    let mut places: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    for product in &products {
        let product = read(&app, &format!("/api/v1/products/{}", product.id), &cookie).await;
        let mut here: BTreeMap<String, i64> = BTreeMap::new();
        for place in product["warehouse_data"].as_array().unwrap() {
            *here.entry(place["warehouse_id"].as_str().unwrap().to_owned()).or_default() +=
                number(place, "quantity");
        }
        let sells = number(&product, "orders_28") > 0;
        for (place, pieces) in here {
            let counts = places.entry(place).or_default();
            counts.0 += i64::from(pieces > 0);
            counts.1 += i64::from(pieces == 0 && sells);
        }
    }
    for item in items {
        let (holding, out) = places[item["id"].as_str().unwrap()];
        assert_eq!(number(item, "products"), holding, "{item}");
        assert!(number(item, "out_products") >= out, "{item}");
        let cover = item["orders_28"]
            .as_i64()
            .filter(|units| *units > 0)
            .map(|units| (2 * number(item, "stock") * 280 + units) / (2 * units));
        assert_eq!(item["cover_tenths"], json!(cover), "{item}");
    }
    assert!(items.iter().any(|item| item["cover_tenths"].is_i64()), "{items:?}");
}

async fn an_empty_company_has_an_empty_morning(test: TestStore) {
    let app = App::start(test).await;
    let anna = app.register("anna@example.com").await;
    let today = of_person(&app, "/api/v1/today", &anna).await;
    assert_eq!((&today["measured_at"], number(&today, "products")), (&Value::Null, 0));
    assert_eq!((&today["order"]["rows"], &today["changes"]["days"]), (&json!([]), &json!([])));
    assert_eq!(today["changes"]["stock_change"], Value::Null, "unknown is not zero");
    let period = of_person(&app, "/api/v1/analytics/period", &anna).await;
    assert_eq!((&period["days"], &period["before"]), (&json!([]), &Value::Null));
    assert_eq!(of_person(&app, "/api/v1/warehouses", &anna).await["items"], json!([]));

    // The first sync brings the stock of the days before, so that it is known at once how fast things sell.
    app.connect(&anna).await;
    app.synchronise(&anna).await;
    let today = of_person(&app, "/api/v1/today", &anna).await;
    assert!(today["measured_at"].is_string() && number(&today, "products") > 0);
    assert!(number(&today["order"], "products") > 0, "{today}");
    let stranger = app.register("boris@example.com").await;
    assert_eq!(number(&of_person(&app, "/api/v1/today", &stranger).await, "products"), 0);
}

async fn other_rules_hold_from_the_next_sync(test: TestStore) {
    let app = App::start(test).await;
    let anna = app.register("anna@example.com").await;
    let put = async |body: Value| {
        let call = app.call(Method::PUT, "/api/v1/planning/rules").bearer_auth(&anna.access);
        call.json(&body).send().await.unwrap()
    };
    let wrong = put(json!({"lead_days": 0, "review_days": 400, "buffer_days": 7})).await;
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let wrong: Value = wrong.json().await.unwrap();
    let fields: Vec<_> = wrong["errors"].as_array().unwrap().iter().map(|e| &e["loc"][1]).collect();
    assert_eq!(fields, ["lead_days", "review_days"], "{wrong}");
    let rules = json!({"lead_days": 40, "review_days": 14, "buffer_days": 10});
    let done = put(rules.clone()).await;
    assert_eq!(done.status(), 200);
    assert_eq!(done.json::<Value>().await.unwrap(), rules);
    assert_eq!(of_person(&app, "/api/v1/planning/rules", &anna).await, rules);
    assert_eq!(of_person(&app, "/api/v1/today", &anna).await["rules"], rules);
    let log = of_person(&app, "/api/v1/audit", &anna).await;
    assert!(log.to_string().contains("planning_rules_changed"), "{log}");

    // In a shop with a past.
    let cookie = shop(&app).await;
    let before = read(&app, "/api/v1/today", &cookie).await;
    let form = app.call(Method::POST, "/api/fn/today/set_rules").header("cookie", &cookie);
    let form = form.header("content-type", "application/x-www-form-urlencoded");
    let form = form.header("sec-fetch-site", "same-origin");
    let form = form.body("lead_days=40&review_days=14&buffer_days=10").send().await.unwrap();
    assert_eq!(form.status(), 200);
    let headers = http::HeaderMap::from_iter([(http::header::COOKIE, cookie.parse().unwrap())]);
    let caller = services::access::caller(&app.services, &headers).await.unwrap();
    let client = services::testing::client();
    let run = services::syncs::start(&app.services, &caller, &client).await.unwrap().task_id;
    let events = format!("/api/v1/syncs/{run}/events");
    let events = app.call(Method::GET, &events).header("cookie", &cookie).send().await.unwrap();
    assert!(events.text().await.unwrap().contains("\"completed\""), "the stream ends with the run");
    let after = read(&app, "/api/v1/today", &cookie).await;
    assert!(number(&after["order"], "units") > number(&before["order"], "units"));
    assert!(number(&after["runs_out"], "units") > number(&before["runs_out"], "units"));
}

/// A pack of the company, a lead time of one product: the nearest holds.
async fn a_product_is_ordered_by_its_own_terms(test: TestStore) {
    let app = App::start(test).await;
    let cookie = shop(&app).await;
    let before = read(&app, "/api/v1/today?rows=50", &cookie).await;
    let first = &before["order"]["rows"][0];
    let path = format!("/api/v1/products/{}/settings", first["id"].as_str().unwrap());
    for body in
        [json!({"scope": "tenant", "pack": 10}), json!({"scope": "product", "lead_days": 60})]
    {
        let call = app.call(Method::PATCH, &path).header("cookie", &cookie);
        let call = call.header("sec-fetch-site", "same-origin");
        assert_eq!(call.json(&body).send().await.unwrap().status(), 200, "{body}");
    }
    let headers = http::HeaderMap::from_iter([(http::header::COOKIE, cookie.parse().unwrap())]);
    let caller = services::access::caller(&app.services, &headers).await.unwrap();
    let client = services::testing::client();
    let run = services::syncs::start(&app.services, &caller, &client).await.unwrap().task_id;
    let events = format!("/api/v1/syncs/{run}/events");
    let events = app.call(Method::GET, &events).header("cookie", &cookie).send().await.unwrap();
    assert!(events.text().await.unwrap().contains("\"completed\""), "the stream ends with the run");
    let after = read(&app, "/api/v1/today?rows=50", &cookie).await;
    let rows = after["order"]["rows"].as_array().unwrap();
    assert!(rows.iter().all(|row| number(row, "units") % 10 == 0), "whole packs");
    for row in rows {
        let rate = number(row, "per_day_thousandths");
        let days = if row["id"] == first["id"] { 74 } else { 28 };
        let wanted = demand(rate, days) - number(row, "total_stock");
        assert_eq!(number(row, "units"), (wanted + 9) / 10 * 10, "{row}");
    }
    assert_eq!(after["rules"]["lead_days"], 14, "the company's own is as it was");
}

store::on_both_engines!(
    a_product_is_ordered_by_its_own_terms,
    the_morning_is_what_the_products_say,
    a_period_adds_up_and_stands_beside_the_one_before,
    warehouses_say_how_long_they_last,
    an_empty_company_has_an_empty_morning,
    other_rules_hold_from_the_next_sync,
);

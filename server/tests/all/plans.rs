//! Limits where they bite, over HTTP: which was reached, what would lift it, and that nothing is lost.

use crate::common::App;
use chrono::TimeDelta;
use domain::{AccountId, Marketplace, Plan, Realm};
use reqwest::Method;
use serde_json::{Value, json};
use services::{operator, plans};
use store::{NewAccount, Reason, testing::TestStore};

async fn set_plan(app: &App, person: &crate::common::Person, plan: Plan) {
    assert!(operator::set_plan(&app.services, person.tenant, plan).await.unwrap());
}

async fn a_shop_too_many_is_refused_and_a_larger_plan_takes_it(test: TestStore) {
    let app = App::start(test).await;
    let anna = app.register("anna@example.com").await;
    let mut tx = app.services.store.system_write(Reason::Operator).await.unwrap();
    let new = NewAccount {
        id: AccountId(uuid::Uuid::new_v4()),
        marketplace: Marketplace::Wildberries,
        realm: Realm::Sandbox,
        name: "Второй",
        now: app.services.clock.now(),
    };
    tx.add_account(anna.tenant, &new).await.unwrap();
    tx.commit().await.unwrap();
    let ozon = async || {
        let call = app.call(Method::PATCH, "/api/v1/tenants/me/credentials");
        call.bearer_auth(&anna.access).json(&json!({"ozon_client_id": "42"})).send().await.unwrap()
    };
    let refused = ozon().await;
    assert_eq!(refused.status(), 403);
    let body: Value = refused.json().await.unwrap();
    assert_eq!(body["code"], "plan_limit");
    assert_eq!(
        body["limit"],
        json!({"name": "accounts", "plan": "free", "allowed": 2, "lifted_by": "starter"})
    );
    assert!(body["detail"].as_str().unwrap().contains("STARTER"), "{body}");
    set_plan(&app, &anna, Plan::Starter).await;
    assert_eq!(ozon().await.status(), 200);
}

async fn a_sync_too_soon_is_refused_with_its_time(test: TestStore) {
    let app = App::start_with(test, |parts| parts.settings.rate_limit = true).await;
    let anna = app.register("anna@example.com").await;
    let start = async |person: &crate::common::Person| {
        let call = app.call(Method::POST, "/api/v1/products/sync");
        call.bearer_auth(&person.access).send().await.unwrap()
    };
    let without_key = app.synchronise(&anna).await;
    assert_eq!(without_key["status"], "failed");
    app.connect(&anna).await;
    let first = app.synchronise(&anna).await;
    assert_eq!(first["status"], "completed", "a failed one may be repeated at once: {first}");
    app.services.clock.advance(TimeDelta::minutes(10));
    let refused = start(&anna).await;
    assert_eq!(refused.status(), 429);
    assert_eq!(refused.headers()["retry-after"], "3000");
    let body: Value = refused.json().await.unwrap();
    assert_eq!(
        (&body["code"], &body["limit"]["name"]),
        (&json!("rate_limited"), &json!("sync_interval"))
    );
    assert_eq!(body["limit"]["lifted_by"], "starter");
    let runs: Value = app.get("/api/v1/syncs/", &anna).await.json().await.unwrap();
    assert_eq!(runs.as_array().unwrap().len(), 2, "the refused one left nothing");
    app.services.clock.advance(TimeDelta::minutes(50));
    // The access token's time is over meanwhile.
    let body = json!({"refresh_token": anna.refresh});
    let pair: Value = app.post("/api/v1/auth/refresh", body).await.json().await.unwrap();
    assert_eq!(start(&crate::common::person(&pair)).await.status(), 202);
}

async fn a_sync_takes_no_more_cards_than_the_plan_has_room_for(test: TestStore) {
    let app = App::start_with(test, |_| {}).await;
    let anna = app.register("anna@example.com").await;
    app.connect(&anna).await;
    let whole = app.synchronise(&anna).await;
    assert_eq!(whole["status"], "completed");
    let usage = async || -> Value { app.get("/api/v1/usage", &anna).await.json().await.unwrap() };
    assert_eq!(usage().await["products"], json!({"used": 40, "limit": 500}));
    assert_eq!(usage().await["members"], json!({"used": 1, "limit": 2}));

    // A second company with the same shop, whose plan is nearly full of other cards.
    let boris = app.register("boris@example.com").await;
    app.connect(&boris).await;
    fill(&app, &boris, 490).await;
    let partly = app.synchronise(&boris).await;
    let cards = &partly["steps"][0];
    assert_eq!((&cards["kind"], &cards["state"]), (&json!("products"), &json!("done")), "{partly}");
    assert_eq!(cards["problem"]["code"], "plan_limit");
    assert!(cards["problem"]["detail"].as_str().unwrap().starts_with("30 new cards"), "{cards}");
    let total = async || -> i64 {
        let page: Value = app.get("/api/v1/usage", &boris).await.json().await.unwrap();
        page["products"]["used"].as_i64().unwrap()
    };
    assert_eq!(total().await, 500, "ten of them had room, and the others stay");
    set_plan(&app, &boris, Plan::Pro).await;
    let rest = app.synchronise(&boris).await;
    assert_eq!(rest["steps"][0]["problem"], Value::Null, "{rest}");
    assert_eq!(total().await, 530);
}

/// Cards of another shop of the company.
async fn fill(app: &App, person: &crate::common::Person, count: i64) {
    let now = app.services.clock.now();
    let mut tx = app.services.store.system_write(Reason::Operator).await.unwrap();
    let new = NewAccount {
        id: AccountId(uuid::Uuid::new_v4()),
        marketplace: Marketplace::Ozon,
        realm: Realm::Sandbox,
        name: "Второй",
        now,
    };
    tx.add_account(person.tenant, &new).await.unwrap();
    let cards: Vec<_> = (1..=count)
        .map(|article| store::ImportedProduct {
            id: domain::ProductId(uuid::Uuid::new_v4()),
            observed: domain::observed::ObservedProduct {
                article,
                seller_article: article.to_string(),
                title: "Кружка".into(),
                brand: None,
                subject: None,
                photo_url: None,
                changed_at: now,
                offers: Vec::new(),
            },
            total_stock: None,
            total_orders: None,
            in_way_to_client: None,
            in_way_from_client: None,
            created_at: now,
        })
        .collect();
    assert_eq!(tx.import_products(person.tenant, new.id, &cards).await.unwrap(), 490);
    tx.commit().await.unwrap();
}

async fn people_and_history_have_their_limits(test: TestStore) {
    let app = App::start(test).await;
    let anna = app.register("anna@example.com").await;
    app.connect(&anna).await;
    app.synchronise(&anna).await;
    let headers = services::testing::bearer(&anna.access);
    let caller = services::access::caller(&app.services, &headers).await.unwrap();
    let members = async |open, more| {
        let mut tx = app.services.store.write(&caller).await.unwrap();
        plans::check_members(&mut tx, open, more).await.map_err(domain::ApiError::from)
    };
    assert!(members(0, 1).await.is_ok(), "the owner and one more");
    assert_eq!(members(0, 2).await.unwrap_err().status, 403);
    let error = members(1, 1).await.unwrap_err();
    assert_eq!(error.limit.unwrap().lifted_by, Some(Plan::Starter), "an open invitation counts");

    let page: Value = app.get("/api/v1/products/", &anna).await.json().await.unwrap();
    let id = page["items"][0]["id"].as_str().unwrap();
    let history = async |days: u32| {
        app.get(&format!("/api/v1/products/{id}/history?days={days}"), &anna).await
    };
    assert_eq!(history(90).await.status(), 200);
    let refused: Value = history(91).await.json().await.unwrap();
    assert_eq!(
        (&refused["code"], &refused["limit"]["name"]),
        (&json!("plan_limit"), &json!("history_days"))
    );
    set_plan(&app, &anna, Plan::Pro).await;
    assert_eq!(history(400).await.status(), 200);
}

async fn the_usage_page_shows_the_plan_in_both_languages(test: TestStore) {
    let app = App::start(test).await;
    app.register("anna@example.com").await;
    let cookie = app.browser("anna@example.com").await;
    for (language, words) in [("en", ["Usage", "0 of 500"]), ("ru", ["Тариф и лимиты", "0 из 500"])]
    {
        let call = app.call(Method::GET, "/settings/usage").header("accept", "text/html");
        let call = call.header("cookie", &cookie).header("accept-language", language);
        let answer = call.send().await.unwrap();
        assert_eq!(answer.status(), 200);
        let page = answer.text().await.unwrap();
        for word in words {
            assert!(page.contains(word), "{language} {word}");
        }
        assert!(page.contains("FREE"));
    }
}

store::on_both_engines!(
    a_shop_too_many_is_refused_and_a_larger_plan_takes_it,
    a_sync_too_soon_is_refused_with_its_time,
    a_sync_takes_no_more_cards_than_the_plan_has_room_for,
    people_and_history_have_their_limits,
    the_usage_page_shows_the_plan_in_both_languages,
);

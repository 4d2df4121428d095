//! The operators' area over real HTTP: who is let in, what is seen and done there, and what it leaves in the logs.

use crate::common::{App, PASSWORD, Person, person};
use chrono::TimeDelta;
use domain::malformed::MalformedRow;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use services::{operator, people::second_factor::totp};
use store::{AuditVerdict, Reason, testing::TestStore};

const TENANTS: &str = "/api/v1/operator/tenants";
const SYNCS: &str = "/api/v1/operator/syncs";

async fn send(app: &App, method: Method, path: &str, whom: &Person, body: Value) -> StatusCode {
    let mut call = app.call(method, path).bearer_auth(&whom.access);
    if !body.is_null() {
        call = call.json(&body);
    }
    call.send().await.unwrap().status()
}

async fn get(app: &App, path: &str, whom: &Person) -> Value {
    let answer = app.get(path, whom).await;
    assert_eq!(answer.status(), 200, "{path}");
    answer.json().await.unwrap()
}

/// A second factor for somebody; its secret.
async fn factor(app: &App, whom: &Person) -> String {
    let path = "/api/v1/auth/second-factor";
    let call = app.call(Method::POST, path).bearer_auth(&whom.access);
    let setup = call.json(&json!({"password": PASSWORD})).send().await.unwrap();
    let setup: Value = setup.json().await.unwrap();
    let secret = setup["secret"].as_str().unwrap().to_owned();
    let code = totp::code(&secret.as_str().into(), app.services.clock.now()).unwrap();
    let confirm = format!("{path}/confirm");
    assert_eq!(send(app, Method::POST, &confirm, whom, json!({"code": code})).await, 200);
    secret
}

/// Somebody who operates the installation, signed in as they must be.
pub async fn operator(app: &App, email: &str) -> Person {
    let first = app.register(email).await;
    let secret = factor(app, &first).await;
    let added = operator::add_operator(&app.services, email).await.unwrap();
    assert_eq!(added, operator::OperatorChange::Done);
    app.services.clock.advance(TimeDelta::seconds(30));
    let code = totp::code(&secret.as_str().into(), app.services.clock.now()).unwrap();
    let body = json!({"email": email, "password": PASSWORD, "otp": code});
    let answer = app.post("/api/v1/auth/login", body).await;
    assert_eq!(answer.status(), 200);
    person(&answer.json().await.unwrap())
}

async fn only_operators_with_a_code_are_let_in(test: TestStore) {
    let app = App::start(test).await;
    let anna = app.register("anna@example.com").await;
    let overview = "/api/v1/operator/overview";
    assert_eq!(app.call(Method::GET, overview).send().await.unwrap().status(), 401);
    assert_eq!(app.get(overview, &anna).await.status(), 404, "an owner is nobody here");

    let nobody = operator::add_operator(&app.services, "nobody@example.com").await.unwrap();
    assert_eq!(nobody, operator::OperatorChange::Nobody);
    operator::add_operator(&app.services, "Anna@Example.com").await.unwrap();
    app.services.clock.advance(TimeDelta::milliseconds(999));
    assert_eq!(app.get(overview, &anna).await.status(), 401, "earlier sign-ins ended");
    let anna = app.sign_in("anna@example.com").await;
    let denied = app.get(overview, &anna).await;
    assert_eq!(denied.status(), 403, "without a second factor");
    let denied: Value = denied.json().await.unwrap();
    assert!(denied["detail"].as_str().unwrap().contains("second factor"), "{denied}");

    app.services.clock.advance(TimeDelta::seconds(1));
    let secret = factor(&app, &anna).await;
    assert_eq!(app.get(overview, &anna).await.status(), 403, "this sign-in asked for no code");
    app.services.clock.advance(TimeDelta::seconds(30));
    let code = totp::code(&secret.as_str().into(), app.services.clock.now()).unwrap();
    let body = json!({"email": "anna@example.com", "password": PASSWORD, "otp": code});
    let anna = person(&app.post("/api/v1/auth/login", body).await.json().await.unwrap());
    let seen = get(&app, overview, &anna).await;
    assert_eq!((&seen["workers"], &seen["companies"]), (&json!(1), &json!(1)));

    // A program of theirs is no operator, and one who was taken away is out at once.
    let key = json!({"name": "1C", "role": "owner"});
    let call = app.call(Method::POST, "/api/v1/api-keys").bearer_auth(&anna.access).json(&key);
    let key: Value = call.send().await.unwrap().json().await.unwrap();
    let program = Person { access: key["key"].as_str().unwrap().to_owned(), ..anna.clone() };
    assert_eq!(app.get(overview, &program).await.status(), 404);
    operator::remove_operator(&app.services, "anna@example.com").await.unwrap();
    assert_eq!(app.get(overview, &anna).await.status(), 404);
}

async fn companies_are_found_planned_and_suspended(test: TestStore) {
    let app = App::start(test).await;
    let olga = operator(&app, "olga@example.com").await;
    let boris = app.register("boris@example.com").await;
    app.connect(&boris).await;
    app.synchronise(&boris).await;

    let first = get(&app, &format!("{TENANTS}?limit=1"), &olga).await;
    assert_eq!(first["items"][0]["tenant_id"], json!(boris.tenant), "the newest first");
    assert_eq!(first["items"][0]["shops"], 1);
    assert_eq!(first["items"][0]["products"], 40);
    let cursor = first["next_cursor"].as_str().unwrap();
    let second = get(&app, &format!("{TENANTS}?limit=1&cursor={cursor}"), &olga).await;
    assert_eq!(second["items"][0]["tenant_id"], json!(olga.tenant));
    assert_eq!(second["next_cursor"], Value::Null);
    for (search, found) in [
        ("boris@example.com", 1),
        ("ДОМ И", 2),
        (boris.tenant.to_string().as_str(), 1),
        ("нет такой", 0),
    ] {
        let path = format!("{TENANTS}?search={}", search.replace(' ', "%20"));
        let page = get(&app, &path, &olga).await;
        assert_eq!(page["items"].as_array().unwrap().len(), found, "{search}");
    }
    assert_eq!(app.get(&format!("{TENANTS}?limit=0"), &olga).await.status(), 422);
    assert_eq!(app.get(&format!("{TENANTS}?plan=gold"), &olga).await.status(), 422);

    let one = format!("{TENANTS}/{}", boris.tenant);
    let detail = get(&app, &one, &olga).await;
    assert_eq!(detail["accounts"][0]["has_key"], true);
    assert!(!detail.to_string().contains(&app.key()[..40]), "a key is nowhere");
    let patch = async |body: Value| send(&app, Method::PATCH, &one, &olga, body).await;
    assert_eq!(patch(json!({"plan": "pro"})).await, 200);
    assert_eq!(patch(json!({"plan": "pro"})).await, 200, "as it is already");
    assert_eq!(patch(json!({"plan": "gold"})).await, 422);
    assert_eq!(patch(json!({"suspended": true})).await, 200);
    app.services.clock.advance(TimeDelta::milliseconds(999));
    assert_eq!(app.get("/api/v1/tenants/me", &boris).await.status(), 403);
    let suspended = get(&app, &format!("{TENANTS}?suspended=true&plan=pro"), &olga).await;
    assert_eq!(suspended["items"].as_array().unwrap().len(), 1);
    assert_eq!(patch(json!({"suspended": false})).await, 200);
    app.services.clock.advance(TimeDelta::milliseconds(999));
    assert_eq!(app.get("/api/v1/tenants/me", &boris).await.status(), 200);
    let nobodys = format!("{TENANTS}/0198c0de-0000-7000-8000-000000000000");
    assert_eq!(app.get(&nobodys, &olga).await.status(), 404);

    // The company reads of it in its own log; the operators' log says who it was.
    let log = get(&app, "/api/v1/audit?limit=4", &boris).await;
    let actions: Vec<&Value> =
        log["items"].as_array().unwrap().iter().map(|entry| &entry["action"]).collect();
    assert_eq!(
        actions,
        ["tenant_resumed", "tenant_suspended", "plan_changed", "operator_looked"],
        "{log}"
    );
    assert_eq!(log["items"][0]["details"]["by"], "operator");
    assert_eq!(log["items"][0]["email"], Value::Null);
    let theirs = get(&app, "/api/v1/operator/log?limit=1", &olga).await;
    assert_eq!(theirs["items"][0]["details"]["page"], "log", "this look as well");
    let next = theirs["next_cursor"].as_i64().unwrap();
    let theirs = get(&app, &format!("/api/v1/operator/log?cursor={next}"), &olga).await;
    let resumed = &theirs["items"][0];
    assert_eq!(resumed["action"], "tenant_resumed", "{theirs}");
    assert_eq!(resumed["email"], "olga@example.com");
    assert_eq!(resumed["details"]["tenant"], json!(boris.tenant));
    let mut tx = app.services.store.system_read(Reason::Operator).await.unwrap();
    assert!(
        matches!(tx.verify_operator_log().await.unwrap(), AuditVerdict::Whole { entries } if entries > 8)
    );
    let chain = tx.verify_audit(boris.tenant).await.unwrap();
    assert!(matches!(chain, AuditVerdict::Whole { .. }));
}

async fn a_sync_is_set_aside_and_tried_again(test: TestStore) {
    let app = App::start_with(test, |parts| parts.settings.schedules = false).await;
    let olga = operator(&app, "olga@example.com").await;
    let boris = app.register("boris@example.com").await;
    app.connect(&boris).await;
    // No worker may take it before the operator: its moment is to come.
    let run: domain::SyncRunId = app.services.clock.new_id();
    let headers = services::testing::bearer(&boris.access);
    let caller = services::access::caller(&app.services, &headers).await.unwrap();
    let mut tx = app.services.store.write(&caller).await.unwrap();
    let account = tx.accounts().await.unwrap()[0].id;
    let now = app.services.clock.now();
    let later = now + TimeDelta::hours(1);
    tx.create_run(run, account, later, None).await.unwrap().unwrap();
    tx.commit().await.unwrap();

    let waiting = get(&app, SYNCS, &olga).await;
    assert_eq!(waiting["items"][0]["id"], json!(run));
    assert_eq!(waiting["items"][0]["company"], "Дом и уют");
    let aside = format!("{SYNCS}/{run}/set-aside");
    assert_eq!(send(&app, Method::PUT, &aside, &boris, Value::Null).await, 404);
    assert_eq!(send(&app, Method::PUT, &aside, &olga, Value::Null).await, 204);
    assert_eq!(send(&app, Method::PUT, &aside, &olga, Value::Null).await, 404, "it is over");
    app.services.clock.advance(TimeDelta::hours(2));
    let olga = operator(&app, "olga2@example.com").await;
    let there = get(&app, &format!("{SYNCS}?state=set_aside"), &olga).await;
    assert_eq!(there["items"][0]["id"], json!(run), "{there}");
    assert_eq!(there["items"][0]["problems"][0]["problem"]["code"], "internal");
    assert_eq!(there["items"][0]["status"], "failed");
    let failed =
        get(&app, &format!("{SYNCS}?state=failed&tenant_id={}", boris.tenant), &olga).await;
    assert_eq!(failed["items"].as_array().unwrap().len(), 1);

    let again = format!("{SYNCS}/{run}/attempts");
    assert_eq!(send(&app, Method::POST, &again, &olga, Value::Null).await, 204);
    let boris = app.sign_in("boris@example.com").await;
    let events = app.get(&format!("/api/v1/syncs/{run}/events"), &boris).await;
    let text = events.text().await.unwrap();
    let last = text.lines().rev().find_map(|line| line.strip_prefix("data: ")).unwrap();
    let run: Value = serde_json::from_str(last).unwrap();
    assert_eq!(run["status"], "completed", "{run}");
    assert_eq!(send(&app, Method::POST, &again, &olga, Value::Null).await, 404, "it is done");
    let log = get(&app, "/api/v1/audit", &boris).await.to_string();
    assert!(log.contains("sync_set_aside") && log.contains("sync_tried_again"), "{log}");
}

async fn rows_that_could_not_be_read_are_shown_page_by_page(test: TestStore) {
    let app = App::start(test).await;
    let olga = operator(&app, "olga@example.com").await;
    let boris = app.register("boris@example.com").await;
    app.connect(&boris).await;
    let headers = services::testing::bearer(&boris.access);
    let caller = services::access::caller(&app.services, &headers).await.unwrap();
    for n in 0..3 {
        app.services.clock.advance(TimeDelta::seconds(1));
        let mut tx = app.services.store.write(&caller).await.unwrap();
        let account = tx.accounts().await.unwrap()[0].id;
        let row = MalformedRow {
            operation: "supplier/orders",
            problem: "date: expected a moment".into(),
            raw: format!(r#"{{"srid":"{n}"}}"#),
        };
        let now = app.services.clock.now();
        tx.set_aside(account, domain::sync::StepKind::Orders, &[row], now).await.unwrap();
        tx.commit().await.unwrap();
    }
    let path = "/api/v1/operator/quarantine";
    assert_eq!(app.get(path, &boris).await.status(), 404);
    let first = get(&app, &format!("{path}?limit=2"), &olga).await;
    assert_eq!(first["items"][0]["raw"], r#"{"srid":"2"}"#, "what came last first");
    assert_eq!(first["items"][0]["step"], "orders");
    let cursor = first["next_cursor"].as_str().unwrap();
    let second = get(&app, &format!("{path}?limit=2&cursor={cursor}"), &olga).await;
    assert_eq!(second["items"].as_array().unwrap().len(), 1);
    assert_eq!(second["items"][0]["raw"], r#"{"srid":"0"}"#);
    let none = get(&app, &format!("{path}?tenant_id={}", olga.tenant), &olga).await;
    assert_eq!(none, json!({"items": [], "next_cursor": null}));
    assert_eq!(app.get(&format!("{path}?cursor=x"), &olga).await.status(), 422);
    let log = get(&app, "/api/v1/audit?action=operator_looked", &boris).await;
    assert_eq!(log["items"].as_array().unwrap().len(), 2, "a look an entry");
    assert_eq!(log["items"][0]["details"]["page"], "quarantine");
}

async fn the_pages_work_without_script(test: TestStore) {
    let app = App::start(test).await;
    let olga = operator(&app, "olga@example.com").await;
    let boris = app.register("boris@example.com").await;
    let page = async |path: &str, whom: &Person| {
        let call = app.call(Method::GET, path).header("accept", "text/html");
        let call = call.header("accept-language", "en").bearer_auth(&whom.access);
        let answer = call.send().await.unwrap();
        (answer.status(), answer.text().await.unwrap())
    };
    let one = format!("/operator/tenants/{}", boris.tenant);
    for (path, words) in [
        ("/operator", "Longest wait for a worker"),
        ("/operator/tenants", "boris@example.com"),
        ("/operator/tenants?search=boris%40example.com", "boris@example.com"),
        (one.as_str(), "Suspend the company"),
        ("/operator/queue?state=failed", "No such syncs."),
        ("/operator/quarantine", "Everything could be read."),
        ("/operator/log", "olga@example.com"),
    ] {
        let (status, html) = page(path, &olga).await;
        assert_eq!(status, 200, "{path}");
        assert!(html.contains(words), "{path}: {words}\n{html}");
        assert_eq!(page(path, &boris).await.0, 404, "{path} is nowhere for others");
    }
    let frame = page("/settings", &olga).await.1;
    assert!(frame.contains(r#"href="/operator""#), "the way there is shown");
    assert!(!page("/settings", &boris).await.1.contains(r#"href="/operator""#));

    let submit = async |function: &str, form: String| {
        let call = app.call(Method::POST, &format!("/api/fn/operator/{function}")).body(form);
        let call = call.header("content-type", "application/x-www-form-urlencoded");
        let call = call.header("accept", "text/html").bearer_auth(&olga.access);
        call.send().await.unwrap()
    };
    let form = format!("id={}&plan=starter", boris.tenant);
    let changed = submit("change_tenant", form).await;
    assert_eq!(changed.status(), 303);
    assert_eq!(changed.headers()["location"], one.as_str());
    let usage = get(&app, "/api/v1/usage", &boris).await;
    assert_eq!(usage["plan"], "starter");
    let form = format!("id={}&suspended=true", boris.tenant);
    assert_eq!(submit("change_tenant", form).await.status(), 303);
    assert!(page(&one, &olga).await.1.contains("Let it work again"));
    let nothing = submit("run_again", "id=0198c0de-0000-7000-8000-000000000000".into()).await;
    assert_eq!(nothing.status(), 303, "back to the page, which says why");
}

store::on_both_engines!(
    only_operators_with_a_code_are_let_in,
    companies_are_found_planned_and_suspended,
    a_sync_is_set_aside_and_tried_again,
    rows_that_could_not_be_read_are_shown_page_by_page,
    the_pages_work_without_script,
);

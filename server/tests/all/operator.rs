//! The operator's commands as they are typed, and what they leave in the company's audit log.

use crate::common::App;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use services::operator;
use std::{
    fs,
    process::{Command, Output, Stdio},
};
use store::{Reason, testing::TestStore};

/// The program on the tests' own database.
fn run(app: &App, folder: &tempfile::TempDir, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_stock-tracker"))
        .env_clear()
        .current_dir(folder)
        .stdin(Stdio::null())
        .env("DATABASE_URL", &app.test.settings.url)
        .env("SECRET_KEY", crate::hostile::SECRET)
        .env("ENCRYPTION_MASTER_KEY", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
        .args(arguments)
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    format!("{}{}", text(&output.stdout), text(&output.stderr))
}

async fn companies_are_listed_planned_and_suspended(test: TestStore) {
    let (app, folder) = (App::start(test).await, tempfile::tempdir().unwrap());
    let anna = app.register("anna@example.com").await;
    app.register("boris@example.com").await;
    let id = anna.tenant.to_string();

    let listed = run(&app, &folder, &["tenants", "list", "--json"]);
    let listed: Vec<Value> = serde_json::from_slice(&listed.stdout).unwrap();
    assert_eq!(listed.len(), 2);
    let annas = listed.iter().find(|company| company["id"] == json!(id)).unwrap();
    assert_eq!((&annas["plan"], &annas["owner"]), (&json!("free"), &json!("anna@example.com")));
    let lines = said(&run(&app, &folder, &["tenants", "list"]));
    assert!(lines.contains(&id) && lines.contains("FREE"), "{lines}");

    let planned = run(&app, &folder, &["tenants", "plan", "Anna@Example.com", "PRO"]);
    assert!(planned.status.success(), "{}", said(&planned));
    let usage: Value = app.get("/api/v1/usage", &anna).await.json().await.unwrap();
    assert_eq!(usage["plan"], "pro");

    for (arguments, words) in [
        (["tenants", "plan", "Дом и уют", "free"].as_slice(), "2 companies"),
        (&["tenants", "suspend", "nobody@example.com"], "no such company"),
        (&["tenants", "plan", &id, "gold"], "free, starter, pro, enterprise"),
    ] {
        let output = run(&app, &folder, arguments);
        assert!(!output.status.success(), "{arguments:?}");
        assert!(said(&output).contains(words), "{}", said(&output));
    }

    let me = async || -> StatusCode {
        app.services.clock.advance(chrono::TimeDelta::milliseconds(999));
        app.get("/api/v1/tenants/me", &anna).await.status()
    };
    assert_eq!(me().await, 200);
    assert!(run(&app, &folder, &["tenants", "suspend", &id]).status.success());
    assert_eq!(me().await, 403);
    assert!(run(&app, &folder, &["tenants", "resume", &id]).status.success());
    assert_eq!(me().await, 200);

    let headers = services::testing::bearer(&anna.access);
    let caller = services::access::caller(&app.services, &headers).await.unwrap();
    let mut tx = app.services.store.read(&caller).await.unwrap();
    let log = tx.audit_log(3).await.unwrap();
    let actions: Vec<_> = log.iter().map(|entry| entry.action.as_str()).collect();
    assert_eq!(actions, ["tenant_resumed", "tenant_suspended", "plan_changed"]);
    for entry in &log {
        assert_eq!((entry.actor, &entry.details["by"]), (None, &json!("operator")));
    }
    drop(tx);
    let mut tx = app.services.store.system_read(Reason::Operator).await.unwrap();
    let verdict = tx.verify_audit(anna.tenant).await.unwrap();
    assert!(matches!(verdict, store::AuditVerdict::Whole { .. }), "{verdict:?}");
    let nobody = services::testing::noon().timestamp().try_into().unwrap_or_default();
    let nobody = domain::TenantId(uuid::Uuid::from_u128(nobody));
    assert!(!operator::suspend(&app.services, nobody).await.unwrap());
}

/// The program without a database, in a folder of its own.
fn keys(folder: &tempfile::TempDir, arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_stock-tracker"));
    command.env_clear().current_dir(folder).stdin(Stdio::null()).arg("keys");
    command.args(arguments).envs(environment.iter().copied()).output().unwrap()
}

#[test]
fn keys_of_the_folder_are_rotated_and_listed_and_never_shown() {
    let folder = tempfile::tempdir().unwrap();
    for arguments in [["rotate"].as_slice(), &["rotate", "--algorithm", "eddsa"], &["rotate"]] {
        let output = keys(&folder, arguments, &[]);
        assert!(output.status.success(), "{}", said(&output));
    }
    assert!(keys(&folder, &["rotate", "--master"], &[]).status.success());
    let files = ["secret_key", "encryption_master_key"]
        .map(|file| fs::read_to_string(folder.path().join("data").join(file)).unwrap());
    let listed = said(&keys(&folder, &["list"], &[]));
    assert_eq!(listed.matches("EdDSA").count(), 2, "the third goes on with it: {listed}");
    assert_eq!(listed.matches("HS256").count(), 2, "{listed}");
    assert_eq!(listed.matches("Fernet").count(), 2, "{listed}");
    for line in files.iter().flat_map(|text| text.split([' ', '\n', ','])) {
        assert!(line.len() < 30 || !listed.contains(line), "a key was shown");
    }
}

#[test]
fn keys_of_the_environment_are_printed_to_stdout_alone() {
    let folder = tempfile::tempdir().unwrap();
    let secret = ("SECRET_KEY", crate::hostile::SECRET);
    let output = keys(&folder, &["rotate"], &[secret]);
    let line = String::from_utf8(output.stdout).unwrap();
    let (new, old) = line.trim().strip_prefix("SECRET_KEY=").unwrap().split_once(',').unwrap();
    assert_eq!(old, crate::hostile::SECRET);
    assert!(server::keys::signing_weakness(new).is_none());
    let words = String::from_utf8(output.stderr).unwrap();
    assert!(words.contains("environment") && !words.contains(new) && !words.contains(old));

    let output = keys(&folder, &["rotate", "--algorithm", "eddsa"], &[secret]);
    let pem = String::from_utf8(output.stdout).unwrap();
    assert_eq!(services::tokens::TokenKey::pem(&pem.as_str().into()).unwrap().algorithm(), "EdDSA");
    assert!(String::from_utf8(output.stderr).unwrap().contains("JWT_PRIVATE_KEY_FILE=NEW_FILE"));
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0, "nothing was made");
}

async fn the_limits_on_calls_are_told_on_every_answer(test: TestStore) {
    let app = App::start_with(test, |parts| parts.settings.rate_limit = true).await;
    let anna = app.register("anna@example.com").await;
    let header = |answer: &reqwest::Response, name: &str| -> Option<u32> {
        answer.headers().get(name).map(|value| value.to_str().unwrap().parse().unwrap())
    };
    let first = app.get("/api/v1/tenants/me", &anna).await;
    assert_eq!(header(&first, "x-ratelimit-limit"), Some(60));
    assert_eq!(header(&first, "x-ratelimit-remaining"), Some(59));
    assert_eq!(header(&first, "x-ratelimit-reset"), Some(1));
    let missing = app.get("/api/v1/nowhere", &anna).await;
    assert_eq!(missing.status(), 404);
    assert_eq!(header(&missing, "x-ratelimit-remaining"), Some(58), "on refusals as well");
    let function = app.get("/api/fn/tenants/me", &anna).await;
    assert_eq!(header(&function, "x-ratelimit-remaining"), Some(57), "one measure for both doors");
    for _ in 0..57 {
        assert_eq!(app.get("/api/v1/tenants/me", &anna).await.status(), 200);
    }
    let refused = app.get("/api/v1/tenants/me", &anna).await;
    assert_eq!(refused.status(), 429);
    assert_eq!(header(&refused, "x-ratelimit-remaining"), Some(0));
    assert_eq!(header(&refused, "retry-after"), Some(1));
    let body: Value = refused.json().await.unwrap();
    assert_eq!(body["code"], "rate_limited");
    assert_eq!(
        body["limit"],
        json!({"name": "api_calls", "plan": "free", "allowed": 60, "lifted_by": "starter"})
    );
    let health = app.call(Method::GET, "/health/live").send().await.unwrap();
    assert_eq!(header(&health, "x-ratelimit-limit"), None, "nobody's call is not counted");

    app.services.clock.advance(chrono::TimeDelta::seconds(11));
    assert!(operator::set_plan(&app.services, anna.tenant, domain::Plan::Pro).await.unwrap());
    app.services.clock.advance(chrono::TimeDelta::seconds(11));
    let larger = app.get("/api/v1/tenants/me", &anna).await;
    assert_eq!(header(&larger, "x-ratelimit-limit"), Some(1200));
}

async fn operators_are_made_by_a_command(test: TestStore) {
    let (app, folder) = (App::start(test).await, tempfile::tempdir().unwrap());
    app.register("anna@example.com").await;
    let command = |verb: &str, email: &str| {
        let output = run(&app, &folder, &["operators", verb, email]);
        (output.status.success(), said(&output))
    };
    let (done, words) = command("add", "ANNA@example.com");
    assert!(done && words.contains("is an operator"), "{words}");
    let (done, words) = command("add", "anna@example.com");
    assert!(done && words.contains("already"), "{words}");
    let (done, words) = command("add", "nobody@example.com");
    assert!(!done && words.contains("nobody here has the address"), "{words}");
    let listed = said(&run(&app, &folder, &["operators", "list"]));
    assert!(listed.contains("anna@example.com since"), "{listed}");
    assert!(listed.contains("without a second factor"), "{listed}");
    let verified = said(&run(&app, &folder, &["audit", "verify"]));
    assert!(verified.contains("operators' log: intact, 1 entries"), "{verified}");
    let (done, words) = command("remove", "anna@example.com");
    assert!(done && words.contains("no operator any more"), "{words}");
    assert!(!said(&run(&app, &folder, &["operators", "list"])).contains("anna"));
}

store::on_both_engines!(
    operators_are_made_by_a_command,
    companies_are_listed_planned_and_suspended,
    the_limits_on_calls_are_told_on_every_answer,
);

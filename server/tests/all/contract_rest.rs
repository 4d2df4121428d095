//! What the contract says of every operation of the REST door: spellings, methods, types, one error shape. The
//! operations are read from the document, so that a new one is held to the same.

use crate::common::{App, PASSWORD, Person};
use domain::Role;
use reqwest::{Method, Response};
use serde_json::{Value, json};
use server::openapi;
use store::testing::TestStore;

/// Method, path with an id that is nobody's, and the document's word on it.
fn operations() -> Vec<(Method, String, &'static Value)> {
    let mut operations = Vec::new();
    for (path, item) in openapi::shown()["paths"].as_object().unwrap() {
        if !path.starts_with("/api/v1/") && !path.starts_with("/health") {
            continue;
        }
        let path = path
            .split('/')
            .map(|part| if part.starts_with('{') { NOBODYS } else { part })
            .collect::<Vec<_>>()
            .join("/");
        for (method, operation) in item.as_object().unwrap() {
            let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
            operations.push((method, path.clone(), operation));
        }
    }
    assert!(operations.len() > 20, "the document was read");
    operations
}

const NOBODYS: &str = "0198c0de-0000-7000-8000-000000000000";

/// The one shape of every error.
async fn problem(answer: Response, status: u16, code: &str, about: &str) -> Value {
    assert_eq!(answer.status(), status, "{about}");
    assert_eq!(answer.headers()["content-type"], "application/problem+json", "{about}");
    assert_eq!(answer.headers()["cache-control"], "no-store", "{about}");
    let id = answer.headers()["x-request-id"].to_str().unwrap().to_owned();
    let problem: Value = answer.json().await.unwrap();
    assert_eq!((&problem["status"], &problem["code"]), (&json!(status), &json!(code)), "{about}");
    assert_eq!((&problem["type"], &problem["request_id"]), (&json!("about:blank"), &json!(id)));
    for text in ["title", "detail"] {
        assert!(problem[text].as_str().is_some_and(|text| !text.is_empty()), "{about}: {problem}");
    }
    assert_eq!(problem.get("errors").is_some(), status == 422, "{about}: {problem}");
    problem
}

async fn both_spellings_of_a_path_answer_alike(test: TestStore) {
    let app = App::start(test).await;
    for (method, path, _) in operations() {
        let twin = path.strip_suffix('/').map_or_else(|| format!("{path}/"), str::to_owned);
        let answers = [&path, &twin].map(|path| app.call(method.clone(), path).send());
        let [first, second] = futures::future::join_all(answers).await.try_into().unwrap();
        let (first, second): (Response, Response) = (first.unwrap(), second.unwrap());
        assert_eq!(first.status(), second.status(), "{method} {twin}");
        assert!(!first.status().is_redirection() && first.status() != 404, "{method} {path}");
        let read = async |answer: Response| {
            let mut body: Value = answer.json().await.unwrap();
            body["request_id"] = Value::Null;
            body
        };
        assert_eq!(read(first).await, read(second).await, "{method} {twin}");
    }
}

async fn a_wrong_method_is_told_the_right_ones(test: TestStore) {
    let app = App::start(test).await;
    for (path, item) in openapi::shown()["paths"].as_object().unwrap() {
        if !path.starts_with("/api/v1/") && !path.starts_with("/health") {
            continue;
        }
        let right: Vec<String> =
            item.as_object().unwrap().keys().map(|m| m.to_uppercase()).collect();
        let path = path.replace(['{', '}'], "");
        for wrong in ["GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"] {
            // A HEAD is answered wherever a GET is.
            if right.iter().any(|method| method == wrong) {
                continue;
            }
            let answer = app
                .call(Method::from_bytes(wrong.as_bytes()).unwrap(), &path)
                .send()
                .await
                .unwrap();
            let allow = answer.headers().get("allow").map(|a| a.to_str().unwrap().to_owned());
            problem(answer, 405, "method_not_allowed", &format!("{wrong} {path}")).await;
            let allow = allow.unwrap();
            let mut told: Vec<&str> = allow.split(',').map(str::trim).collect();
            told.retain(|method| *method != "HEAD");
            told.sort_unstable();
            assert_eq!(told, right, "{path}");
        }
    }
    for path in
        ["/api/v1/nowhere", "/api/v1", "/api/v1/products/x/y/z", "/api/v2/tenants/me", "/api/"]
    {
        problem(app.call(Method::GET, path).send().await.unwrap(), 404, "not_found", path).await;
    }
}

async fn answers_are_json_whatever_accept_says(test: TestStore) {
    let app = App::start(test).await;
    let anna = app.register("anna@example.com").await;
    for accept in ["text/html", "application/xml", "image/png;q=0.1", "nonsense", "*/*;q=0"] {
        for (method, path, operation) in operations() {
            let content = &operation["responses"]["200"]["content"];
            let sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
            if ["text/event-stream", "application/x-ndjson", "text/csv", sheet]
                .iter()
                .any(|s| content.get(s).is_some())
            {
                continue;
            }
            for token in [None, Some(&anna.access)] {
                if path.ends_with("/logout") && token.is_some() {
                    continue;
                }
                let mut call = app.call(method.clone(), &path).header("accept", accept);
                if let Some(token) = token {
                    call = call.bearer_auth(token);
                }
                let answer = call.send().await.unwrap();
                let kind = answer.headers()["content-type"].to_str().unwrap().to_owned();
                let about = format!("{method} {path} {accept}: {}", answer.status());
                assert_ne!(answer.status(), 406, "{about}");
                let is_error = !answer.status().is_success();
                let expected =
                    if is_error { "application/problem+json" } else { "application/json" };
                assert_eq!(kind, expected, "{about}");
            }
        }
    }
}

/// Bodies that would be fine, for each operation that takes one.
fn bodies(person: &Person) -> Vec<(Method, &'static str, Value)> {
    vec![
        (
            Method::POST,
            "/api/v1/auth/register",
            json!({"email": "b@example.com", "password": PASSWORD, "company_name": "Б и Ко"}),
        ),
        (
            Method::POST,
            "/api/v1/auth/login",
            json!({"email": "anna@example.com", "password": PASSWORD}),
        ),
        (Method::POST, "/api/v1/auth/refresh", json!({"refresh_token": person.refresh})),
        (Method::PATCH, "/api/v1/tenants/me", json!({"name": "Новое имя"})),
        (Method::PATCH, "/api/v1/tenants/me/credentials", json!({"ozon_client_id": "42"})),
    ]
}

async fn unknown_fields_other_types_and_large_bodies_are_refused(test: TestStore) {
    let app = App::start(test).await;
    let anna = app.register("anna@example.com").await;
    let large = format!("\"{}\"", "x".repeat(1024 * 1024));
    for (method, path, body) in bodies(&anna) {
        let call = || app.call(method.clone(), path).bearer_auth(&anna.access);
        for smuggled in ["role", "tenant_id", "user_id", "is_active", "realm", "__proto__", "роль"]
        {
            let mut body = body.clone();
            body[smuggled] = json!("5512345");
            let answer = call().json(&body).send().await.unwrap();
            let problem = problem(answer, 422, "validation_error", path).await;
            assert_eq!(problem["errors"][0]["loc"], json!(["body", smuggled]), "{path}");
            assert_eq!(problem["errors"][0]["code"], "unknown_field", "{path}");
            assert!(!problem.to_string().contains("5512345"), "{path}: {problem}");
        }
        for field in body.as_object().unwrap().keys() {
            let mut body = body.clone();
            body[field] = json!(["5512345"]);
            let problem =
                problem(call().json(&body).send().await.unwrap(), 422, "validation_error", path)
                    .await;
            assert_eq!(problem["errors"][0]["loc"][1], *field, "{path}");
            assert!(!problem.to_string().contains("5512345"), "{path}: {problem}");
        }
        for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""] {
            let answer =
                call().header("content-type", kind).body(body.to_string()).send().await.unwrap();
            problem(answer, 415, "unsupported_media_type", &format!("{path} {kind}")).await;
        }
        let answer = call().body(body.to_string()).send().await.unwrap();
        problem(answer, 415, "unsupported_media_type", &format!("{path} without a type")).await;
        let json = "application/json; charset=utf-8";
        for broken in ["{", "", "[]", "null", "\u{feff}{}", "{\"email\":\"\\ud800\"}"] {
            let answer = call().header("content-type", json).body(broken).send().await.unwrap();
            problem(answer, 422, "validation_error", &format!("{path} {broken}")).await;
        }
        let answer = call().header("content-type", json).body(large.clone()).send().await.unwrap();
        problem(answer, 413, "payload_too_large", path).await;
    }
}

async fn the_originals_way_to_rename_is_read(test: TestStore) {
    let app = App::start(test).await;
    let anna = app.register("anna@example.com").await;
    let rename = |query: &str, kind: Option<&str>, body: &'static str| {
        let call = app.call(Method::PATCH, &format!("/api/v1/tenants/me{query}"));
        let call = call.bearer_auth(&anna.access).body(body);
        match kind {
            Some(kind) => call.header("content-type", kind),
            None => call,
        }
        .send()
    };
    let name = async || {
        let me: Value = app.get("/api/v1/tenants/me", &anna).await.json().await.unwrap();
        me["name"].as_str().unwrap().to_owned()
    };
    assert_eq!(rename("?name=%D0%A1%D0%B2%D0%B5%D1%82", None, "").await.unwrap().status(), 200);
    assert_eq!(name().await, "Свет");
    let by_habit = rename("/?name=Light", Some("application/json"), "").await.unwrap();
    assert_eq!(by_habit.status(), 200, "a client may name a type without a body");
    assert_eq!(name().await, "Light");
    let both = rename("?name=Query", Some("application/json"), r#"{"name":"Body"}"#).await.unwrap();
    assert_eq!(both.status(), 200);
    assert_eq!(name().await, "Body", "a body says more than an address");
    let long = format!("?name={}", "x".repeat(256));
    for (query, kind, body) in [
        ("", None, ""),
        ("?name=", None, ""),
        ("?name=x", None, ""),
        (long.as_str(), None, ""),
        ("?name=a%00b", None, ""),
    ] {
        let status = rename(query, kind, body).await.unwrap().status();
        assert!(status == 422 || status == 415, "{query}: {status}");
    }
    assert_eq!(name().await, "Body");
}

/// 72 bytes each.
const LONGEST_ASCII: &str =
    "Vex-quartz_jumbled9fjords~wyvern+goblins!hotplate?crumb;kiosk&zebra%lynx";
const LONGEST_CYRILLIC: &str = "съешьжеещёэтихмягкихфранцузскихбулок";

async fn passwords_are_measured_in_characters_and_bytes(test: TestStore) {
    let app = App::start(test).await;
    let register = |email: &str, password: &str| {
        let body = json!({"email": email, "password": password, "company_name": "Дом"});
        app.post("/api/v1/auth/register", body)
    };
    let login = |email: &str, password: &str| {
        app.post("/api/v1/auth/login", json!({"email": email, "password": password}))
    };
    for (at, longest) in [LONGEST_ASCII, LONGEST_CYRILLIC].iter().enumerate() {
        let email = format!("{at}@example.com");
        assert_eq!(register(&email, longest).await.status(), 201, "{} bytes", longest.len());
        assert_eq!(login(&email, longest).await.status(), 200);
        // What bcrypt would cut off is not cut off.
        for more in ["x", "ж"] {
            let longer = format!("{longest}{}", more.repeat(2));
            let answer = login(&email, &longer).await;
            let problem = problem(answer, 422, "validation_error", "a longer password").await;
            assert_eq!(problem["errors"][0]["code"], "too_many_bytes");
        }
        let shorter: String = longest.chars().skip(1).collect();
        assert_eq!(login(&email, &shorter).await.status(), 401);
    }
    for (password, code) in [
        ("x".repeat(73), "too_many_bytes"),
        ("ж".repeat(37), "too_many_bytes"),
        ("x".repeat(129), "too_long"),
        ("1234567".into(), "too_short"),
        ("with\u{0}nul in it".into(), "control_character"),
    ] {
        let answer = register("c@example.com", &password).await;
        let problem = problem(answer, 422, "validation_error", code).await;
        assert_eq!(problem["errors"][0]["code"], code);
        assert_eq!(problem["errors"][0]["loc"], json!(["body", "password"]));
        assert!(!problem.to_string().contains(&password), "{problem}");
    }
}

async fn one_address_is_one_account_whatever_its_spelling(test: TestStore) {
    let app = App::start(test).await;
    let body = |email: &str| json!({"email": email, "password": PASSWORD, "company_name": "Дом"});
    for (first, second) in
        [("Anna@Example.com", " aNNA@eXAMPLE.COM "), ("Анна@почта.рф", "АННА@ПОЧТА.РФ")]
    {
        assert_eq!(app.post("/api/v1/auth/register", body(first)).await.status(), 201, "{first}");
        let taken = app.post("/api/v1/auth/register", body(second)).await;
        problem(taken, 409, "conflict", second).await;
        let login = json!({"email": second, "password": PASSWORD});
        assert_eq!(app.post("/api/v1/auth/login", login).await.status(), 200, "{second}");
    }
}

async fn nul_and_control_characters_are_refused_everywhere(test: TestStore) {
    let app = App::start(test).await;
    let anna = app.register("anna@example.com").await;
    for (method, path, body) in bodies(&anna) {
        for field in body.as_object().unwrap().keys() {
            let mut body = body.clone();
            body[field] = json!("5512345\u{0}5512345");
            let call = app.call(method.clone(), path).bearer_auth(&anna.access).json(&body);
            let problem = problem(call.send().await.unwrap(), 422, "validation_error", path).await;
            assert_eq!(problem["errors"][0]["code"], "control_character", "{path} {field}");
            assert!(!problem.to_string().contains("5512345"), "{path}: {problem}");
        }
    }
    for (method, operation_path, operation) in operations() {
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            if parameter["in"] != "query" || method != Method::GET {
                continue;
            }
            let name = parameter["name"].as_str().unwrap();
            for text in ["%00", "a%0Ab", "%1B[2J", "%C2%85"] {
                let answer = app.get(&format!("{operation_path}?{name}={text}"), &anna).await;
                assert!(
                    answer.status() == 422 || answer.status() == 404,
                    "{operation_path}?{name}={text}: {}",
                    answer.status()
                );
            }
        }
    }
}

async fn a_token_must_be_one_of_ours_of_its_kind_and_of_its_time(test: TestStore) {
    let app = App::start(test).await;
    let anna = app.register("anna@example.com").await;
    let me = |header: String| {
        app.call(Method::GET, "/api/v1/tenants/me").header("authorization", header).send()
    };
    assert_eq!(me(format!("bearer {}", anna.access)).await.unwrap().status(), 200);
    let cut = &anna.access[..anna.access.len() - 1];
    for bad in [
        String::new(),
        "Bearer".into(),
        "Bearer ".into(),
        format!("Basic {}", anna.access),
        anna.access.clone(),
        format!("Bearer {}", anna.refresh),
        format!("Bearer {cut}"),
        format!("Bearer {}.", anna.access),
        format!("Bearer {} {}", anna.access, anna.access),
        format!("Bearer {}", "x".repeat(6000)),
    ] {
        let answer = me(bad.clone()).await.unwrap();
        assert_eq!(answer.headers()["www-authenticate"], "Bearer", "{bad}");
        problem(answer, 401, "authentication_error", &bad).await;
    }
    let exchange = |token: &str| app.post("/api/v1/auth/refresh", json!({"refresh_token": token}));
    problem(exchange(&anna.access).await, 401, "authentication_error", "an access token").await;
    app.services.clock.advance(chrono::TimeDelta::minutes(15) + chrono::TimeDelta::seconds(6));
    let late = me(format!("Bearer {}", anna.access)).await.unwrap();
    problem(late, 401, "authentication_error", "an expired token").await;
    assert_eq!(exchange(&anna.refresh).await.status(), 200, "the refresh token still stands");
}

async fn a_spent_refresh_token_is_a_theft_after_ten_seconds(test: TestStore) {
    let app = App::start(test).await;
    let exchange = |token: &str| app.post("/api/v1/auth/refresh", json!({"refresh_token": token}));
    let anna = app.register("anna@example.com").await;
    let second: Value = exchange(&anna.refresh).await.json().await.unwrap();
    app.services.clock.advance(chrono::TimeDelta::seconds(10));
    let again: Value = exchange(&anna.refresh).await.json().await.unwrap();
    assert_eq!(again["refresh_token"], second["refresh_token"], "a retry within ten seconds");
    app.services.clock.advance(chrono::TimeDelta::milliseconds(1100));
    problem(exchange(&anna.refresh).await, 401, "authentication_error", "after ten").await;
    let successor = second["refresh_token"].as_str().unwrap();
    problem(exchange(successor).await, 401, "authentication_error", "the whole family").await;
    let access = second["access_token"].as_str().unwrap();
    let me = app.call(Method::GET, "/api/v1/tenants/me").bearer_auth(access).send();
    problem(me.await.unwrap(), 401, "authentication_error", "its access tokens, too").await;
}

async fn an_old_hash_is_replaced_at_the_next_login(test: TestStore) {
    let app = App::start(test).await;
    let anna = app.register("anna@example.com").await;
    let stored = async || {
        let mut tx = app.services.store.system_read(store::Reason::SignIn).await.unwrap();
        tx.sign_in("anna@example.com").await.unwrap().unwrap().password_hash.unwrap()
    };
    let old = services::Hasher::new(5).rehash(PASSWORD.into()).await.unwrap();
    let mut tx = app.services.store.system_write(store::Reason::Operator).await.unwrap();
    assert!(tx.rehash(anna.user, &stored().await, &old).await.unwrap());
    tx.commit().await.unwrap();
    let login = |password: &str| {
        app.post("/api/v1/auth/login", json!({"email": "anna@example.com", "password": password}))
    };
    assert_eq!(login("wrong horse battery").await.status(), 401);
    assert_eq!(stored().await, old, "not for a wrong password");
    assert_eq!(login(PASSWORD).await.status(), 200);
    app.services.settle().await;
    assert!(stored().await.starts_with("$2b$04$"), "today's cost");
    assert_eq!(login(PASSWORD).await.status(), 200);
}

async fn disabled_and_suspended_are_told_after_the_right_password(test: TestStore) {
    let app = App::start(test).await;
    let anna = app.register("anna@example.com").await;
    let login = |password: &str| {
        app.post("/api/v1/auth/login", json!({"email": "anna@example.com", "password": password}))
    };
    for (user, tenant, code) in
        [(false, true, "account_disabled"), (true, false, "tenant_suspended")]
    {
        let mut tx = app.services.store.system_write(store::Reason::Operator).await.unwrap();
        tx.set_user_active(anna.user, user).await.unwrap();
        tx.set_tenant_active(anna.tenant, tenant, app.services.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        app.services.clock.advance(chrono::TimeDelta::seconds(1));
        problem(login("wrong horse battery").await, 401, "authentication_error", code).await;
        problem(login(PASSWORD).await, 403, code, code).await;
        problem(app.get("/api/v1/tenants/me", &anna).await, 403, code, "within a second").await;
    }
}

async fn a_demoted_person_may_less_within_a_second(test: TestStore) {
    let app = App::start(test).await;
    let anna = app.register("anna@example.com").await;
    let rename = || {
        let call = app.call(Method::PATCH, "/api/v1/tenants/me").bearer_auth(&anna.access);
        call.json(&json!({"name": "Новое имя"})).send()
    };
    assert_eq!(rename().await.unwrap().status(), 200);
    app.test.set_role(anna.tenant, anna.user, Role::Viewer).await;
    app.services.clock.advance(chrono::TimeDelta::seconds(1));
    problem(rename().await.unwrap(), 403, "permission_denied", "the token still says owner").await;
}

store::on_both_engines!(
    both_spellings_of_a_path_answer_alike,
    a_wrong_method_is_told_the_right_ones,
    answers_are_json_whatever_accept_says,
    unknown_fields_other_types_and_large_bodies_are_refused,
    the_originals_way_to_rename_is_read,
    passwords_are_measured_in_characters_and_bytes,
    one_address_is_one_account_whatever_its_spelling,
    nul_and_control_characters_are_refused_everywhere,
    a_token_must_be_one_of_ours_of_its_kind_and_of_its_time,
    a_spent_refresh_token_is_a_theft_after_ten_seconds,
    an_old_hash_is_replaced_at_the_next_login,
    disabled_and_suspended_are_told_after_the_right_password,
    a_demoted_person_may_less_within_a_second,
);

//! One table of cases over both doors: what REST and the dashboard's server functions are asked alike, they
//! answer alike. Server functions are called with curl's own bytes, as any program may call them.

use crate::common::{App, PASSWORD, Person};
use domain::Role;
use reqwest::Method;
use serde_json::{Value, json};
use store::testing::TestStore;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// An answer as it came over the wire.
#[derive(Debug)]
struct Raw {
    status: u16,
    headers: Vec<(String, String)>,
    body: Value,
}

impl Raw {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// `curl -X METHOD -H 'Authorization: Bearer …' -d BODY`, byte for byte.
async fn curl(app: &App, method: &str, path: &str, token: Option<&str>, form: &str) -> Raw {
    let host = app.url.strip_prefix("http://").unwrap();
    let mut request = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\n");
    request += "User-Agent: curl/7.88.1\r\nAccept: */*\r\nConnection: close\r\n";
    if let Some(token) = token {
        request += &format!("Authorization: Bearer {token}\r\n");
    }
    if method == "POST" {
        request += &format!("Content-Length: {}\r\n", form.len());
        request += "Content-Type: application/x-www-form-urlencoded\r\n";
    }
    request += "\r\n";
    request += form;
    let mut stream = TcpStream::connect(host).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let mut lines = head.lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let headers: Vec<_> = lines
        .map(|line| line.split_once(": ").unwrap())
        .map(|(key, value)| (key.to_lowercase(), value.to_owned()))
        .collect();
    assert!(headers.iter().all(|(key, _)| key != "transfer-encoding"), "{head}");
    Raw { status, headers, body: serde_json::from_str(body).unwrap_or(Value::Null) }
}

/// What is asked of both: REST's method, path and body, and the function's method, path and form.
struct Case {
    name: &'static str,
    rest: (&'static str, &'static str, Value),
    function: (&'static str, &'static str, &'static str),
    as_whom: Whom,
    /// The status, and the code of an error.
    answer: (u16, Option<&'static str>),
}

#[derive(Clone, Copy)]
enum Whom {
    Nobody,
    Owner,
    Viewer,
    BadToken,
}

fn refused(
    name: &'static str,
    rest: (&'static str, &'static str, Value),
    function: (&'static str, &'static str, &'static str),
    as_whom: Whom,
    status: u16,
    code: &'static str,
) -> Case {
    Case { name, rest, function, as_whom, answer: (status, Some(code)) }
}

fn read(name: &'static str, rest: &'static str, function: &'static str) -> Case {
    Case {
        name,
        rest: ("GET", rest, Value::Null),
        function: ("GET", function, ""),
        as_whom: Whom::Owner,
        answer: (200, None),
    }
}

const NOBODYS: &str = "0198c0de-0000-7000-8000-000000000000";

fn cases() -> Vec<Case> {
    let (register, login) = ("/api/v1/auth/register", "/api/v1/auth/login");
    let (me, keys) = ("/api/v1/tenants/me", "/api/v1/tenants/me/credentials");
    let newcomer = |email: &str, password: &str, company: &str| json!({"email": email, "password": password, "company_name": company});
    let path = |text: String| -> &'static str { Box::leak(text.into_boxed_str()) };
    vec![
        refused(
            "a taken address",
            ("POST", register, newcomer("ANNA@example.com", PASSWORD, "Анна")),
            (
                "POST",
                "/api/fn/accounts/register",
                "email=ANNA%40example.com&password=correct+horse+battery&company_name=Анна",
            ),
            Whom::Nobody,
            409,
            "conflict",
        ),
        refused(
            "a short password",
            ("POST", register, newcomer("b@example.com", "short", "Борис")),
            (
                "POST",
                "/api/fn/accounts/register",
                "email=b%40example.com&password=short&company_name=Борис",
            ),
            Whom::Nobody,
            422,
            "validation_error",
        ),
        refused(
            "a field that is missing",
            ("POST", register, json!({"email": "b@example.com", "password": PASSWORD})),
            (
                "POST",
                "/api/fn/accounts/register",
                "email=b%40example.com&password=correct+horse+battery",
            ),
            Whom::Nobody,
            422,
            "validation_error",
        ),
        refused(
            "a wrong password",
            ("POST", login, json!({"email": "anna@example.com", "password": "wrong password"})),
            ("POST", "/api/fn/accounts/login", "email=anna%40example.com&password=wrong+password"),
            Whom::Nobody,
            401,
            "authentication_error",
        ),
        refused(
            "an unknown address",
            ("POST", login, json!({"email": "nobody@example.com", "password": PASSWORD})),
            (
                "POST",
                "/api/fn/accounts/login",
                "email=nobody%40example.com&password=correct+horse+battery",
            ),
            Whom::Nobody,
            401,
            "authentication_error",
        ),
        refused(
            "no token",
            ("GET", me, Value::Null),
            ("GET", "/api/fn/tenants/me", ""),
            Whom::Nobody,
            401,
            "authentication_error",
        ),
        refused(
            "a token that is none",
            ("GET", me, Value::Null),
            ("GET", "/api/fn/tenants/me", ""),
            Whom::BadToken,
            401,
            "authentication_error",
        ),
        refused(
            "a role that is too low",
            ("PATCH", me, json!({"name": "Другое имя"})),
            ("POST", "/api/fn/tenants/rename", "name=Другое+имя"),
            Whom::Viewer,
            403,
            "permission_denied",
        ),
        refused(
            "a role that may not operate",
            ("POST", "/api/v1/products/sync", Value::Null),
            ("POST", "/api/fn/syncs/start", ""),
            Whom::Viewer,
            403,
            "permission_denied",
        ),
        refused(
            "a name that is none",
            ("PATCH", me, json!({"name": " "})),
            ("POST", "/api/fn/tenants/rename", "name=+"),
            Whom::Owner,
            422,
            "validation_error",
        ),
        refused(
            "a key that is none",
            ("PATCH", keys, json!({"wildberries_api_key": " "})),
            ("POST", "/api/fn/tenants/update_credentials", "wildberries_api_key=+"),
            Whom::Owner,
            422,
            "validation_error",
        ),
        refused(
            "a product that isn't there",
            ("GET", path(format!("/api/v1/products/{NOBODYS}")), Value::Null),
            ("GET", path(format!("/api/fn/products/get?id={NOBODYS}")), ""),
            Whom::Owner,
            404,
            "not_found",
        ),
        refused(
            "a sync that isn't there",
            ("GET", path(format!("/api/v1/syncs/{NOBODYS}")), Value::Null),
            ("GET", path(format!("/api/fn/syncs/get?id={NOBODYS}")), ""),
            Whom::Owner,
            404,
            "not_found",
        ),
        refused(
            "a page before the first",
            ("GET", "/api/v1/products/?page=0", Value::Null),
            ("GET", "/api/fn/products/list?page=0", ""),
            Whom::Owner,
            422,
            "validation_error",
        ),
        refused(
            "a body that is too large",
            ("PATCH", me, json!({"name": "x".repeat(1 << 20)})),
            ("POST", "/api/fn/tenants/rename", path(format!("name={}", "x".repeat(1 << 20)))),
            Whom::Owner,
            413,
            "payload_too_large",
        ),
        read("the company", me, "/api/fn/tenants/me"),
        read("the shops", "/api/v1/tenants/me/accounts", "/api/fn/tenants/accounts"),
        read("the products", "/api/v1/products/", "/api/fn/products/list"),
        read("the syncs", "/api/v1/syncs/", "/api/fn/syncs/list"),
    ]
}

async fn both_doors_answer_alike(test: TestStore) {
    let app = App::start(test).await;
    let owner = app.register("anna@example.com").await;
    app.connect(&owner).await;
    app.synchronise(&owner).await;
    let viewer = app.register("vera@example.com").await;
    app.test.set_role(viewer.tenant, viewer.user, Role::Viewer).await;
    let token = |whom: Whom| match whom {
        Whom::Nobody => None,
        Whom::Owner => Some(owner.access.clone()),
        Whom::Viewer => Some(viewer.access.clone()),
        Whom::BadToken => Some(format!("{}x", owner.access)),
    };
    for case in cases() {
        let (name, token) = (case.name, token(case.as_whom));
        let (method, path, body) = case.rest;
        let mut call = app.call(Method::from_bytes(method.as_bytes()).unwrap(), path);
        if !body.is_null() {
            call = call.json(&body);
        }
        if let Some(token) = &token {
            call = call.bearer_auth(token);
        }
        let rest = call.send().await.unwrap();
        let (method, path, form) = case.function;
        let function = curl(&app, method, path, token.as_deref(), form).await;

        assert_eq!(
            (rest.status().as_u16(), function.status),
            (case.answer.0, case.answer.0),
            "{name}: {function:?}"
        );
        for header in
            ["content-type", "www-authenticate", "cache-control", "x-content-type-options"]
        {
            let of_rest = rest.headers().get(header).map(|value| value.to_str().unwrap());
            assert_eq!(of_rest, function.header(header), "{name}: {header}");
        }
        let mut rest: Value = rest.json().await.unwrap();
        let mut function = function.body;
        if let Some(code) = case.answer.1 {
            assert_eq!((&rest["code"], &function["code"]), (&json!(code), &json!(code)), "{name}");
            assert_eq!(rest["status"], case.answer.0, "{name}");
            for body in [&mut rest, &mut function] {
                assert!(
                    body["request_id"].as_str().is_some_and(|id| id.len() >= 8),
                    "{name}: {body}"
                );
                body.as_object_mut().unwrap().remove("request_id");
            }
            if !["a field that is missing", "a body that is too large"].contains(&name) {
                assert_eq!(rest, function, "{name}");
            }
        } else {
            assert_eq!(rest, function, "{name}");
        }
    }
}

async fn what_one_door_changes_the_other_shows(test: TestStore) {
    let app = App::start(test).await;
    let anna = app.register("anna@example.com").await;
    let token = Some(anna.access.as_str());
    let name = "Света+и+тени";
    assert_eq!(
        curl(&app, "POST", "/api/fn/tenants/rename", token, &format!("name={name}")).await.status,
        200
    );
    let me: Value = app.get("/api/v1/tenants/me", &anna).await.json().await.unwrap();
    assert_eq!(me["name"], "Света и тени");

    let form = format!("wildberries_api_key={}", app.key());
    let said = curl(&app, "POST", "/api/fn/tenants/update_credentials", token, &form).await;
    assert_eq!((said.status, &said.body["checks"][0]["status"]), (200, &json!("valid")));
    let started = curl(&app, "POST", "/api/fn/syncs/start", token, "").await;
    assert_eq!(started.status, 200);
    let path = format!("/api/v1/syncs/{}", started.body["task_id"].as_str().unwrap());
    assert_eq!(app.get(&path, &anna).await.status(), 200);

    let json = app.call(Method::POST, "/api/fn/tenants/rename").bearer_auth(&anna.access);
    let json = json.json(&json!({"name": "x"})).send().await.unwrap();
    assert_eq!(json.status(), 415, "a function takes forms");
    let delete = curl(&app, "DELETE", "/api/fn/tenants/rename", token, "").await;
    assert_eq!((delete.status, delete.header("allow")), (405, Some("POST")));
    assert_eq!(delete.body["code"], "method_not_allowed");
}

/// A browser without script: forms are answered with 303, the message is in the page.
async fn forms_work_without_script(test: TestStore) {
    let app = App::start(test).await;
    app.register("anna@example.com").await;
    let send = |password: &str| {
        app.call(Method::POST, "/api/fn/accounts/login")
            .header("accept", "text/html,application/xhtml+xml")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("origin", app.url.clone())
            .header("sec-fetch-site", "same-origin")
            .header("referer", format!("{}/login", app.url))
            .body(format!("email=anna%40example.com&password={}", password.replace(' ', "+")))
            .send()
    };
    let wrong = send("wrong password").await.unwrap();
    assert_eq!(
        (wrong.status().as_u16(), &wrong.headers()["location"]),
        (303, &"/login".parse().unwrap())
    );
    let flash = cookie(&wrong, "flash").unwrap();
    let page =
        app.call(Method::GET, "/login").header("accept", "text/html").header("cookie", flash);
    let page = page.send().await.unwrap().text().await.unwrap();
    assert!(page.contains("anna@example.com"), "what was typed is kept");
    assert!(!page.contains("wrong password"), "but for the password");

    let right = send(PASSWORD).await.unwrap();
    assert_eq!(
        (right.status().as_u16(), &right.headers()["location"]),
        (303, &"/".parse().unwrap())
    );
    let session = cookie(&right, "session").unwrap();
    let line = right
        .headers()
        .get_all("set-cookie")
        .iter()
        .find(|line| line.as_bytes().starts_with(b"session="));
    let line = line.unwrap().to_str().unwrap();
    assert!(
        line.contains("HttpOnly") && line.contains("SameSite=Lax") && line.contains("Path=/"),
        "{line}"
    );
    let page =
        app.call(Method::GET, "/products").header("accept", "text/html").header("cookie", session);
    let page = page.send().await.unwrap();
    assert_eq!(page.status(), 200);
    assert!(page.text().await.unwrap().contains("Дом и уют"));
}

/// `name=value` of a cookie that the answer sets.
fn cookie(answer: &reqwest::Response, name: &str) -> Option<String> {
    let lines = answer.headers().get_all("set-cookie").iter();
    let mut values =
        lines.filter_map(|line| line.to_str().ok()).filter_map(|line| line.split(';').next());
    values.find(|pair| pair.starts_with(&format!("{name}="))).map(str::to_owned)
}

/// Tokens of one door open the other, and only while their sign-in stands.
async fn a_browsers_cookie_opens_the_api_and_dies_with_its_session(test: TestStore) {
    let app = App::start(test).await;
    let anna: Person = app.register("anna@example.com").await;
    let body = format!("email=anna%40example.com&password={}", PASSWORD.replace(' ', "+"));
    let signed_in = app
        .call(Method::POST, "/api/fn/accounts/login")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body)
        .send()
        .await
        .unwrap();
    let session = cookie(&signed_in, "session").unwrap();
    let me = || app.call(Method::GET, "/api/v1/tenants/me").header("cookie", &session).send();
    assert_eq!(me().await.unwrap().status(), 200);
    let rename = |site: &'static str| {
        app.call(Method::PATCH, "/api/v1/tenants/me")
            .header("cookie", &session)
            .header("sec-fetch-site", site)
            .json(&json!({"name": "Новое имя"}))
            .send()
    };
    assert_eq!(rename("cross-site").await.unwrap().status(), 403);
    assert_eq!(rename("same-origin").await.unwrap().status(), 200);
    let out = app
        .call(Method::POST, "/api/fn/accounts/logout")
        .header("cookie", &session)
        .header("sec-fetch-site", "same-origin")
        .send()
        .await
        .unwrap();
    assert_eq!(out.status(), 200);
    app.services.clock.advance(chrono::TimeDelta::seconds(1));
    assert_eq!(me().await.unwrap().status(), 401);
    assert_eq!(app.get("/api/v1/tenants/me", &anna).await.status(), 200, "other sign-ins go on");
}

store::on_both_engines!(
    both_doors_answer_alike,
    what_one_door_changes_the_other_shows,
    forms_work_without_script,
    a_browsers_cookie_opens_the_api_and_dies_with_its_session,
);

//! The company as a team over real HTTP, on both engines: what the doors add to the services' own tests.

use crate::common::{App, PASSWORD, Person, person};
use domain::Plan;
use reqwest::{Method, Response, header};
use serde_json::{Value, json};
use store::testing::TestStore;

async fn send(app: &App, method: Method, path: &str, token: &str, body: Value) -> Response {
    let call = app.call(method, path).bearer_auth(token);
    let call = if body.is_null() { call } else { call.json(&body) };
    call.send().await.unwrap()
}

/// Invites and joins over HTTP.
async fn member(app: &App, by: &Person, role: &str, email: &str) -> Person {
    let body = json!({"role": role});
    let made = send(app, Method::POST, "/api/v1/invitations", &by.access, body).await;
    assert_eq!(made.status(), 201);
    let made: Value = made.json().await.unwrap();
    let token = made["link"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    let body = json!({"token": token, "email": email, "password": PASSWORD});
    let joined = app.post("/api/v1/auth/join", body).await;
    assert_eq!(joined.status(), 201);
    person(&joined.json().await.unwrap())
}

async fn a_team_comes_together_and_apart(test: TestStore) {
    let app = App::start_with(test, |parts| parts.settings.new_company_plan = Plan::Pro).await;
    let anna = app.register("anna@example.com").await;
    let boris = member(&app, &anna, "admin", "boris@example.com").await;
    assert_eq!(boris.tenant, anna.tenant);
    let members: Value = app.get("/api/v1/members/", &boris).await.json().await.unwrap();
    assert_eq!(members.as_array().unwrap().len(), 2);
    assert_eq!(members[0]["email"], "anna@example.com");
    assert_eq!(members[1]["is_you"], true);

    let of = |who: &Person| format!("/api/v1/members/{}", who.user);
    let refused = send(&app, Method::DELETE, &of(&anna), &boris.access, Value::Null).await;
    assert_eq!(refused.status(), 403);
    let refused = send(&app, Method::DELETE, "/api/v1/members/me", &anna.access, Value::Null).await;
    assert_eq!(refused.status(), 409);
    let problem: Value = refused.json().await.unwrap();
    assert_eq!(problem["code"], "last_owner");
    let body = json!({"role": "owner", "tenant_id": anna.tenant});
    let smuggled = send(&app, Method::PATCH, &of(&boris), &anna.access, body).await;
    assert_eq!(smuggled.status(), 422);
    let body = json!({"role": "viewer"});
    let changed = send(&app, Method::PATCH, &of(&boris), &anna.access, body).await;
    assert_eq!(changed.status(), 200);
    assert_eq!(app.get("/api/v1/members", &boris).await.status(), 403, "at once");
    let path = format!("{}/ownership", of(&boris));
    let handed = send(&app, Method::POST, &path, &anna.access, Value::Null).await;
    assert_eq!(handed.status(), 200);
    let removed = send(&app, Method::DELETE, &of(&anna), &boris.access, Value::Null).await;
    assert_eq!(removed.status(), 200);
    assert_eq!(app.get("/api/v1/tenants/me", &anna).await.status(), 401);
}

async fn another_companys_team_is_not_there(test: TestStore) {
    let app = App::start_with(test, |parts| parts.settings.new_company_plan = Plan::Pro).await;
    let anna = app.register("anna@example.com").await;
    let theirs = app.register("stranger@example.com").await;
    let body = json!({"name": "1C", "role": "user"});
    let made = send(&app, Method::POST, "/api/v1/api-keys", &theirs.access, body).await;
    let made: Value = made.json().await.unwrap();
    let body = json!({"role": "user"});
    let open = send(&app, Method::POST, "/api/v1/invitations", &theirs.access, body).await;
    let open: Value = open.json().await.unwrap();
    let key = made["api_key"]["id"].as_str().unwrap();
    let invitation = open["invitation"]["id"].as_str().unwrap();
    for (method, path, body) in [
        (Method::DELETE, format!("/api/v1/api-keys/{key}"), Value::Null),
        (Method::DELETE, format!("/api/v1/invitations/{invitation}"), Value::Null),
        (Method::DELETE, format!("/api/v1/members/{}", theirs.user), Value::Null),
        (Method::PATCH, format!("/api/v1/members/{}", theirs.user), json!({"role": "viewer"})),
        (Method::POST, format!("/api/v1/members/{}/ownership", theirs.user), Value::Null),
        (Method::POST, "/api/v1/auth/switch".into(), json!({"tenant_id": theirs.tenant})),
        (Method::DELETE, "/api/v1/api-keys/no-id".into(), Value::Null),
    ] {
        let answer = send(&app, method.clone(), &path, &anna.access, body).await;
        assert_eq!(answer.status(), 404, "{method} {path}");
    }
    for path in ["/api/v1/api-keys", "/api/v1/invitations"] {
        let mine: Value = app.get(path, &anna).await.json().await.unwrap();
        assert_eq!(mine, json!([]), "{path}");
    }
}

async fn a_key_opens_the_api(test: TestStore) {
    let app = App::start_with(test, |parts| parts.settings.new_company_plan = Plan::Pro).await;
    let anna = app.register("anna@example.com").await;
    let body = json!({"name": "1C", "role": "user", "expires_in_days": 30});
    let made = send(&app, Method::POST, "/api/v1/api-keys", &anna.access, body).await;
    assert_eq!(made.status(), 201);
    let made: Value = made.json().await.unwrap();
    let key = made["key"].as_str().unwrap();
    let get = async |path: &str| send(&app, Method::GET, path, key, Value::Null).await;
    assert_eq!(get("/api/v1/products/").await.status(), 200);
    assert_eq!(get("/api/v1/api-keys").await.status(), 403);
    // The dashboard's functions take it, too.
    assert_eq!(get("/api/fn/products/list").await.status(), 200);
    let session = get("/api/fn/accounts/session").await;
    assert_eq!(session.status(), 403);
    assert_eq!(session.json::<Value>().await.unwrap()["code"], "person_required");
    let listed: Value = app.get("/api/v1/api-keys", &anna).await.json().await.unwrap();
    assert_eq!(listed[0]["prefix"], key[..11]);
    assert!(!listed.to_string().contains(key), "a key is shown once");
    let path = format!("/api/v1/api-keys/{}", made["api_key"]["id"].as_str().unwrap());
    let gone = send(&app, Method::DELETE, &path, &anna.access, Value::Null).await;
    assert_eq!(gone.status(), 204);
    let refused = get("/api/v1/products/").await;
    assert_eq!(refused.status(), 401);
    assert_eq!(refused.headers()[header::WWW_AUTHENTICATE], "Bearer");
}

async fn the_log_is_paged_filtered_and_intact(test: TestStore) {
    let app = App::start_with(test, |parts| parts.settings.new_company_plan = Plan::Pro).await;
    let anna = app.register("anna@example.com").await;
    let boris = member(&app, &anna, "user", "boris@example.com").await;
    let get = async |path: &str| -> Value { app.get(path, &anna).await.json().await.unwrap() };
    let page = get("/api/v1/audit?limit=2").await;
    assert_eq!(page["items"][0]["action"], "member_joined");
    assert_eq!(page["items"][0]["email"], "boris@example.com");
    let path = format!("/api/v1/audit?limit=2&cursor={}", page["next_cursor"]);
    let rest = get(&path).await;
    assert_eq!(rest["items"][0]["action"], "registered");
    assert_eq!(rest["next_cursor"], Value::Null);
    let mine = get(&format!("/api/v1/audit?person={}", boris.user)).await;
    assert_eq!(mine["items"].as_array().unwrap().len(), 1);
    let made = get("/api/v1/audit?action=invitation_made").await;
    assert_eq!(made["items"].as_array().unwrap().len(), 1);
    for wrong in ["limit=0", "limit=201", "cursor=0", "cursor=x", "person=x"] {
        let answer = app.get(&format!("/api/v1/audit?{wrong}"), &anna).await;
        assert_eq!(answer.status(), 422, "{wrong}");
    }
    let check = get("/api/v1/audit/verification").await;
    assert_eq!((&check["intact"], &check["entries"]), (&json!(true), &json!(3)));
}

async fn the_data_leaves_whole_and_the_company_goes(test: TestStore) {
    let app = App::start_with(test, |parts| parts.settings.new_company_plan = Plan::Pro).await;
    let anna = app.register("anna@example.com").await;
    app.connect(&anna).await;
    app.synchronise(&anna).await;
    let export = app.get("/api/v1/tenants/me/export", &anna).await;
    assert_eq!(export.status(), 200);
    assert!(export.headers()[header::CONTENT_TYPE].to_str().unwrap().contains("ndjson"));
    let name = export.headers()[header::CONTENT_DISPOSITION].to_str().unwrap().to_owned();
    assert!(name.starts_with("attachment; filename=\"stock-tracker-"), "{name}");
    let text = export.text().await.unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of = |table: &str| lines.iter().filter(|line| line["table"] == table).count();
    assert_eq!(of("products"), 40);
    assert!(of("stock_levels") > 0 && of("orders") > 0 && of("stock_changes") > 0);
    let product = lines.iter().find(|line| line["table"] == "products").unwrap();
    assert!(product["row"]["article"].is_string(), "a marketplace's number leaves as text");
    assert_eq!(lines.last().unwrap()["end"], true);
    for secret in [&app.key(), PASSWORD, &anna.access] {
        assert!(!text.contains(secret), "a secret was taken along");
    }
    // As browsers ask for it.
    let packed = app.call(Method::GET, "/api/v1/tenants/me/export").bearer_auth(&anna.access);
    let packed = packed.header(header::ACCEPT_ENCODING, "gzip").send().await.unwrap();
    assert_eq!(packed.headers()[header::CONTENT_ENCODING], "gzip");
    assert!(packed.bytes().await.is_ok(), "the download breaks off");

    let path = "/api/v1/tenants/me/deletion";
    let wrong = send(&app, Method::POST, path, &anna.access, json!({"name": "Дом"})).await;
    assert_eq!(wrong.status(), 422);
    let gone = send(&app, Method::POST, path, &anna.access, json!({"name": "Дом и уют"})).await;
    assert_eq!(gone.status(), 204);
    assert_eq!(app.get("/api/v1/tenants/me", &anna).await.status(), 401);
}

async fn an_account_is_taken_along_and_deleted(test: TestStore) {
    let app = App::start_with(test, |parts| parts.settings.new_company_plan = Plan::Pro).await;
    let anna = app.register("anna@example.com").await;
    let data: Value = app.get("/api/v1/auth/personal-data", &anna).await.json().await.unwrap();
    assert_eq!(data["email"], "anna@example.com");
    assert_eq!(data["companies"][0]["role"], "owner");
    assert!(data.get("password_hash").is_none());
    let path = "/api/v1/auth/account-deletion";
    let body = |password: &str, fine: bool| json!({"password": password, "delete_companies": fine});
    for (body, status) in [
        (body("not mine", true), 422),
        (body(PASSWORD, false), 409),
        (body(PASSWORD, true), 204),
        (body(PASSWORD, true), 401),
    ] {
        let answer = send(&app, Method::POST, path, &anna.access, body.clone()).await;
        assert_eq!(answer.status(), status, "{}", body["delete_companies"]);
    }
    let login = json!({"email": "anna@example.com", "password": PASSWORD});
    assert_eq!(app.post("/api/v1/auth/login", login).await.status(), 401);
}

/// A browser without script: pages, plain forms and their messages.
async fn the_pages_work_without_script(test: TestStore) {
    let app = App::start_with(test, |parts| parts.settings.new_company_plan = Plan::Pro).await;
    let form = async |path: &str, cookie: &str, body: &str| -> (Response, String) {
        let answer = app
            .call(Method::POST, path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ACCEPT, "text/html")
            .header(header::COOKIE, cookie)
            .header("sec-fetch-site", "same-origin")
            .header(header::REFERER, format!("{}/settings/keys", app.url))
            .body(body.to_owned())
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 303, "{path}");
        let cookies = answer.headers().get_all(header::SET_COOKIE).iter();
        let cookies: Vec<_> = cookies
            .filter_map(|cookie| cookie.to_str().unwrap().split(';').next())
            .map(str::to_owned)
            .collect();
        (answer, cookies.join("; "))
    };
    let page = async |path: &str, cookie: &str| -> (u16, String) {
        let call = app.call(Method::GET, path).header(header::ACCEPT, "text/html");
        let answer = call.header(header::COOKIE, cookie).send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    };
    let register = "email=anna%40example.com&password=correct+horse+battery&company_name=Anna";
    let (_, session) = form("/api/fn/accounts/register", "locale=en", register).await;
    // A browser keeps the last of each name; the registration's message is read by its page.
    let session = session.split("; ").find(|cookie| cookie.starts_with("session=")).unwrap();
    let anna = format!("locale=en; {session}");
    for path in ["/settings/team", "/settings/keys", "/settings/danger", "/audit?check=1"] {
        let (status, text) = page(path, &anna).await;
        assert_eq!(status, 200, "{path}");
        assert!(text.contains("<h1"), "{path}");
    }
    assert!(page("/audit?check=1", &anna).await.1.contains("The log is intact"));

    // A key is shown by the page after its form, and never again.
    let body = "name=1C&role=user&expires_in_days=365";
    let (answer, flash) = form("/api/fn/keys/create", &anna, body).await;
    assert_eq!(answer.headers()[header::LOCATION], "/settings/keys");
    let (_, text) = page("/settings/keys", &format!("{anna}; {flash}")).await;
    assert!(text.contains("never shown again") && text.contains("st_"), "the key is shown");
    let key = &text[text.find("<code>st_").unwrap() + 6..][..46];
    let answer = app.call(Method::GET, "/api/v1/tenants/me").bearer_auth(key).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert!(!page("/settings/keys", &anna).await.1.contains(key));

    // An invitation, opened by a stranger.
    let (_, flash) = form("/api/fn/invitations/create", &anna, "role=viewer&email=").await;
    let (_, text) = page("/settings/team", &format!("{anna}; {flash}")).await;
    let link = &text[text.find("/invite/").unwrap()..][..8 + 43];
    let (status, text) = page(link, "locale=en").await;
    assert_eq!(status, 200);
    assert!(text.contains("Anna") && text.contains("Viewer"), "company and role are told");
    let token = link.strip_prefix("/invite/").unwrap();
    let (answer, next) =
        form("/api/fn/invitations/sign_in_first", "locale=en", &format!("token={token}")).await;
    assert_eq!(answer.headers()[header::LOCATION], "/login");
    let login = "email=anna%40example.com&password=correct+horse+battery";
    let (answer, _) = form("/api/fn/accounts/login", &format!("locale=en; {next}"), login).await;
    assert_eq!(answer.headers()[header::LOCATION], link, "signing in leads back to the invitation");
    let join = format!("token={token}&email=boris%40example.com&password=correct+horse+battery");
    let (answer, boris) = form("/api/fn/invitations/join", "locale=en", &join).await;
    assert_eq!(answer.headers()[header::LOCATION], "/");
    let boris = format!("locale=en; {boris}");
    let (status, text) = page(link, "locale=en").await;
    assert_eq!(status, 404);
    assert!(text.contains("This invitation is no longer valid"));
    // A viewer sees neither the team nor the log.
    assert_eq!(page("/settings/team", &boris).await.0, 403);
    assert_eq!(page("/audit", &boris).await.0, 403);
    let (_, text) = page("/settings/danger", &boris).await;
    assert!(!text.contains("Delete the company") && text.contains("Leave the company"));
    // Leaving ends at the sign-in page, with a word.
    let (answer, flash) = form("/api/fn/team/leave", &boris, "").await;
    assert_eq!(answer.headers()[header::LOCATION], "/login");
    assert!(
        page("/login", &format!("locale=en; {flash}")).await.1.contains("You left the company")
    );
}

store::on_both_engines!(
    a_team_comes_together_and_apart,
    another_companys_team_is_not_there,
    a_key_opens_the_api,
    the_log_is_paged_filtered_and_intact,
    the_data_leaves_whole_and_the_company_goes,
    an_account_is_taken_along_and_deleted,
    the_pages_work_without_script,
);

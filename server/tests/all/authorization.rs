//! Every operation of both doors x no token x each role x another tenant. An operation without a line here fails.

use crate::common::{App, Person};
use domain::{Permission, Role};
use reqwest::{Method, StatusCode};
use server::openapi;
use std::collections::BTreeSet;
use store::testing::TestStore;

/// Who may.
#[derive(Clone, Copy, PartialEq)]
enum Who {
    Everybody,
    SignedIn(Permission),
}
use Who::{Everybody, SignedIn};

/// How a call is made.
#[derive(Clone, Copy)]
enum Body {
    None,
    Json(&'static str),
    Form(&'static str),
}

/// `{id}` is put in by the test: an id of another tenant must answer 404.
const TABLE: &[(&str, &str, Body, Who)] = &[
    ("GET", "/", Body::None, Everybody),
    ("GET", "/health/", Body::None, Everybody),
    ("GET", "/health/live", Body::None, Everybody),
    ("GET", "/health/ready", Body::None, Everybody),
    ("POST", "/api/v1/auth/register", Body::Json("{}"), Everybody),
    ("POST", "/api/v1/auth/login", Body::Json("{}"), Everybody),
    ("POST", "/api/v1/auth/refresh", Body::Json("{}"), Everybody),
    ("POST", "/api/v1/auth/logout", Body::None, SignedIn(Permission::Read)),
    ("GET", "/.well-known/jwks.json", Body::None, Everybody),
    ("GET", "/api/v1/usage", Body::None, SignedIn(Permission::Read)),
    ("GET", "/api/v1/tenants/me", Body::None, SignedIn(Permission::Read)),
    (
        "PATCH",
        "/api/v1/tenants/me",
        Body::Json(r#"{"name":"Новое имя"}"#),
        SignedIn(Permission::Own),
    ),
    ("GET", "/api/v1/tenants/me/accounts", Body::None, SignedIn(Permission::Read)),
    ("PATCH", "/api/v1/tenants/me/credentials", Body::Json("{}"), SignedIn(Permission::Operate)),
    ("GET", "/api/v1/products/", Body::None, SignedIn(Permission::Read)),
    ("GET", "/api/v1/products/{product_id}", Body::None, SignedIn(Permission::Read)),
    ("GET", "/api/v1/products/{product_id}/history", Body::None, SignedIn(Permission::Read)),
    ("POST", "/api/v1/products/sync", Body::None, SignedIn(Permission::Operate)),
    ("GET", "/api/v1/syncs/", Body::None, SignedIn(Permission::Read)),
    ("GET", "/api/v1/syncs/{sync_id}", Body::None, SignedIn(Permission::Read)),
    ("GET", "/api/v1/syncs/{sync_id}/events", Body::None, SignedIn(Permission::Read)),
    ("POST", "/api/fn/accounts/register", Body::Form(""), Everybody),
    ("POST", "/api/fn/accounts/login", Body::Form(""), Everybody),
    ("POST", "/api/fn/accounts/start_demo", Body::Form(""), Everybody),
    ("POST", "/api/fn/accounts/set_locale", Body::Form("locale=en"), Everybody),
    ("POST", "/api/fn/accounts/set_theme", Body::Form("theme=dark"), Everybody),
    ("GET", "/api/fn/accounts/session", Body::None, SignedIn(Permission::Read)),
    ("POST", "/api/fn/accounts/logout", Body::Form(""), SignedIn(Permission::Read)),
    ("GET", "/api/fn/tenants/me", Body::None, SignedIn(Permission::Read)),
    ("POST", "/api/fn/tenants/rename", Body::Form("name=Новое имя"), SignedIn(Permission::Own)),
    ("GET", "/api/fn/tenants/accounts", Body::None, SignedIn(Permission::Read)),
    (
        "POST",
        "/api/fn/tenants/update_credentials",
        Body::Form("remove=true"),
        SignedIn(Permission::Operate),
    ),
    ("GET", "/api/fn/usage/get", Body::None, SignedIn(Permission::Read)),
    ("GET", "/api/fn/products/list", Body::None, SignedIn(Permission::Read)),
    ("GET", "/api/fn/products/get?id={id}", Body::None, SignedIn(Permission::Read)),
    ("GET", "/api/fn/products/history?id={id}&days=28", Body::None, SignedIn(Permission::Read)),
    ("POST", "/api/fn/syncs/start", Body::Form(""), SignedIn(Permission::Operate)),
    ("GET", "/api/fn/syncs/list", Body::None, SignedIn(Permission::Read)),
    ("GET", "/api/fn/syncs/get?id={id}", Body::None, SignedIn(Permission::Read)),
];

#[test]
fn every_operation_has_a_line() {
    let mut known = BTreeSet::new();
    let document = serde_json::to_value(openapi::document()).unwrap();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            if ["get", "post", "patch", "put", "delete"].contains(&method.as_str()) {
                known.insert(format!("{} {path}", method.to_uppercase()));
            }
        }
    }
    for (path, method) in leptos::server_fn::axum::server_fn_paths() {
        known.insert(format!("{method} {path}"));
    }
    let listed: BTreeSet<String> = TABLE
        .iter()
        .map(|(method, path, ..)| format!("{method} {}", path.split('?').next().unwrap()))
        .collect();
    assert_eq!(known, listed);
}

async fn ask(
    app: &App,
    method: &str,
    path: &str,
    body: Body,
    person: Option<&Person>,
) -> StatusCode {
    // An id that is nobody's stands for one that is another's: both must answer alike.
    let id = "0198c0de-0000-7000-8000-000000000000";
    let path = path.replace("{id}", id).replace("{product_id}", id).replace("{sync_id}", id);
    let mut call = app.call(Method::from_bytes(method.as_bytes()).unwrap(), &path);
    call = match body {
        Body::None => call,
        Body::Json(text) => call.header("content-type", "application/json").body(text),
        Body::Form(text) => {
            call.header("content-type", "application/x-www-form-urlencoded").body(text)
        }
    };
    if let Some(person) = person {
        call = call.bearer_auth(&person.access);
    }
    call.send().await.unwrap().status()
}

async fn each_role_may_what_the_table_says(test: TestStore) {
    let app = App::start(test).await;
    for (method, path, body, who) in TABLE {
        let answer = ask(&app, method, path, *body, None).await;
        match who {
            Everybody => assert!(answer != 401 && answer != 403, "{method} {path}: {answer}"),
            SignedIn(_) => assert_eq!(answer, 401, "{method} {path} without a token"),
        }
    }
    for role in Role::ALL {
        for (method, path, body, who) in TABLE {
            let SignedIn(permission) = who else { continue };
            let person =
                app.register(&format!("{role}-{}@example.com", uuid::Uuid::new_v4())).await;
            app.test.set_role(person.tenant, person.user, role).await;
            let answer = ask(&app, method, path, *body, Some(&person)).await;
            if role.may(*permission) {
                assert!(answer != 401 && answer != 403, "{role} {method} {path}: {answer}");
                if path.contains('{') {
                    assert_eq!(
                        answer, 404,
                        "{role} {method} {path}: what isn't theirs isn't there"
                    );
                }
            } else {
                assert_eq!(answer, 403, "{role} {method} {path}");
            }
        }
    }
}

store::on_both_engines!(each_role_may_what_the_table_says);

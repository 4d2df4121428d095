//! Two servers on one database: what ends a sign-in on one is seen on the other within a second of the clock. The clock is
//! the tests' and stands still between; nothing waits.

use crate::common::{App, PASSWORD, Person, serve};
use chrono::TimeDelta;
use domain::Role;
use reqwest::{Method, StatusCode};
use serde_json::json;
use services::{Services, operator};
use store::{Reason, Store, testing::TestStore};

/// A second server: its own connections, its own memory, the same clock.
struct Pair {
    app: App,
    other: String,
}

impl Pair {
    async fn start(test: TestStore) -> Self {
        let app = App::start(test).await;
        let mut parts = services::testing::parts(&app.test);
        parts.store = Store::open(&app.test.settings).unwrap();
        parts.clock = app.services.clock.clone();
        parts.settings.rate_limit = false;
        let other = serve(Services::new(parts), app.stop.clone()).await;
        Self { app, other }
    }

    /// Asks the other server.
    async fn there(&self, method: Method, path: &str, person: &Person) -> StatusCode {
        let call = self.app.http.request(method, format!("{}{path}", self.other));
        let call = call.bearer_auth(&person.access).json(&json!({"name": "Новое имя"}));
        call.send().await.unwrap().status()
    }

    async fn me_there(&self, person: &Person) -> StatusCode {
        self.there(Method::GET, "/api/v1/tenants/me", person).await
    }

    fn a_second_passes(&self) {
        self.app.services.clock.advance(TimeDelta::milliseconds(999));
    }
}

async fn logging_out_is_seen_on_the_other_server(test: TestStore) {
    let pair = Pair::start(test).await;
    let anna = pair.app.register("anna@example.com").await;
    assert_eq!(pair.me_there(&anna).await, 200);
    let call = pair.app.call(Method::POST, "/api/v1/auth/logout").bearer_auth(&anna.access);
    assert_eq!(call.send().await.unwrap().status(), 200);
    assert_eq!(pair.app.get("/api/v1/tenants/me", &anna).await.status(), 401, "here at once");
    pair.a_second_passes();
    assert_eq!(pair.me_there(&anna).await, 401);
}

async fn disabling_a_person_is_seen_on_the_other_server(test: TestStore) {
    let pair = Pair::start(test).await;
    let anna = pair.app.register("anna@example.com").await;
    let set = async |active| {
        let mut tx = pair.app.services.store.system_write(Reason::Operator).await.unwrap();
        assert!(tx.set_user_active(anna.user, active).await.unwrap());
        tx.commit().await.unwrap();
        pair.a_second_passes();
    };
    assert_eq!(pair.me_there(&anna).await, 200);
    set(false).await;
    assert_eq!(pair.me_there(&anna).await, 403);
    set(true).await;
    assert_eq!(pair.me_there(&anna).await, 200);
}

async fn a_lower_role_is_seen_on_the_other_server(test: TestStore) {
    let pair = Pair::start(test).await;
    let anna = pair.app.register("anna@example.com").await;
    let rename = || pair.there(Method::PATCH, "/api/v1/tenants/me", &anna);
    assert_eq!(rename().await, 200);
    pair.app.test.set_role(anna.tenant, anna.user, Role::Viewer).await;
    pair.a_second_passes();
    assert_eq!(rename().await, 403, "whatever role the token names");
    assert_eq!(pair.me_there(&anna).await, 200);
}

async fn the_end_of_every_sign_in_is_seen_on_the_other_server(test: TestStore) {
    let pair = Pair::start(test).await;
    let anna = pair.app.register("anna@example.com").await;
    let body = json!({"email": "anna@example.com", "password": PASSWORD});
    let second = pair.app.post("/api/v1/auth/login", body).await.json().await.unwrap();
    let second = crate::common::person(&second);
    for person in [&anna, &second] {
        assert_eq!(pair.me_there(person).await, 200);
    }
    // What changing a password does to the person's sign-ins.
    let now = pair.app.services.clock.now();
    let mut tx = pair.app.services.store.system_write(Reason::SignIn).await.unwrap();
    assert_eq!(tx.revoke_api_sessions(anna.user, None, now).await.unwrap().len(), 2);
    tx.commit().await.unwrap();
    pair.a_second_passes();
    for person in [&anna, &second] {
        assert_eq!(pair.me_there(person).await, 401);
    }
}

async fn suspending_a_company_is_seen_on_the_other_server(test: TestStore) {
    let pair = Pair::start(test).await;
    let anna = pair.app.register("anna@example.com").await;
    assert_eq!(pair.me_there(&anna).await, 200);
    assert!(operator::suspend(&pair.app.services, anna.tenant).await.unwrap());
    pair.a_second_passes();
    assert_eq!(pair.me_there(&anna).await, 403);
    assert!(operator::resume(&pair.app.services, anna.tenant).await.unwrap());
    pair.a_second_passes();
    assert_eq!(pair.me_there(&anna).await, 200);
}

store::on_both_engines!(
    logging_out_is_seen_on_the_other_server,
    disabling_a_person_is_seen_on_the_other_server,
    a_lower_role_is_seen_on_the_other_server,
    the_end_of_every_sign_in_is_seen_on_the_other_server,
    suspending_a_company_is_seen_on_the_other_server,
);

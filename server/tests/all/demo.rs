//! The demo as a visitor meets it: complete, labelled, capped, gone after a day, and not there in production.

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::{Client, Response};
use serde_json::Value;
use server::{config::Config, jobs, router::router, start};
use services::{Clock, Services, testing::noon};
use std::net::SocketAddr;
use store::testing::TestStore;
use tokio_util::sync::{CancellationToken, DropGuard};

struct Installation {
    url: String,
    http: Client,
    services: Services,
    _test: TestStore,
    _folder: tempfile::TempDir,
    _stop: DropGuard,
}

impl Installation {
    async fn with(test: TestStore, flags: &[&str]) -> Self {
        outbound::install_crypto_provider();
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().to_str().unwrap();
        let flags = ["--data-dir", data].into_iter().chain(flags.iter().copied());
        let config = Config::from_flags(flags).unwrap();
        let stop = CancellationToken::new();
        let choices = start::Choices { clock: Clock::fixed(noon()), hash_cost: 4 };
        let services = start::services(&config, test.store.clone(), choices).unwrap();
        let state = start::state(
            &config,
            services.clone(),
            server::metrics::Metrics::default(),
            stop.clone(),
        );
        state.gate.open_when_verified(&test.store).await.unwrap();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let service = router(state).into_make_service_with_connect_info::<SocketAddr>();
        let stopping = stop.clone();
        tokio::spawn(async move {
            axum::serve(listener, service).with_graceful_shutdown(stopping.cancelled_owned()).await
        });
        let http = Client::builder().no_proxy().build().unwrap();
        Self { url, http, services, _test: test, _folder: folder, _stop: stop.drop_guard() }
    }

    async fn start_demo(&self) -> Response {
        let call = self.http.post(format!("{}/api/fn/accounts/start_demo", self.url));
        call.send().await.unwrap()
    }

    async fn get(&self, path: &str, cookie: &str) -> Response {
        self.http.get(format!("{}{path}", self.url)).header("cookie", cookie).send().await.unwrap()
    }

    async fn json(&self, path: &str, cookie: &str) -> Value {
        let answer = self.get(path, cookie).await;
        assert_eq!(answer.status(), 200, "{path}");
        answer.json().await.unwrap()
    }
}

fn session(answer: &Response) -> String {
    let cookie = answer.headers()["set-cookie"].to_str().unwrap();
    cookie.split(';').next().unwrap().to_owned()
}

async fn a_visitor_finds_a_complete_shop(test: TestStore) {
    let here = Installation::with(test, &[]).await;
    let started = here.start_demo().await;
    assert_eq!(started.status(), 200);
    let cookie = session(&started);

    let session = here.json("/api/fn/accounts/session", &cookie).await;
    let until: DateTime<Utc> = session["demo_until"].as_str().unwrap().parse().unwrap();
    assert_eq!(until, noon() + TimeDelta::hours(24), "labelled with its end");
    assert_eq!(session["email"], Value::Null);

    let page = here.json("/api/v1/products/?page_size=200", &cookie).await;
    let items = page["items"].as_array().unwrap();
    assert!(items.len() > 50, "{}", items.len());
    assert!(items.iter().all(|item| item["total_stock"].is_i64() && item["orders_28"].is_i64()));
    let photos: Vec<&str> = items.iter().filter_map(|item| item["photo_url"].as_str()).collect();
    assert!(photos.len() > 50 && photos.iter().all(|url| url.starts_with("/demo-photos/")));
    let photo = here.get(photos[0], "").await;
    assert_eq!(photo.headers()["content-type"], "image/svg+xml");
    assert!(photo.text().await.unwrap().starts_with("<svg"));

    let id = items[0]["id"].as_str().unwrap();
    let history = here.json(&format!("/api/v1/products/{id}/history?days=365"), &cookie).await;
    let days = history["days"].as_array().unwrap();
    assert_eq!(days.len(), 365);
    assert!(days.iter().skip(1).all(|day| day["stock"].is_i64()), "a year without gaps");
    assert_eq!(here.json("/api/v1/syncs/", &cookie).await[0]["status"], "completed");
    assert_eq!(here.json("/api/v1/tenants/me/accounts", &cookie).await[0]["realm"], "demo");
}

/// What a demo is filled with is what its marketplace tells over HTTP at the same moment, to the last row.
async fn a_sync_of_a_fresh_demo_finds_nothing_new(test: TestStore) {
    let here = Installation::with(test, &[]).await;
    let cookie = session(&here.start_demo().await);
    let headers = http::HeaderMap::from_iter([(http::header::COOKIE, cookie.parse().unwrap())]);
    let caller = services::access::caller(&here.services, &headers).await.unwrap();
    let client = services::testing::client();
    let run = services::syncs::start(&here.services, &caller, &client).await.unwrap().task_id;
    let mut turns = 0;
    let run = loop {
        services::syncs::run_now(&here.services, run).await.unwrap();
        let now = services::syncs::get(&here.services, &caller, run).await.unwrap().unwrap();
        turns += 1;
        // The marketplace asks to wait between two pages of prices.
        if now.status != domain::sync::SyncStatus::Running || turns == 10 {
            break now;
        }
        here.services.clock.advance(TimeDelta::seconds(10));
    };
    assert_eq!(run.status, domain::sync::SyncStatus::Completed, "{run:#?}");
    for step in &run.steps {
        use domain::sync::StepKind as Kind;
        // The demo's year is cards, stock and orders; what was sold, for how much, comes with the first sync.
        if !matches!(step.kind, Kind::Sales | Kind::Prices | Kind::Figures | Kind::Measures) {
            assert_eq!(step.changed, 0, "{step:#?}");
        }
    }
}

async fn an_address_has_so_many_a_day(test: TestStore) {
    let here = Installation::with(test, &[]).await;
    for _ in 0..5 {
        assert_eq!(here.start_demo().await.status(), 200);
    }
    let refused = here.start_demo().await;
    assert_eq!(refused.status(), 429);
    let seconds: i64 = refused.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=24 * 60 * 60).contains(&seconds), "{seconds}");
    here.services.clock.advance(TimeDelta::hours(25));
    assert_eq!(here.start_demo().await.status(), 200);
}

async fn it_is_gone_after_its_day(test: TestStore) {
    let here = Installation::with(test, &[]).await;
    let cookie = session(&here.start_demo().await);
    here.services.clock.advance(TimeDelta::hours(23));
    jobs::sweep::sweep_now(&here.services).await;
    assert_eq!(here.get("/api/v1/tenants/me", &cookie).await.status(), 200);
    here.services.clock.advance(TimeDelta::hours(2));
    jobs::sweep::sweep_now(&here.services).await;
    here.services.clock.advance(TimeDelta::seconds(1));
    assert_eq!(here.get("/api/v1/tenants/me", &cookie).await.status(), 401);
}

async fn production_has_none_unless_told(test: TestStore) {
    const PRODUCTION: [&str; 6] = [
        "--environment",
        "production",
        "--secret-key",
        "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c",
        "--encryption-master-key",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    ];
    let here = Installation::with(test, &PRODUCTION).await;
    let refused = here.start_demo().await;
    assert_eq!(refused.status(), 403);
    assert_eq!(refused.json::<Value>().await.unwrap()["code"], "closed");
    let told = [&PRODUCTION[..], &["--demo", "on"]].concat();
    assert!(Config::from_flags(told).unwrap().demo_is_on());
}

store::on_both_engines!(
    a_visitor_finds_a_complete_shop,
    a_sync_of_a_fresh_demo_finds_nothing_new,
    an_address_has_so_many_a_day,
    it_is_gone_after_its_day,
    production_has_none_unless_told,
);

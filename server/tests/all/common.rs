//! The whole product in memory, on a private database, before a simulated marketplace, behind real HTTP.

use domain::{TenantId, UserId};
use reqwest::{Client, Method, RequestBuilder, Response};
use serde_json::{Value, json};
use server::{
    gate::Gate,
    metrics::Metrics,
    router::router,
    site::Site,
    state::{AppState, Doors},
};
use services::{Marketplaces, Parts, Services, syncs};
use simulator::{Limiting, Scopes, Settings, Simulator, tokens};
use std::{net::SocketAddr, sync::Arc, time::Duration};
use store::testing::TestStore;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

pub struct App {
    pub url: String,
    pub http: Client,
    pub services: Services,
    pub simulator: Simulator,
    pub test: TestStore,
    pub stop: CancellationToken,
}

impl Drop for App {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

/// Somebody who registered: the bearer token and who it stands for.
#[derive(Clone)]
pub struct Person {
    pub access: String,
    pub refresh: String,
    pub tenant: TenantId,
    pub user: UserId,
}

impl App {
    pub async fn start(test: TestStore) -> Self {
        Self::start_with(test, |_| {}).await
    }

    /// With other parts than usual: settings, a way for letters.
    pub async fn start_with(test: TestStore, change: impl FnOnce(&mut Parts)) -> Self {
        outbound::install_crypto_provider();
        let mut parts = services::testing::parts(&test);
        let clock = parts.clock.clone();
        let settings =
            Settings { skus: 40, days: 120, limits: Limiting::Off, ..Settings::default() };
        let simulator = Simulator::new(settings, simulator::Clock::following(move || clock.now()));
        let market = listen().await;
        let front = format!("http://{}", market.local_addr().unwrap());
        let stop = CancellationToken::new();
        tokio::spawn({
            let (simulator, stop) = (simulator.clone(), stop.clone());
            async move { simulator.serve(market, stop.cancelled_owned()).await }
        });
        let demo = server::demo::Simulated::open(&parts.clock).unwrap();
        parts.demo_world = Some(demo.world);
        parts.marketplaces = Marketplaces {
            demo: Some(demo.front),
            wildberries: outbound::Front::through(front.parse().unwrap()).unwrap(),
            ..parts.marketplaces
        };
        parts.settings.rate_limit = false;
        parts.settings.marketplace_pace = false;
        parts.settings.demo.per_address = 2;
        change(&mut parts);
        let services = Services::new(parts);
        let worker = syncs::WorkerSettings {
            poll: Duration::from_millis(20),
            ..syncs::WorkerSettings::new("tests")
        };
        tokio::spawn({
            let (services, stop) = (services.clone(), stop.clone());
            async move { syncs::work(&services, worker, stop).await }
        });
        let url = serve(services.clone(), stop.clone()).await;
        let http = Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            // What came over the wire is looked at as it came.
            .no_gzip()
            .build()
            .unwrap();
        Self { url, http, services, simulator, test, stop }
    }

    pub fn call(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.url))
    }

    pub async fn get(&self, path: &str, person: &Person) -> Response {
        self.call(Method::GET, path).bearer_auth(&person.access).send().await.unwrap()
    }

    pub async fn post(&self, path: &str, body: Value) -> Response {
        self.call(Method::POST, path).json(&body).send().await.unwrap()
    }

    pub async fn register(&self, email: &str) -> Person {
        let body = json!({"email": email, "password": PASSWORD, "company_name": "Дом и уют"});
        let answer = self.post("/api/v1/auth/register", body).await;
        assert_eq!(answer.status(), 201);
        person(&answer.json().await.unwrap())
    }

    /// Signs in as a program: tokens end while a test moves the clock.
    pub async fn sign_in(&self, email: &str) -> Person {
        let body = json!({"email": email, "password": PASSWORD});
        let answer = self.post("/api/v1/auth/login", body).await;
        assert_eq!(answer.status(), 200);
        person(&answer.json().await.unwrap())
    }

    /// Signs in as a browser; the session's cookie as it is sent back.
    pub async fn browser(&self, email: &str) -> String {
        let form =
            format!("email={}&password={}", email.replace('@', "%40"), PASSWORD.replace(' ', "+"));
        let call = self.call(Method::POST, "/api/fn/accounts/login");
        let call = call.header("content-type", "application/x-www-form-urlencoded");
        let call = call.header("sec-fetch-site", "same-origin");
        let answer = call.body(form).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        let cookie = answer.headers()["set-cookie"].to_str().unwrap();
        cookie.split(';').next().unwrap().to_owned()
    }

    /// A key that the simulated marketplace accepts.
    pub fn key(&self) -> String {
        let expires = self.simulator.now() + chrono::TimeDelta::days(100);
        tokens::mint(
            simulator::Kind::Personal,
            self.simulator.sid(),
            Scopes::TRACKER.with(Scopes::READ_ONLY),
            expires,
        )
    }

    pub async fn connect(&self, person: &Person) -> Value {
        let body = json!({"wildberries_api_key": self.key()});
        let call = self.call(Method::PATCH, "/api/v1/tenants/me/credentials");
        let answer = call.bearer_auth(&person.access).json(&body).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        answer.json().await.unwrap()
    }

    /// Synchronises and reads events until the last one.
    pub async fn synchronise(&self, person: &Person) -> Value {
        let call = self.call(Method::POST, "/api/v1/products/sync").bearer_auth(&person.access);
        let answer = call.send().await.unwrap();
        assert_eq!(answer.status(), 202);
        let task: Value = answer.json().await.unwrap();
        let path = format!("/api/v1/syncs/{}/events", task["task_id"].as_str().unwrap());
        let stream = self.get(&path, person).await;
        assert_eq!(stream.headers()["content-type"], "text/event-stream");
        let text = stream.text().await.unwrap();
        let last = text.lines().rev().find_map(|line| line.strip_prefix("data: ")).unwrap();
        serde_json::from_str(last).unwrap()
    }
}

pub const PASSWORD: &str = "correct horse battery";

/// Serves these services on an address of their own.
pub async fn serve(services: Services, stop: CancellationToken) -> String {
    serve_with(services, Metrics::default(), stop).await
}

/// The same with measures that somebody may read.
pub async fn serve_with(services: Services, metrics: Metrics, stop: CancellationToken) -> String {
    let https = services.settings.is_https();
    let state = AppState {
        services,
        site: Arc::new(Site::default()),
        gate: Gate::open(),
        shutdown: stop.clone(),
        doors: Arc::new(Doors {
            cors_origins: vec!["https://friend.example".into()],
            https,
            metrics,
        }),
        leptos: leptos::config::LeptosOptions::builder().output_name("stock-tracker").build(),
    };
    let listener = listen().await;
    let url = format!("http://{}", listener.local_addr().unwrap());
    let service = router(state).into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move {
        axum::serve(listener, service).with_graceful_shutdown(stop.cancelled_owned()).await
    });
    url
}

async fn listen() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").await.unwrap()
}

pub fn person(pair: &Value) -> Person {
    let access = pair["access_token"].as_str().unwrap().to_owned();
    let claims = claims(&access);
    Person {
        refresh: pair["refresh_token"].as_str().unwrap().to_owned(),
        tenant: claims["tenant_id"].as_str().unwrap().parse().unwrap(),
        user: claims["sub"].as_str().unwrap().parse().unwrap(),
        access,
    }
}

/// What a token says, without checking it.
pub fn claims(token: &str) -> Value {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    let part = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

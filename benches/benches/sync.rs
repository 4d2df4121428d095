//! A whole sync of 10,000 cards with 90 days of orders on each engine: our time, step by step, and our memory.
//!
//! The marketplace is a process of its own that computes each answer once and then repeats it from memory, so that
//! the measured passes wait for nobody. `cargo bench -p benches --bench sync -- [cards] [orders a day and card]`;
//! PostgreSQL is measured if `TEST_POSTGRES_URL` names a cluster.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a benchmark that fails has no result"
)]

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    response::Response,
};
use chrono::{DateTime, Utc};
use domain::{
    Plan, Secret,
    sync::{StepState, SyncRun, SyncStatus},
    tenant::CredentialsPatch,
};
use futures::StreamExt;
use outbound::Front;
use services::{
    Caller, Clock, Services, syncs, tenants,
    testing::{client, owner, parts},
};
use simulator::{Limiting, Settings, Simulator};
use std::{
    collections::HashMap,
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};
use store::testing::TestStore;
use tower::ServiceExt;

fn main() {
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    let number = |at: usize, usual: f64| {
        arguments.get(at).and_then(|text| text.parse().ok()).unwrap_or(usual)
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of cards")]
    let cards = number(0, 10_000.0) as u32;
    let orders = number(1, 0.15);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    match std::env::var("BENCH_MARKETPLACE") {
        Ok(now) => runtime.block_on(marketplace(cards, orders, now.parse().unwrap())),
        Err(_) => runtime.block_on(measure(cards, orders)),
    }
}

async fn measure(cards: u32, orders: f64) {
    outbound::install_crypto_provider();
    let now: DateTime<Utc> = "2026-09-15T09:00:00Z".parse().unwrap();
    let marketplace = Marketplace::start(now);
    println!("{cards} cards, 90 days of {orders} orders a day and card");
    // The first pass lets the marketplace compute its answers.
    sync("warm-up, SQLite", TestStore::sqlite().await, &marketplace, now).await;
    sync("SQLite", TestStore::sqlite().await, &marketplace, now).await;
    if std::env::var_os("TEST_POSTGRES_URL").is_some() {
        sync("PostgreSQL", TestStore::postgres().await, &marketplace, now).await;
    }
}

async fn sync(engine: &str, test: TestStore, marketplace: &Marketplace, now: DateTime<Utc>) {
    let mut parts = parts(&test);
    parts.clock = Clock::fixed(now);
    parts.marketplaces.wildberries = Front::through(marketplace.address.parse().unwrap()).unwrap();
    parts.settings.marketplace_pace = false;
    parts.settings.rate_limit = false;
    parts.settings.new_company_plan = Plan::Enterprise;
    let services = Services::new(parts);
    let caller = owner(&services, "bench@example.com").await;
    let patch = CredentialsPatch {
        wildberries_api_key: Some(Some(Secret::new(marketplace.key.as_str()))),
        ..CredentialsPatch::default()
    };
    tenants::update_credentials(&services, &caller, patch, &client()).await.unwrap();
    once(&format!("{engine}, first sync"), &services, &caller).await;
    once(&format!("{engine}, nothing new"), &services, &caller).await;
    pages(engine, &services, &caller).await;
    test.store.close().await;
}

/// One sync, with the time of each step.
async fn once(what: &str, services: &Services, caller: &Caller) {
    let run = syncs::start(services, caller, &client()).await.unwrap().task_id;
    let mut seen = syncs::watch(services, caller, run).await.unwrap().unwrap().boxed();
    let (begun, worked) = (Instant::now(), processor_time());
    let worker = tokio::spawn({
        let services = services.clone();
        async move { syncs::run_now(&services, run).await.unwrap() }
    });
    let mut ends: HashMap<&'static str, Duration> = HashMap::new();
    let mut last: Option<SyncRun> = None;
    while let Some(run) = seen.next().await {
        for step in run.steps.iter().filter(|step| step.state == StepState::Done) {
            ends.entry(step.kind.as_str()).or_insert_with(|| begun.elapsed());
        }
        last = Some(run);
    }
    worker.await.unwrap();
    let whole = begun.elapsed();
    let run = last.unwrap();
    assert_eq!(run.status, SyncStatus::Completed, "{run:#?}");
    println!(
        "{what}: {:.2} s, {:.2} s of a processor, peak memory {} MiB",
        whole.as_secs_f64(),
        (processor_time() - worked).as_secs_f64(),
        peak_memory()
    );
    let mut before = Duration::ZERO;
    for step in &run.steps {
        let end = ends.get(step.kind.as_str()).copied().unwrap_or(whole);
        println!(
            "  {:18} {:>6.2} s  {:>8} rows {:>8} changed {:>5} requests",
            step.kind.as_str(),
            end.saturating_sub(before).as_secs_f64(),
            step.rows,
            step.changed,
            step.requests
        );
        before = end;
    }
}

/// What a page of the list takes, as a person waits for it.
async fn pages(engine: &str, services: &Services, caller: &Caller) {
    use domain::product::{ProductQuery, ProductSort};
    for (name, sort_by, search) in [
        ("newest", ProductSort::UpdatedAt, None),
        ("by cover", ProductSort::Cover, None),
        ("searched", ProductSort::ProductName, Some("кружка 1".to_owned())),
    ] {
        let query = ProductQuery { sort_by, search, ..ProductQuery::default() };
        let mut times: Vec<Duration> = Vec::new();
        for _ in 0..20 {
            let begun = Instant::now();
            services::products::list(services, caller, &query).await.unwrap();
            times.push(begun.elapsed());
        }
        times.sort_unstable();
        println!("{engine}, a page {name}: {:.1} ms", times[10].as_secs_f64() * 1000.0);
    }
}

/// What this process has used of the processors; PostgreSQL's own is not among it.
fn processor_time() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks = after_name.split_whitespace().skip(11).take(2);
    let hundredths: u64 = ticks.filter_map(|text| text.parse::<u64>().ok()).sum();
    Duration::from_millis(hundredths * 10)
}

/// The most memory that this process ever had, MiB.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kib = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
    kib.unwrap_or_default() / 1024
}

/// The process that answers.
struct Marketplace {
    address: String,
    key: String,
    process: Child,
}

impl Marketplace {
    fn start(now: DateTime<Utc>) -> Self {
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args(std::env::args().skip(1))
            .env("BENCH_MARKETPLACE", now.to_rfc3339())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let (address, key) = (lines.next().unwrap().unwrap(), lines.next().unwrap().unwrap());
        Self { address, key, process }
    }
}

impl Drop for Marketplace {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

type Answers = Arc<Mutex<HashMap<(String, Bytes), (axum::http::response::Parts, Bytes)>>>;

async fn marketplace(cards: u32, orders: f64, now: DateTime<Utc>) {
    let settings = Settings {
        skus: cards,
        days: 100,
        mean_orders: orders,
        limits: Limiting::Off,
        ..Settings::default()
    };
    let simulator = Simulator::new(settings, simulator::Clock::fixed(now));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    println!("http://{}", listener.local_addr().unwrap());
    println!("{}", simulator.keys().personal);
    let router =
        Router::new().fallback(answer).with_state((simulator.router(), Answers::default()));
    axum::serve(listener, router).await.unwrap();
}

/// The answer of before, else the simulator's.
async fn answer(
    State((simulator, answers)): State<(Router, Answers)>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    let question = (parts.uri.to_string(), body.clone());
    let known = answers.lock().unwrap().get(&question).cloned();
    let (head, body) = if let Some(known) = known {
        known
    } else {
        let request = Request::from_parts(parts, Body::from(body));
        let (head, body) = simulator.oneshot(request).await.unwrap().into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        answers.lock().unwrap().insert(question, (head.clone(), body.clone()));
        (head, body)
    };
    Response::from_parts(head, Body::from(body))
}

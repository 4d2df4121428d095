//! One company with a million sizes: the first sync, one with nothing changed, one with a tenth and one with all of them
//! changed, on each engine; and beside each what the bare engine takes for the same rows.
//!
//! `cargo bench -p benches --bench scale -- [sizes] [sqlite|postgres|both] [first,none,tenth,all]`; PostgreSQL is measured
//! if `TEST_POSTGRES_URL` names a cluster. The marketplace is a process of its own and answers by formula; what it took
//! of the processors is told apart.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a benchmark that fails has no result"
)]

#[path = "shop_of_many/bare.rs"]
mod bare;
#[path = "shop_of_many/marketplace.rs"]
mod marketplace;

use domain::{Plan, Secret, sync::StepState, tenant::CredentialsPatch};
use futures::StreamExt;
use marketplace::Marketplace;
use outbound::Front;
use services::{
    Caller, Clock, Services, syncs, tenants,
    testing::{client, owner, parts},
};
use std::{
    collections::HashMap,
    time::{Duration, Instant},
};
use store::testing::TestStore;

fn main() {
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    let sizes: u64 = arguments.first().and_then(|text| text.parse().ok()).unwrap_or(1_000_000);
    let engine = arguments.get(1).map_or("both", String::as_str).to_owned();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    match std::env::var("BENCH_MARKETPLACE") {
        Ok(now) => runtime.block_on(marketplace::serve(sizes, now.parse().unwrap())),
        Err(_) => runtime.block_on(async {
            outbound::install_crypto_provider();
            if engine != "postgres" {
                measure("SQLite", TestStore::sqlite().await, sizes).await;
            }
            if engine != "sqlite" && std::env::var_os("TEST_POSTGRES_URL").is_some() {
                measure("PostgreSQL", TestStore::postgres().await, sizes).await;
            }
        }),
    }
}

async fn measure(engine: &str, test: TestStore, sizes: u64) {
    // A clock that runs, since ids lie in an index in the order of their time.
    let clock = Clock::system();
    let now = clock.now();
    let marketplace = Marketplace::start(now);
    let mut parts = parts(&test);
    parts.clock = clock;
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

    println!("{engine}, {sizes} sizes");
    for (what, round) in
        [("first", 0), ("nothing changed", 0), ("a tenth changed", 1), ("all changed", 2)]
    {
        marketplace.turn_to(round).await;
        once(engine, what, &services, &caller, &marketplace).await;
        match what {
            "first" => bare::first(&test),
            "all changed" => bare::changed(&test),
            _ => {}
        }
    }
    test.store.close().await;
}

async fn once(
    engine: &str,
    what: &str,
    services: &Services,
    caller: &Caller,
    marketplace: &Marketplace,
) {
    let run = syncs::start(services, caller, &client()).await.unwrap().task_id;
    let mut seen = syncs::watch(services, caller, run).await.unwrap().unwrap().boxed();
    let (begun, ours, theirs) = (Instant::now(), processor("self"), marketplace.processor());
    let worker = tokio::spawn({
        let services = services.clone();
        async move { syncs::run_now(&services, run).await.unwrap() }
    });
    let mut ends: HashMap<&'static str, Duration> = HashMap::new();
    while let Some(run) = seen.next().await {
        for step in run.steps.iter().filter(|step| step.finished_at.is_some()) {
            ends.entry(step.kind.as_str()).or_insert_with(|| begun.elapsed());
        }
    }
    worker.await.unwrap();
    let whole = begun.elapsed();
    let run = syncs::get(services, caller, run).await.unwrap().unwrap();
    println!(
        "{engine}, {what}: {:.1} s ({:.1} s of a processor here, {:.1} s at the marketplace), peak memory {} MiB",
        whole.as_secs_f64(),
        (processor("self") - ours).as_secs_f64(),
        (marketplace.processor() - theirs).as_secs_f64(),
        peak_memory()
    );
    let mut before = Duration::ZERO;
    for step in &run.steps {
        let end = ends.get(step.kind.as_str()).copied().unwrap_or(whole);
        let took = end.saturating_sub(before);
        before = end;
        let problem = step.problem.as_ref().map_or("", |problem| problem.detail.as_str());
        println!(
            "  {:18} {:?} {:>6.2} s {:>8} rows {:>8} changed {:>6} requests  {problem}",
            step.kind.as_str(),
            step.state,
            took.as_secs_f64(),
            step.rows,
            step.changed,
            step.requests
        );
    }
    use domain::sync::StepKind as K;
    for needed in [K::Products, K::MarketplaceStock, K::SellerStock, K::Orders, K::Measures] {
        let step = run.steps.iter().find(|step| step.kind == needed).unwrap();
        assert_eq!(step.state, StepState::Done, "{run:#?}");
    }
}

/// What a process has used of the processors; PostgreSQL's own is not among it.
pub(crate) fn processor(process: &str) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
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

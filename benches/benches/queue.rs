//! The queue and the schedule: jobs a second, how soon a job is picked up after its commit, and how late the runs of
//! many companies are made when each comes due at its own moment.
//!
//! `cargo bench -p benches --bench queue -- [jobs] [companies]`; PostgreSQL is measured if `TEST_POSTGRES_URL` names a
//! cluster. A machine with two cores is shared by the database, the worker and this program.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::cast_precision_loss,
    reason = "a benchmark that fails has no result"
)]

use chrono::{TimeDelta, Utc};
use domain::SyncRunId;
use services::{Clock, Services, syncs, testing::parts};
use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use store::{
    WorkerSettings,
    testing::{Company, TestStore},
};
use tokio::sync::Notify;

fn main() {
    let arguments: Vec<usize> =
        std::env::args().skip(1).filter_map(|text| text.parse().ok()).collect();
    let jobs = arguments.first().copied().unwrap_or(20_000);
    let companies = arguments.get(1).copied().unwrap_or(10_000);
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        throughput("SQLite", TestStore::sqlite().await, jobs).await;
        lag("SQLite", TestStore::sqlite().await, companies).await;
        if std::env::var_os("TEST_POSTGRES_URL").is_some() {
            throughput("PostgreSQL", TestStore::postgres().await, jobs).await;
            lag("PostgreSQL", TestStore::postgres().await, companies).await;
        }
    });
}

fn id() -> SyncRunId {
    Clock::system().new_id()
}

async fn push(test: &TestStore, company: &Company, runs: &[SyncRunId]) {
    let mut tx = test.store.write(&company.caller).await.unwrap();
    for run in runs {
        tx.push_job(*run, None).await.unwrap();
    }
    tx.commit().await.unwrap();
}

/// Jobs that do nothing, and then one at a time into an idle queue.
async fn throughput(engine: &str, test: TestStore, jobs: usize) {
    let company = test.company("Очередь").await;
    let runs: Vec<SyncRunId> = (0..jobs).map(|_| id()).collect();
    let begun = Instant::now();
    for part in runs.chunks(1000) {
        push(&test, &company, part).await;
    }
    let pushed = begun.elapsed();

    let done = Arc::new((AtomicUsize::new(0), Notify::new()));
    let picked: Arc<Mutex<HashMap<SyncRunId, Instant>>> = Arc::default();
    let stop = Arc::new(Notify::new());
    let settings = WorkerSettings { concurrency: 64, ..WorkerSettings::new("bench") };
    let worker = tokio::spawn(test.store.work(
        settings,
        {
            let stop = stop.clone();
            async move { stop.notified().await }
        },
        {
            let (done, picked) = (done.clone(), picked.clone());
            move |job| {
                picked.lock().unwrap().insert(job.run, Instant::now());
                done.0.fetch_add(1, Ordering::SeqCst);
                done.1.notify_one();
                std::future::ready(Ok(()))
            }
        },
    ));
    let begun = Instant::now();
    wait(&done, jobs).await;
    let worked = begun.elapsed();
    println!(
        "{engine}: {jobs} jobs enqueued at {:.0} a second, worked on at {:.0} a second",
        jobs as f64 / pushed.as_secs_f64(),
        jobs as f64 / worked.as_secs_f64(),
    );

    // The queue's clock has seconds: what is pushed now is due now.
    let mut waits = Vec::new();
    for n in 0..300 {
        let run = id();
        push(&test, &company, &[run]).await;
        let committed = Instant::now();
        wait(&done, jobs + n + 1).await;
        waits.push(picked.lock().unwrap()[&run].saturating_duration_since(committed));
        tokio::time::sleep(Duration::from_millis(7 * (n as u64 % 5))).await;
    }
    waits.sort_unstable();
    println!(
        "{engine}: picked up after p50 {:?}, p99 {:?}, most {:?}",
        waits[waits.len() / 2],
        waits[waits.len() * 99 / 100],
        waits[waits.len() - 1]
    );
    stop.notify_one();
    worker.await.unwrap();
}

async fn wait(done: &(AtomicUsize, Notify), jobs: usize) {
    while done.0.load(Ordering::SeqCst) < jobs {
        done.1.notified().await;
    }
}

/// Many companies with one shop each, due at moments spread over two minutes; one program looks every second.
async fn lag(engine: &str, test: TestStore, companies: usize) {
    let mut shops = Vec::new();
    for n in 0..companies {
        shops.push(test.company(&format!("Компания {n}")).await);
    }
    let mut parts = parts(&test);
    parts.clock = Clock::system();
    let services = Services::new(parts);
    let begun = Utc::now() + TimeDelta::seconds(2);
    let over = TimeDelta::seconds(120);
    let check = domain::account::KeyCheck {
        marketplace: domain::Marketplace::Wildberries,
        status: domain::account::KeyStatus::Valid,
        kind: Some(domain::account::KeyKind::Personal),
        expires_at: None,
        scopes: Vec::new(),
        read_only: None,
        seller_name: None,
        message: String::new(),
        checked_at: begun,
    };
    for (n, shop) in shops.iter().enumerate() {
        let mut tx = test.store.write(&shop.caller).await.unwrap();
        tx.set_key_check(shop.account, Some(&check), begun).await.unwrap();
        let at = begun + over * i32::try_from(n).unwrap() / i32::try_from(companies).unwrap();
        tx.set_due(shop.account, "orders", at).await.unwrap();
        tx.commit().await.unwrap();
    }
    // Planting takes a while: the two minutes begin when it is done.
    let late = (Utc::now() - begun).max(TimeDelta::zero());
    for shop in &shops {
        let mut tx = test.store.write(&shop.caller).await.unwrap();
        let (kind, at) = tx.schedule(shop.account).await.unwrap().remove(0);
        tx.set_due(shop.account, &kind, at + late + late + TimeDelta::seconds(2)).await.unwrap();
        tx.commit().await.unwrap();
    }
    let (mut made, mut lags, mut busy) = (0, Vec::new(), Duration::ZERO);
    let mut ticks = tokio::time::interval(Duration::from_secs(1));
    while made < companies {
        ticks.tick().await;
        let now = Instant::now();
        let (begun, lag) = syncs::run_due(&services).await.unwrap();
        busy += now.elapsed();
        made += begun;
        if begun > 0 {
            lags.push(lag);
        }
    }
    lags.sort_unstable();
    println!(
        "{engine}: {companies} shops in two minutes: latest of each look p50 {} ms, p99 {} ms, most {} ms; busy {busy:?}",
        lags[lags.len() / 2].num_milliseconds(),
        lags[lags.len() * 99 / 100].num_milliseconds(),
        lags[lags.len() - 1].num_milliseconds(),
    );
}

//! What the look-up of sign-ins every half second costs: authenticated `GET /tenants/me` of the services at 32 tasks, as it is, and
//! with look-ups that are believed for an hour. `cargo bench -p benches --bench caller -- [seconds a pass] [sign-ins]`;
//! PostgreSQL is measured if `TEST_POSTGRES_URL` names a cluster. Passes alternate, so that a busy machine slows both.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a benchmark that fails has no result"
)]

use chrono::TimeDelta;
use domain::auth::LoginRequest;
use http::HeaderMap;
use services::{
    Clock, Services, access,
    accounts::login,
    tenants,
    testing::{bearer, client, owner, parts},
};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use store::testing::TestStore;

/// Tasks that ask at the same time.
const TASKS: usize = 32;

/// Passes of each kind.
const PASSES: usize = 5;

fn main() {
    let numbers: Vec<u64> = std::env::args().skip(1).filter_map(|a| a.parse().ok()).collect();
    let seconds = numbers.first().copied().unwrap_or(3);
    let sign_ins = numbers.get(1).copied().unwrap_or(100);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        measure("SQLite", TestStore::sqlite().await, seconds, sign_ins).await;
        if std::env::var_os("TEST_POSTGRES_URL").is_some() {
            measure("PostgreSQL", TestStore::postgres().await, seconds, sign_ins).await;
        }
    });
}

async fn measure(engine: &str, test: TestStore, seconds: u64, sign_ins: u64) {
    let with = |believed: TimeDelta| {
        let mut parts = parts(&test);
        parts.clock = Clock::system();
        parts.settings.rate_limit = false;
        parts.settings.sign_in_believed = believed;
        Services::new(parts)
    };
    let (usual, rarely) = (with(TimeDelta::milliseconds(500)), with(TimeDelta::hours(1)));
    owner(&usual, "bench@example.com").await;
    let mut tokens = Vec::new();
    for _ in 0..sign_ins {
        let request = LoginRequest {
            email: "bench@example.com".into(),
            password: "correct horse battery".into(),
            otp: None,
        };
        tokens
            .push(bearer(&login::for_api(&usual, request, &client()).await.unwrap().access_token));
    }
    let tokens = Arc::new(tokens);
    let pass = Duration::from_secs(seconds);
    let (mut as_it_is, mut without) = (Vec::new(), Vec::new());
    for _ in 0..PASSES {
        as_it_is.push(requests(&usual, &tokens, pass).await);
        without.push(requests(&rarely, &tokens, pass).await);
    }
    let (as_it_is, without) = (median(as_it_is), median(without));
    println!(
        "{engine}: {as_it_is:.0} requests/s as it is, {without:.0} without look-ups: {:.1} % for {sign_ins} sign-ins",
        (1.0 - as_it_is / without) * 100.0
    );
    test.store.close().await;
}

/// Requests a second.
async fn requests(services: &Services, tokens: &Arc<Vec<HeaderMap>>, pass: Duration) -> f64 {
    let begun = Instant::now();
    let tasks: Vec<_> = (0..TASKS)
        .map(|task| {
            let (services, tokens) = (services.clone(), Arc::clone(tokens));
            tokio::spawn(async move {
                let mut done = 0_u32;
                while begun.elapsed() < pass {
                    let at = (task + done as usize * TASKS) % tokens.len();
                    let caller = access::caller(&services, &tokens[at]).await.unwrap();
                    tenants::me(&services, &caller).await.unwrap();
                    done += 1;
                }
                done
            })
        })
        .collect();
    let mut done = 0;
    for task in tasks {
        done += task.await.unwrap();
    }
    f64::from(done) / begun.elapsed().as_secs_f64()
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

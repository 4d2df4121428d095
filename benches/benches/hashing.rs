//! 150 parallel sign-ins at bcrypt's cost of production: how long other endpoints take meanwhile, how many sign-ins come
//! through and how many are refused, how soon a refusal comes, and the throughput beside raw bcrypt on as many threads.
//!
//! `cargo bench -p benches --bench hashing -- [seconds]`. Load and server share the machine: run it alone.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a benchmark that fails has no result"
)]

mod load;
mod served;

use load::{load, ms, quantile};
use services::{Hasher, Services, hasher, testing::parts};
use std::{
    thread,
    time::{Duration, Instant},
};
use store::testing::TestStore;

const SIGN_INS: usize = 150;
const OTHERS: usize = 8;

#[tokio::main]
async fn main() {
    let seconds = std::env::args().skip(1).find_map(|text| text.parse().ok()).unwrap_or(20);
    let time = Duration::from_secs(seconds);
    let threads = thread::available_parallelism().map_or(1, |cores| cores.get() - 1).max(1);
    let raw = raw(threads, time / 2);
    println!("raw bcrypt, cost {}, {threads} threads: {raw:.2} hashes/s", hasher::COST);
    measure("SQLite", TestStore::sqlite().await, time, raw).await;
    if std::env::var_os("TEST_POSTGRES_URL").is_some() {
        measure("PostgreSQL", TestStore::postgres().await, time, raw).await;
    } else {
        println!("TEST_POSTGRES_URL is not set: PostgreSQL is left out");
    }
}

/// Hashes a second of so many threads that do nothing else.
fn raw(threads: usize, time: Duration) -> f64 {
    let begun = Instant::now();
    let workers: Vec<_> = (0..threads)
        .map(|_| {
            thread::spawn(move || {
                let mut hashes = 0_u32;
                while begun.elapsed() < time {
                    std::hint::black_box(
                        bcrypt::hash("correct horse battery", hasher::COST).unwrap(),
                    );
                    hashes += 1;
                }
                hashes
            })
        })
        .collect();
    let hashes: u32 = workers.into_iter().map(|worker| worker.join().unwrap()).sum();
    f64::from(hashes) / begun.elapsed().as_secs_f64()
}

async fn measure(engine: &str, test: TestStore, time: Duration, raw: f64) {
    outbound::install_crypto_provider();
    let mut parts = parts(&test);
    parts.settings.rate_limit = false;
    parts.hasher = Hasher::new(hasher::COST);
    let services = Services::new(parts);
    let person = served::register(&services).await;
    let host = served::serve(served::router(&services)).await;
    let other = load::get("/api/v1/tenants/me", &person.token);
    let body = format!(r#"{{"email":"{}","password":"{}"}}"#, served::EMAIL, served::PASSWORD);
    let sign_in = load::post("/api/v1/auth/login", &body);

    tell(engine, "alone", &load(&host, &other, OTHERS, time / 4).await);
    let (sign_ins, others) =
        tokio::join!(load(&host, &sign_in, SIGN_INS, time), load(&host, &other, OTHERS, time));
    tell(engine, "beside them", &others);
    let (accepted, refused) = (sign_ins.times(200), sign_ins.times(429));
    assert_eq!(accepted.len() + refused.len(), sign_ins.answers.len(), "200 or 429");
    println!(
        "{engine:10} {SIGN_INS} sign-ins: {} accepted (p50 {:.0} ms, max {:.0} ms), {} refused (p50 {:.2} ms, p99 {:.2} ms)",
        accepted.len(),
        ms(quantile(&accepted, 0.5)),
        ms(quantile(&accepted, 1.0)),
        refused.len(),
        ms(quantile(&refused, 0.5)),
        ms(quantile(&refused, 0.99)),
    );
    let rate = sign_ins.rate(200);
    println!("{engine:10} {rate:.2} sign-ins/s, {:.0} % of raw bcrypt", 100.0 * rate / raw);
    test.store.close().await;
}

fn tell(engine: &str, when: &str, seen: &load::Seen) {
    let times = seen.times(200);
    assert_eq!(times.len(), seen.answers.len(), "every answer is 200");
    println!(
        "{engine:10} other endpoints {when:12} {:>7.0}/s  p50 {:.2} ms  p99 {:.2} ms  max {:.2} ms",
        seen.rate(200),
        ms(quantile(&times, 0.5)),
        ms(quantile(&times, 0.99)),
        ms(quantile(&times, 1.0)),
    );
}

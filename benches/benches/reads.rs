//! Two reads over HTTP, requests a second and how long they take, each beside a plain axum handler that runs the same SQL
//! without a token, limits, headers or log; on each engine, and on PostgreSQL with and without row-level security.
//!
//! `cargo bench -p benches --bench reads -- [seconds] [products]`; PostgreSQL is measured if `TEST_POSTGRES_URL` names a
//! cluster. Load and servers share the machine: run it alone.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a benchmark that fails has no result"
)]

mod load;
mod served;

use axum::{Json, Router, extract::State, routing::get};
use domain::product::ProductQuery;
use load::{load, ms, quantile};
use services::{Caller, Services, testing::parts};
use std::time::Duration;
use store::testing::TestStore;

const CONNECTIONS: usize = 32;

#[tokio::main]
async fn main() {
    let arguments: Vec<u64> =
        std::env::args().skip(1).filter_map(|text| text.parse().ok()).collect();
    let seconds = Duration::from_secs(arguments.first().copied().unwrap_or(10));
    let products = i64::try_from(arguments.get(1).copied().unwrap_or(10_000)).unwrap();
    println!("{CONNECTIONS} connections, {seconds:?} each, {products} products");
    measure("SQLite", TestStore::sqlite().await, products, seconds).await;
    if std::env::var_os("TEST_POSTGRES_URL").is_some() {
        measure("PostgreSQL", TestStore::postgres().await, products, seconds).await;
        let open = TestStore::postgres().await;
        open.without_row_security().await;
        measure("PostgreSQL without row-level security", open, products, seconds).await;
    } else {
        println!("TEST_POSTGRES_URL is not set: PostgreSQL is left out");
    }
}

async fn measure(engine: &str, test: TestStore, products: i64, time: Duration) {
    outbound::install_crypto_provider();
    let mut parts = parts(&test);
    parts.settings.rate_limit = false;
    let services = Services::new(parts);
    let person = served::register(&services).await;
    served::fill(&services, &person, products).await;
    let ours = served::serve(served::router(&services)).await;
    let plain = served::serve(plain(&services, &person.caller)).await;
    for path in ["/api/v1/tenants/me", "/api/v1/products/"] {
        let request = load::get(path, &person.token);
        let mut rates = Vec::new();
        for (whose, host) in [("ours", &ours), ("plain", &plain)] {
            load(host, &request, CONNECTIONS, Duration::from_secs(1)).await;
            let seen = load(host, &request, CONNECTIONS, time).await;
            let times = seen.times(200);
            assert_eq!(times.len(), seen.answers.len(), "every answer is 200");
            println!(
                "{engine:38} {path:20} {whose:5} {:>8.0}/s  p50 {:>6.2} ms  p99 {:>6.2} ms  {} bytes",
                seen.rate(200),
                ms(quantile(&times, 0.5)),
                ms(quantile(&times, 0.99)),
                seen.bytes,
            );
            rates.push(seen.rate(200));
        }
        println!("{engine:38} {path:20} ours / plain: {:.0} %", 100.0 * rates[0] / rates[1]);
    }
    test.store.close().await;
}

/// The same SQL and the same rows as JSON, and nothing else.
fn plain(services: &Services, caller: &Caller) -> Router {
    async fn me(
        State((services, caller)): State<(Services, Caller)>,
    ) -> Json<domain::tenant::Tenant> {
        let mut tx = services.store.read(&caller).await.unwrap();
        let tenant = tx.tenant_row().await.unwrap().unwrap();
        tx.commit().await.unwrap();
        Json(tenant)
    }
    async fn list(
        State((services, caller)): State<(Services, Caller)>,
    ) -> Json<Vec<domain::product::ProductSummary>> {
        let mut tx = services.store.read_steady(&caller).await.unwrap();
        let page = tx.list_products(&ProductQuery::default(), store::Part::Page).await.unwrap();
        tx.commit().await.unwrap();
        Json(page.rows.into_iter().map(|row| row.summary).collect())
    }
    Router::new()
        .route("/api/v1/tenants/me", get(me))
        .route("/api/v1/products/", get(list))
        .with_state((services.clone(), caller.clone()))
}

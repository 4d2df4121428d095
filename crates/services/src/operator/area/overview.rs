//! How the installation is: its queue, its marketplaces, the ages of its data. Sums over all companies.

use super::{Operator, looked};
use crate::{Services, error::Result};
use domain::operator::{AgeOfData, ClosedGroup, Counted, Installation, PoolState};
use serde_json::json;
use store::Engine;

/// All of it, now.
pub async fn overview(services: &Services, operator: &Operator) -> Result<Installation> {
    looked(services, operator, json!({ "page": "overview" })).await?;
    let now = services.clock.now();
    let counts = services.store.queue_counts(now).await?;
    let gauges = services.store.gauges(now).await?;
    let database = match services.store.engine() {
        Engine::Postgres => "postgres",
        Engine::Sqlite => "sqlite",
    };
    let pools = services.store.pools_in_use().into_iter().map(|pool| PoolState {
        name: pool.name.to_owned(),
        in_use: pool.in_use,
        idle: pool.idle,
        most: pool.most,
    });
    let closed = gauges.closed.into_iter().map(|closed| ClosedGroup {
        name: closed.name,
        sellers: closed.count,
        until: closed.until,
    });
    let ages = gauges.ages.into_iter().map(|age| AgeOfData {
        step: age.step,
        p50: age.p50,
        p99: age.p99,
        oldest: age.oldest,
    });
    Ok(Installation {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        database: database.to_owned(),
        pools: pools.collect(),
        workers: counts.workers,
        jobs: counted(counts.jobs),
        syncs: counted(counts.runs),
        postponed: gauges.postponed,
        waiting_since: gauges.waiting_since,
        due: counts.due,
        due_since: counts.due_since,
        closed: closed.collect(),
        quarantined: gauges.quarantined,
        ages: ages.collect(),
        companies: gauges.companies.0,
        suspended: gauges.companies.1,
    })
}

fn counted(counts: Vec<(String, i64)>) -> Vec<Counted> {
    let counted = |(name, count): (String, i64)| Counted { name: name.to_lowercase(), count };
    counts.into_iter().map(counted).collect()
}

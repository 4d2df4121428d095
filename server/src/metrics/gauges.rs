//! The state of the queue, of the marketplaces' limits and of the data, asked of the database; that of the process, asked
//! of nobody.

use super::text::Page;
use crate::telemetry::chain;
use chrono::{DateTime, Utc};
use services::Services;
use std::time::Duration;
use store::{Gauges, QueueCounts};

/// The database may take so long; then its part is left out.
const PATIENCE: Duration = Duration::from_secs(3);

/// What the database says. That it says nothing is a measure, too.
pub async fn ask(services: &Services) -> String {
    let now = services.clock.now();
    let asked = async {
        let counts = services.store.queue_counts(now).await?;
        Ok::<_, store::Error>((counts, services.store.gauges(now).await?))
    };
    let mut page = Page::default();
    let answer = tokio::time::timeout(PATIENCE, asked).await;
    let is_up = matches!(answer, Ok(Ok(_)));
    page.one(
        "stock_tracker_database_up",
        "1 while the database answers the monitor's questions",
        if is_up { 1.0 } else { 0.0 },
    );
    match answer {
        Ok(Ok((counts, gauges))) => {
            queue(&mut page, &counts, &gauges, now);
            data(&mut page, &gauges, now);
        }
        Ok(Err(error)) => tracing::warn!(error = chain(&error), "the monitor got no measures"),
        Err(_) => tracing::warn!("the monitor got no measures: the database is slow"),
    }
    page.done()
}

fn queue(page: &mut Page, counts: &QueueCounts, gauges: &Gauges, now: DateTime<Utc>) {
    let jobs: Vec<(String, i64)> =
        counts.jobs.iter().map(|(state, n)| (state.to_lowercase(), *n)).collect();
    page.gauge(
        "stock_tracker_jobs",
        "Jobs of the queue by kind and state; ended ones are kept for a day",
        jobs.iter().map(|(state, n)| (vec![("kind", "sync"), ("state", state.as_str())], f(*n))),
    );
    page.one(
        "stock_tracker_workers",
        "Workers that said within a minute that they live",
        f(counts.workers),
    );
    page.gauge(
        "stock_tracker_syncs",
        "Syncs that are not over, by status",
        ["pending", "running"].map(|status| {
            let count = counts.runs.iter().find(|(name, _)| name == status).map_or(0, |(_, n)| *n);
            (vec![("status", status)], f(count))
        }),
    );
    page.one(
        "stock_tracker_syncs_postponed",
        "Syncs that wait for a moment to come: a marketplace's limit, a pause after a failure",
        f(gauges.postponed),
    );
    page.one(
        "stock_tracker_oldest_waiting_sync_seconds",
        "How long the longest waiting sync could have been at work",
        seconds(gauges.waiting_since, now),
    );
    page.one(
        "stock_tracker_due",
        "Kinds of shops' data that are due and whose sync was not made yet",
        f(counts.due),
    );
    page.one(
        "stock_tracker_schedule_lag_seconds",
        "How long the longest overdue of them is",
        seconds(counts.due_since, now),
    );
    page.gauge(
        "stock_tracker_closed_limits",
        "Sellers whose limit is closed until later, by marketplace and group of methods",
        gauges.closed.iter().map(|closed| {
            (vec![("group", closed.name.as_deref().unwrap_or("unknown"))], f(closed.count))
        }),
    );
}

fn data(page: &mut Page, gauges: &Gauges, now: DateTime<Utc>) {
    page.gauge(
        "stock_tracker_data_age_seconds",
        "Age of the data of shops that are read by themselves, by kind and quantile",
        gauges.ages.iter().flat_map(|age| {
            [("0.5", age.p50), ("0.9", age.p90), ("0.99", age.p99), ("1", age.oldest)].map(
                |(quantile, at)| {
                    (
                        vec![("step", age.step.as_str()), ("quantile", quantile)],
                        seconds(Some(at), now),
                    )
                },
            )
        }),
    );
    page.one(
        "stock_tracker_quarantined_rows",
        "Rows of marketplaces' answers that could not be read and are kept",
        f(gauges.quarantined),
    );
    let (active, suspended) = gauges.companies;
    page.gauge(
        "stock_tracker_companies",
        "Companies by whether they may work",
        [("active", active), ("suspended", suspended)]
            .map(|(state, n)| (vec![("state", state)], f(n))),
    );
}

/// What the process knows by itself.
pub fn process(services: &Services) -> String {
    let mut page = Page::default();
    let pools = services.store.pools_in_use();
    page.gauge(
        "stock_tracker_database_connections",
        "Connections of this process to the database, by pool and state",
        pools.iter().flat_map(|pool| {
            [("in_use", pool.in_use), ("idle", pool.idle)]
                .map(|(state, n)| (vec![("pool", pool.name), ("state", state)], f64::from(n)))
        }),
    );
    page.gauge(
        "stock_tracker_database_connections_max",
        "The most that a pool may have",
        pools.iter().map(|pool| (vec![("pool", pool.name)], f64::from(pool.most))),
    );
    page.gauge(
        "stock_tracker_build_info",
        "1, with the version of the program",
        [(vec![("version", env!("CARGO_PKG_VERSION"))], 1.0)],
    );
    if let Some(bytes) = resident() {
        page.one("process_resident_memory_bytes", "Memory of this process", bytes);
    }
    page.done()
}

/// Where the system tells.
fn resident() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: u32 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(f64::from(kib) * 1024.0)
}

/// Nothing waits: zero.
fn seconds(since: Option<DateTime<Utc>>, now: DateTime<Utc>) -> f64 {
    since.map_or(0.0, |since| (now - since).as_seconds_f64().max(0.0))
}

#[expect(clippy::cast_precision_loss, reason = "a gauge is a float; counts are far below 2^53")]
fn f(n: i64) -> f64 {
    n as f64
}

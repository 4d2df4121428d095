//! `stock-tracker queue`: what the workers do and what waits.

use crate::{config::Config, start};
use clap::Args;
use serde_json::{Value, json};
use services::{operator, store::QueuedRun};

/// Looks at the queue.
#[derive(Args)]
pub struct Queue {
    /// The last syncs that ended badly, instead of those that are not over.
    #[arg(long)]
    failed: bool,
    /// At most so many syncs.
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=1000))]
    limit: u32,
    /// One JSON object, for programs.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    config: Config,
}

impl Queue {
    pub(super) fn run(self) -> anyhow::Result<()> {
        super::begin(&self.config, || async {
            let store = start::store(&self.config)?;
            store.verify().await?;
            let services = start::services(&self.config, store.clone(), start::Choices::default())?;
            let seen = operator::queue(&services, self.failed, self.limit).await?;
            store.close().await;
            if self.json {
                println!("{}", as_json(&seen));
            } else {
                print(&seen);
            }
            Ok(())
        })
    }
}

fn print(seen: &operator::Queue) {
    let counts = &seen.counts;
    println!("workers: {}", counts.workers);
    println!("jobs: {}", list(&counts.jobs));
    println!("syncs: {}", list(&counts.runs));
    match counts.due_since {
        Some(since) => println!("due: {}, the first since {since}", counts.due),
        None => println!("due: 0"),
    }
    println!("closed by marketplaces: {}", counts.closed_buckets);
    for run in &seen.runs {
        println!(
            "{} company {} shop {} {} ({}) next {} failures {} deaths {} {}",
            run.run,
            run.tenant,
            run.account,
            run.status.as_str(),
            run.origin,
            run.next_run_at,
            run.attempts,
            run.lost_leases,
            run.problem.as_deref().unwrap_or_default(),
        );
    }
}

fn list(counts: &[(String, i64)]) -> String {
    if counts.is_empty() {
        return "none".to_owned();
    }
    let words: Vec<String> = counts.iter().map(|(word, n)| format!("{n} {word}")).collect();
    words.join(", ").to_lowercase()
}

fn as_json(seen: &operator::Queue) -> Value {
    let counts = &seen.counts;
    let map = |counts: &[(String, i64)]| -> Value {
        counts.iter().map(|(word, n)| (word.to_lowercase(), json!(n))).collect()
    };
    json!({
        "workers": counts.workers,
        "jobs": map(&counts.jobs),
        "syncs": map(&counts.runs),
        "due": counts.due,
        "due_since": counts.due_since,
        "closed_by_marketplaces": counts.closed_buckets,
        "runs": seen.runs.iter().map(run_as_json).collect::<Value>(),
    })
}

fn run_as_json(run: &QueuedRun) -> Value {
    json!({
        "id": run.run,
        "tenant_id": run.tenant,
        "account_id": run.account,
        "status": run.status,
        "origin": run.origin,
        "created_at": run.created_at,
        "next_run_at": run.next_run_at,
        "lease_until": run.lease_until,
        "failures": run.attempts,
        "deaths": run.lost_leases,
        "problem": run.problem.as_deref().and_then(|text| serde_json::from_str::<Value>(text).ok()),
    })
}

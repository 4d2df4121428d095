//! The worker: takes the jobs of the queue, and looks after runs whose job was lost.

use super::{run_due, running::Turns, running_until};
use crate::{Services, error::chain};
use chrono::TimeDelta;
use std::time::Duration;
use store::Reason;
use tokio_util::sync::CancellationToken;

pub use store::WorkerSettings;

/// How often forgotten runs are looked for.
const LOOK_FOR_FORGOTTEN: Duration = Duration::from_secs(30);

/// A run that is due for longer than this and that nobody has lost its job.
const FORGOTTEN_AFTER: TimeDelta = TimeDelta::seconds(60);

/// Runs under way for each that may compute.
const RUNS_A_TURN: usize = 16;

/// What a job waits after a failure of the database, so that the queue does not try it as fast as it can.
const AFTER_FAILURE: Duration = Duration::from_secs(1);

/// How often shops are looked for of which something is due: a run begins that much late at most.
const LOOK_FOR_DUE: Duration = Duration::from_secs(1);

/// How often what says nothing any more is removed.
const SWEEP: Duration = Duration::from_hours(1);

/// Works until told to stop; what is under way then is handed back between two requests.
///
/// `settings.concurrency` is how many runs compute and write at the same time. More of them are under way: while one
/// waits for its marketplace, another has its turn.
pub async fn work(services: &Services, settings: WorkerSettings, stop: CancellationToken) {
    let stopped = stop.clone();
    let turns = Turns::new(settings.concurrency, RUNS_A_TURN * settings.concurrency.max(1));
    let settings = WorkerSettings { concurrency: turns.most_runs(), ..settings };
    let jobs = services.store.work(settings, async move { stopped.cancelled().await }, {
        let (services, stop) = (services.clone(), stop.clone());
        move |job| {
            let (services, stop, turns) = (services.clone(), stop.clone(), turns.clone());
            async move {
                match running_until(&services, job.run, &stop, &turns).await {
                    Ok(outcome) => {
                        tracing::info!(run = %job.run, tenant = %job.tenant, ?outcome, "worked on a sync");
                        Ok(())
                    }
                    Err(error) => {
                        tokio::time::sleep(AFTER_FAILURE).await;
                        Err(error.into())
                    }
                }
            }
        }
    });
    tokio::join!(
        jobs,
        look_for_forgotten(services, &stop),
        look_for_due(services, &stop),
        sweep(services, &stop)
    );
}

async fn look_for_due(services: &Services, stop: &CancellationToken) {
    if !services.settings.schedules {
        return;
    }
    let mut ticks = tokio::time::interval(LOOK_FOR_DUE);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    while stop.run_until_cancelled(ticks.tick()).await.is_some() {
        match run_due(services).await {
            Ok((0, _)) => {}
            Ok((made, lag)) => {
                tracing::info!(made, lag_ms = lag.num_milliseconds(), "shops came due");
            }
            Err(error) => tracing::warn!(error = chain(&error), "due shops can't be looked for"),
        }
    }
}

/// Buckets that are full and jobs that ended long ago say nothing.
async fn sweep(services: &Services, stop: &CancellationToken) {
    let mut ticks = tokio::time::interval(SWEEP);
    while stop.run_until_cancelled(ticks.tick()).await.is_some() {
        let swept = async {
            let mut tx = services.store.system_write(Reason::Pace).await?;
            tx.remove_full_buckets(services.clock.now()).await?;
            tx.commit().await?;
            services.store.remove_old_jobs().await.map(drop)
        };
        if let Err(error) = swept.await {
            tracing::warn!(error = chain(&error), "old jobs and full buckets stay for now");
        }
    }
}

async fn look_for_forgotten(services: &Services, stop: &CancellationToken) {
    let mut ticks = tokio::time::interval(LOOK_FOR_FORGOTTEN);
    while stop.run_until_cancelled(ticks.tick()).await.is_some() {
        if let Err(error) = revive(services).await {
            tracing::warn!(%error, "forgotten syncs can't be looked for");
        }
    }
}

async fn revive(services: &Services) -> crate::Result<()> {
    let now = services.clock.now();
    let mut tx = services.store.system_write(Reason::WorkerPickUp).await?;
    let forgotten = tx.revive_forgotten_runs(now - FORGOTTEN_AFTER, now).await?;
    for (run, tenant) in &forgotten {
        tracing::warn!(%run, %tenant, "a sync had lost its job");
        tx.push_job(*run, *tenant).await?;
    }
    tx.commit().await?;
    Ok(())
}

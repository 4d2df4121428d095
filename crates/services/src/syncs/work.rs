//! The worker: takes the jobs of the queue, and looks after runs whose job was lost.

use super::run_until;
use crate::Services;
use chrono::TimeDelta;
use std::time::Duration;
use store::Reason;
use tokio_util::sync::CancellationToken;

pub use store::WorkerSettings;

/// How often forgotten runs are looked for.
const LOOK_FOR_FORGOTTEN: Duration = Duration::from_secs(30);

/// A run that is due for longer than this and that nobody has lost its job.
const FORGOTTEN_AFTER: TimeDelta = TimeDelta::seconds(60);

/// What a job waits after a failure of the database, so that the queue does not try it as fast as it can.
const AFTER_FAILURE: Duration = Duration::from_secs(1);

/// Works until told to stop; what is under way then is handed back between two requests.
pub async fn work(services: &Services, settings: WorkerSettings, stop: CancellationToken) {
    let stopped = stop.clone();
    let jobs = services.store.work(settings, async move { stopped.cancelled().await }, {
        let (services, stop) = (services.clone(), stop.clone());
        move |job| {
            let (services, stop) = (services.clone(), stop.clone());
            async move {
                match run_until(&services, job.run, &stop).await {
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
    tokio::join!(jobs, look_for_forgotten(services, &stop));
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

//! The workers: apalis takes jobs, keeps their heartbeat, hands over those of dead workers, retries; the caller
//! says what a job does. A worker that lost the database starts again until it is told to stop.

use super::{QUEUE, SyncJob, wake::Wake};
use crate::engine::{Pools, Store};
use apalis::prelude::{BackendExt, BoxDynError, WorkerBuilder, WorkerBuilderExt, WorkerError};
use futures::FutureExt;
use std::{future::Future, time::Duration};

/// How workers work.
#[derive(Clone, Debug)]
pub struct WorkerSettings {
    /// A name of its own for this process, unique among all that ever ran.
    pub name: String,
    /// Jobs at the same time.
    pub concurrency: usize,
    /// How often it says that it lives.
    pub heartbeat: Duration,
    /// After how many missed heartbeats its jobs are another's.
    pub missed_heartbeats: usize,
    /// How often it looks for jobs that became due.
    pub poll: Duration,
}

impl WorkerSettings {
    /// Four jobs at a time, dead after a minute, a look five times a second.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            concurrency: 4,
            heartbeat: Duration::from_secs(20),
            missed_heartbeats: 3,
            poll: Duration::from_millis(200),
        }
    }
}

/// Why a worker that fails starts again only after a while: the database is away.
const RESTART_PAUSE: Duration = Duration::from_secs(2);

impl Store {
    /// Works until `stop` is over; then takes nothing new and waits for what is under way. A job that fails is
    /// tried again by the queue.
    pub async fn work<Handle, Done, Stop>(
        &self,
        settings: &WorkerSettings,
        stop: Stop,
        handle: Handle,
    ) where
        Handle: Fn(SyncJob) -> Done + Clone + Send + Sync + 'static,
        Done: Future<Output = Result<(), BoxDynError>> + Send + 'static,
        Stop: Future<Output = ()> + Send + 'static,
    {
        let stop = stop.shared();
        for start in 0_u64.. {
            let name = format!("{}-{start}", settings.name);
            if let Err(error) = self.work_once(&name, settings, stop.clone(), handle.clone()).await
            {
                tracing::warn!(%error, "the worker failed and starts again");
            }
            if stop.peek().is_some() {
                return;
            }
            futures::future::select(Box::pin(tokio::time::sleep(RESTART_PAUSE)), stop.clone())
                .await;
        }
    }

    async fn work_once<Handle, Done, Stop>(
        &self,
        name: &str,
        settings: &WorkerSettings,
        stop: Stop,
        handle: Handle,
    ) -> Result<(), WorkerError>
    where
        Handle: Fn(SyncJob) -> Done + Clone + Send + Sync + 'static,
        Done: Future<Output = Result<(), BoxDynError>> + Send + 'static,
        Stop: Future<Output = ()> + Send + 'static,
    {
        let wake = Wake::new(self.clone(), settings.poll);
        // A task of its own: a job that computes does not hold up the heartbeat.
        let run = move |job: SyncJob| {
            let work = handle(job);
            async move { tokio::spawn(work).await.map_err(BoxDynError::from)? }
        };
        let stop = stop.map(Ok::<(), WorkerError>);
        match &self.pools {
            Pools::Postgres(pool) => {
                let config = apalis_postgres::Config::default()
                    .queue(QUEUE)
                    .batch_size(settings.concurrency.max(1))
                    .heartbeat_interval(settings.heartbeat)
                    .missed_heartbeats(settings.missed_heartbeats);
                let backend =
                    apalis_postgres::PostgresStorage::<SyncJob>::new(pool).with_config(config);
                WorkerBuilder::new(name)
                    .backend(backend.poll_with_stream(wake))
                    .concurrency(settings.concurrency.max(1))
                    .build(run)
                    .run_until(stop)
                    .await
            }
            Pools::Sqlite { writer, .. } => {
                let config = apalis_sqlite::Config::default()
                    .queue(QUEUE)
                    .batch_size(settings.concurrency.max(1))
                    .heartbeat_interval(settings.heartbeat)
                    .missed_heartbeats(settings.missed_heartbeats);
                let backend =
                    apalis_sqlite::SqliteStorage::<SyncJob>::new(writer).with_config(config);
                WorkerBuilder::new(name)
                    .backend(backend.poll_with_stream(wake))
                    .concurrency(settings.concurrency.max(1))
                    .build(run)
                    .run_until(stop)
                    .await
            }
        }
    }
}

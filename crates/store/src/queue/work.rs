//! The workers: apalis takes jobs, keeps their heartbeat, hands over those of dead workers, retries; the caller
//! says what a job does. A worker that lost the database starts again until it is told to stop.

use super::{QUEUE, SyncJob, wake::Wake};
use crate::engine::{Pools, Store};
use apalis::prelude::{BackendExt, BoxDynError, WorkerBuilder, WorkerBuilderExt, WorkerError};
use futures::{
    FutureExt,
    future::{BoxFuture, Shared},
};
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
    pub fn work<Handle, Done, Stop>(
        &self,
        settings: WorkerSettings,
        stop: Stop,
        handle: Handle,
    ) -> BoxFuture<'static, ()>
    where
        Handle: Fn(SyncJob) -> Done + Clone + Send + Sync + 'static,
        Done: Future<Output = Result<(), BoxDynError>> + Send + 'static,
        Stop: Future<Output = ()> + Send + 'static,
    {
        let store = self.clone();
        let stop = stop.boxed().shared();
        async move {
            for start in 0_u64.. {
                let name = format!("{}-{start}", settings.name);
                let once =
                    once(store.clone(), name, settings.clone(), stop.clone(), handle.clone());
                if let Err(error) = once.await {
                    tracing::warn!(%error, "the worker failed and starts again");
                }
                if stop.peek().is_some() {
                    return;
                }
                let pause = tokio::time::sleep(RESTART_PAUSE);
                futures::future::select(Box::pin(pause), stop.clone()).await;
            }
        }
        .boxed()
    }
}

type Stop = Shared<BoxFuture<'static, ()>>;

/// One life of a worker.
fn once<Handle, Done>(
    store: Store,
    name: String,
    settings: WorkerSettings,
    stop: Stop,
    handle: Handle,
) -> BoxFuture<'static, Result<(), WorkerError>>
where
    Handle: Fn(SyncJob) -> Done + Clone + Send + Sync + 'static,
    Done: Future<Output = Result<(), BoxDynError>> + Send + 'static,
{
    let wake = Wake::new(store.clone(), settings.poll);
    // A task of its own: a job that computes does not hold up the heartbeat.
    let run = move |job: SyncJob| {
        let work = tokio::spawn(handle(job));
        async move {
            match work.await {
                Ok(done) => done,
                Err(panicked) => Err(BoxDynError::from(panicked)),
            }
        }
    };
    let stop = stop.map(Ok::<(), WorkerError>);
    let concurrency = settings.concurrency.max(1);
    match store.pools {
        Pools::Postgres(pool) => {
            let config = apalis_postgres::Config::default()
                .queue(QUEUE)
                .batch_size(concurrency)
                .heartbeat_interval(settings.heartbeat)
                .missed_heartbeats(settings.missed_heartbeats);
            let backend =
                apalis_postgres::PostgresStorage::<SyncJob>::new(&pool).with_config(config);
            WorkerBuilder::new(name.as_str())
                .backend(backend.poll_with_stream(wake))
                .concurrency(concurrency)
                .build(run)
                .run_until(stop)
                .boxed()
        }
        Pools::Sqlite { writer, .. } => {
            let config = apalis_sqlite::Config::default()
                .queue(QUEUE)
                .batch_size(concurrency)
                .heartbeat_interval(settings.heartbeat)
                .missed_heartbeats(settings.missed_heartbeats);
            let backend = apalis_sqlite::SqliteStorage::<SyncJob>::new(&writer).with_config(config);
            WorkerBuilder::new(name.as_str())
                .backend(backend.poll_with_stream(wake))
                .concurrency(concurrency)
                .build(run)
                .run_until(stop)
                .boxed()
        }
    }
}

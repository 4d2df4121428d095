//! When a worker looks into the queue: as soon as there is something in it, and only then. Looking means to write,
//! and SQLite has one writer; so a reader looks first. PostgreSQL says itself when a job comes; it is looked for all the
//! same, for jobs whose moment comes and for what was said while nobody listened.

use crate::engine::{Pools, Store};
use futures::Stream;
use sqlx::postgres::{PgListener, PgPoolOptions};
use std::{
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};
use tokio::{sync::mpsc, task::JoinHandle};

/// Where the queue's trigger tells of new jobs.
const TOLD: &str = "apalis::job::insert";

/// SQLite tells nobody; looking there is a read in this process.
const SQLITE_LOOK: Duration = Duration::from_millis(25);

/// Between two takings while there is more.
const BREATH: Duration = Duration::from_millis(5);

/// A listener that lost its connection tries again after this.
const LISTEN_AGAIN: Duration = Duration::from_secs(5);

/// A stream that yields whenever a job is due. Dropped, it stops looking.
pub(super) struct Wake {
    due: mpsc::Receiver<()>,
    looking: Vec<JoinHandle<()>>,
}

impl Wake {
    pub(super) fn new(store: Store, every: Duration) -> Self {
        let (tell, due) = mpsc::channel(1);
        let (news, heard) = mpsc::channel(1);
        let mut looking = Vec::new();
        let every = match &store.pools {
            Pools::Postgres(pool) => {
                looking.push(tokio::spawn(listen(pool.clone(), news)));
                every
            }
            // Dropped: nothing will be heard.
            Pools::Sqlite { .. } => every.min(SQLITE_LOOK),
        };
        looking.push(tokio::spawn(look(store, every, heard, tell)));
        Self { due, looking }
    }
}

async fn look(
    store: Store,
    every: Duration,
    mut heard: mpsc::Receiver<()>,
    tell: mpsc::Sender<()>,
) {
    let mut ticks = tokio::time::interval(every);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        match is_due(&store).await {
            // Full: it was not heard yet, and there is no hurry.
            Ok(true) => {
                if tell.send(()).await.is_err() {
                    return;
                }
                tokio::time::sleep(BREATH).await;
                continue;
            }
            Ok(false) => {}
            Err(error) => tracing::debug!(%error, "the queue can't be seen"),
        }
        tokio::select! {
            _ = ticks.tick() => {}
            Some(()) = heard.recv() => {}
        }
    }
}

/// Passes on that a job came, whosever; on a connection of its own.
async fn listen(pool: sqlx::PgPool, news: mpsc::Sender<()>) {
    let options = pool.connect_options().as_ref().clone();
    let own = PgPoolOptions::new().max_connections(1).connect_lazy_with(options);
    loop {
        match hear(&own, &news).await {
            Ok(()) => return,
            Err(error) => tracing::debug!(%error, "the queue is not listened to for now"),
        }
        tokio::time::sleep(LISTEN_AGAIN).await;
    }
}

async fn hear(pool: &sqlx::PgPool, news: &mpsc::Sender<()>) -> Result<(), sqlx::Error> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen(TOLD).await?;
    loop {
        listener.recv().await?;
        if matches!(news.try_send(()), Err(mpsc::error::TrySendError::Closed(()))) {
            return Ok(());
        }
    }
}

impl Stream for Wake {
    type Item = ();

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<()>> {
        self.due.poll_recv(context)
    }
}

impl Drop for Wake {
    fn drop(&mut self) {
        self.looking.iter().for_each(JoinHandle::abort);
    }
}

async fn is_due(store: &Store) -> Result<bool, sqlx::Error> {
    match &store.pools {
        Pools::Postgres(pool) => {
            sqlx::query_scalar(
                "select exists (select 1 from apalis.jobs where job_type = $1 and run_at < now()
                   and (status = 'Pending' or (status = 'Failed' and attempts < max_attempts)))",
            )
            .bind(super::QUEUE)
            .fetch_one(pool)
            .await
        }
        Pools::Sqlite { readers, .. } => {
            sqlx::query_scalar(
                "select exists (select 1 from Jobs where job_type = $1
                   and run_at <= cast(strftime('%s', 'now') as integer)
                   and ((status = 'Pending' and lock_by is null)
                     or (status = 'Failed' and attempts < max_attempts)))",
            )
            .bind(super::QUEUE)
            .fetch_one(readers)
            .await
        }
    }
}

//! When a worker looks into the queue: as soon as there is something in it, and only then. Looking means to write,
//! and SQLite has one writer; so a reader looks first.

use crate::engine::{Pools, Store};
use futures::Stream;
use std::{
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};
use tokio::{sync::mpsc, task::JoinHandle};

/// A stream that yields whenever a job is due. Dropped, it stops looking.
pub(super) struct Wake {
    due: mpsc::Receiver<()>,
    looking: JoinHandle<()>,
}

impl Wake {
    pub(super) fn new(store: Store, every: Duration) -> Self {
        let (tell, due) = mpsc::channel(1);
        let looking = tokio::spawn(async move {
            let mut ticks = tokio::time::interval(every);
            ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
            loop {
                ticks.tick().await;
                match is_due(&store).await {
                    Ok(false) => {}
                    // Full: it is told already and was not heard yet.
                    Ok(true) => {
                        if matches!(tell.try_send(()), Err(mpsc::error::TrySendError::Closed(()))) {
                            return;
                        }
                    }
                    Err(error) => tracing::debug!(%error, "the queue can't be seen"),
                }
            }
        });
        Self { due, looking }
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
        self.looking.abort();
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

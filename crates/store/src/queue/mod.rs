//! The queue of background work: a job is enqueued in the transaction that needs it, and wakes a worker.
//! What is to be done, and whether, stands in `sync_runs`; a job only names a run.

mod gauges;
mod overview;
mod wake;
mod work;

pub use gauges::{ClosedBuckets, DataAge, Gauges, PoolUse};
pub use overview::{QueueCounts, QueuedRun};
pub use work::WorkerSettings;

use crate::{
    error::{Error, Result},
    system::SystemTx,
    tenant::TenantTx,
    tx::Tx,
};
use apalis::prelude::TaskBuilder;
use chrono::{DateTime, Utc};
use domain::{SyncRunId, TenantId};
use serde::{Deserialize, Serialize};

/// The queue's name in apalis' tables.
pub(crate) const QUEUE: &str = "sync";

/// Work on a run of a tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncJob {
    /// Which run.
    pub run: SyncRunId,
    /// Whose; for the operator's eyes, the worker looks it up.
    pub tenant: TenantId,
}

/// A job before all others: somebody waits for it.
const SOON: usize = 10;

impl TenantTx {
    /// Enqueues a job that becomes one when this transaction is committed. `after`: not before that moment, to the
    /// second; `None`: at once.
    pub async fn push_job(&mut self, run: SyncRunId, after: Option<DateTime<Utc>>) -> Result<()> {
        let tenant = self.tenant_id();
        push(&mut self.tx, SyncJob { run, tenant }, after, 0).await
    }

    /// The same before all others that are due: a person waits for it.
    pub async fn push_job_soon(&mut self, run: SyncRunId) -> Result<()> {
        let tenant = self.tenant_id();
        push(&mut self.tx, SyncJob { run, tenant }, None, SOON).await
    }
}

impl SystemTx {
    /// Enqueues a job again whose first copy was lost.
    pub async fn push_job(&mut self, run: SyncRunId, tenant: TenantId) -> Result<()> {
        push(&mut self.tx, SyncJob { run, tenant }, None, 0).await
    }
}

async fn push(
    tx: &mut Tx,
    job: SyncJob,
    after: Option<DateTime<Utc>>,
    priority: usize,
) -> Result<()> {
    let arguments = serde_json::to_vec(&job).map_err(|error| Error::Queue(error.into()))?;
    let mut task = TaskBuilder::new(arguments).priority(priority);
    if let Some(after) = after {
        // The queue counts whole seconds; coming early would only mean to be sent away again.
        let seconds = after.timestamp() + i64::from(after.timestamp_subsec_nanos() > 0);
        task = task.run_at_timestamp(u64::try_from(seconds).unwrap_or_default());
    }
    let task = task.build();
    match tx {
        Tx::Postgres(tx) => apalis_postgres::queries::push_tasks(&mut **tx, QUEUE, vec![task])
            .await
            .map_err(|error| Error::Queue(error.into())),
        Tx::Sqlite(tx) => apalis_sqlite::queries::push_tasks(&mut **tx, QUEUE, &[task])
            .await
            .map_err(|error| Error::Queue(error.into())),
    }
}

//! The queue as the operator looks at it. Read only.

use crate::{Services, error::Result};
use store::{QueueCounts, QueuedRun};

/// What there is to see.
#[derive(Clone, Debug)]
pub struct Queue {
    /// Jobs, workers, runs, what is due.
    pub counts: QueueCounts,
    /// The runs, as many as were asked for.
    pub runs: Vec<QueuedRun>,
}

/// The queue now: runs that are not over, or with `failed` the last ones that ended badly.
pub async fn queue(services: &Services, failed: bool, limit: u32) -> Result<Queue> {
    let counts = services.store.queue_counts(services.clock.now()).await?;
    let runs = services.store.queued_runs(failed, limit).await?;
    Ok(Queue { counts, runs })
}

//! Watches a sync until it ends: what the worker of this process tells, and the row for what others do.

use super::{get, progress::Told};
use crate::{Caller, Result, Services};
use domain::{SyncRunId, sync::SyncRun};
use futures::{Stream, stream};
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::broadcast::{self, error::RecvError},
    time::{Interval, MissedTickBehavior},
};

/// How often the row is read, for progress made by another process.
const LOOK: Duration = Duration::from_secs(1);

struct Watch {
    services: Services,
    caller: Caller,
    id: SyncRunId,
    told: broadcast::Receiver<Arc<Told>>,
    look: Interval,
    /// What was last handed out; `None`: nothing yet.
    last: Option<SyncRun>,
    /// The row as it was when the watch began.
    first: Option<SyncRun>,
}

/// How the sync stands, at once and after every change; ends after the final state. `None`: not there, or another
/// tenant's. While the database is away nothing comes; the stream goes on when it is back.
pub async fn watch(
    services: &Services,
    caller: &Caller,
    id: SyncRunId,
) -> Result<Option<impl Stream<Item = SyncRun> + Send + 'static>> {
    // Listen first, so that nothing falls between the row and the first word.
    let told = services.progress().listen();
    let Some(first) = get(services, caller, id).await? else { return Ok(None) };
    let mut look = tokio::time::interval(LOOK);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    look.reset();
    let watch = Watch {
        services: services.clone(),
        caller: caller.clone(),
        id,
        told,
        look,
        last: None,
        first: Some(first),
    };
    Ok(Some(stream::unfold(watch, |mut watch| async move {
        let run = watch.next().await?;
        Some((run, watch))
    })))
}

impl Watch {
    async fn next(&mut self) -> Option<SyncRun> {
        if let Some(first) = self.first.take() {
            return Some(self.hand_out(first));
        }
        if self.last.as_ref().is_some_and(|run| run.status.is_final()) {
            return None;
        }
        loop {
            let seen = tokio::select! {
                told = self.told.recv() => match told {
                    Ok(told) if told.run.id == self.id => Some(told.run.clone()),
                    Ok(_) => None,
                    Err(RecvError::Lagged(_)) => self.row().await,
                    // The services are gone: so is the process.
                    Err(RecvError::Closed) => return None,
                },
                _ = self.look.tick() => self.row().await,
            };
            if let Some(run) = seen.filter(|run| is_news(self.last.as_ref(), run)) {
                return Some(self.hand_out(run));
            }
        }
    }

    fn hand_out(&mut self, run: SyncRun) -> SyncRun {
        self.last = Some(run.clone());
        run
    }

    async fn row(&self) -> Option<SyncRun> {
        match get(&self.services, &self.caller, self.id).await {
            Ok(run) => run,
            Err(error) => {
                tracing::debug!(%error, "the row of a watched sync can't be read");
                None
            }
        }
    }
}

/// The row lags behind what the worker tells; progress is never handed out backwards.
pub(super) fn is_news(last: Option<&SyncRun>, run: &SyncRun) -> bool {
    last.is_none_or(|last| run != last && advance(run) >= advance(last))
}

/// What only grows while a sync goes on.
fn advance(run: &SyncRun) -> (bool, i64, i64) {
    let requests = run.steps.iter().map(|step| step.requests).sum();
    let rows = run.steps.iter().map(|step| step.rows + step.changed).sum();
    (run.status.is_final(), requests, rows)
}

//! Watches all syncs of a company for a while: what the workers of this process tell, and the rows for what others do.

use super::{progress::Told, watch::is_news};
use crate::{Caller, Result, Services};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{SyncRunId, sync::SyncRun};
use futures::{Stream, stream};
use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
    time::Duration,
};
use tokio::{
    sync::broadcast::{self, error::RecvError},
    time::{Instant, Interval, MissedTickBehavior},
};

/// How often the rows are read, for what other processes do. Every open page asks, so it is no hurry.
const LOOK: Duration = Duration::from_secs(4);

/// Looks overlap: a run's end is noted a little before it is committed.
const OVERLAP: TimeDelta = TimeDelta::seconds(30);

/// A watch ends after this long. Whoever goes on watching comes again, and is asked again who they are: a session that
/// was ended, or a role that was taken, watches no longer than this.
const WHILE: Duration = Duration::from_mins(5);

/// What is told of a company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    /// The syncs under way when the watch began, all of them: what is not among them is over.
    UnderWay(Vec<SyncRun>),
    /// One that got on, began or ended.
    Sync(Box<SyncRun>),
}

struct Watch {
    services: Services,
    caller: Caller,
    told: broadcast::Receiver<Arc<Told>>,
    look: Interval,
    /// Since when the next look is for what ended.
    since: DateTime<Utc>,
    until: Instant,
    /// Each as last handed out, those that ended too: a worker's word and the row both tell of an end.
    last: HashMap<SyncRunId, SyncRun>,
    waiting: VecDeque<Seen>,
}

/// What is under way at once, then every change of any of the company's syncs, for five minutes. While the database is
/// away nothing comes; the stream goes on when it is back.
pub async fn watch_all(
    services: &Services,
    caller: &Caller,
) -> Result<impl Stream<Item = Seen> + Send + 'static> {
    // Listen first, so that nothing falls between the rows and the first word.
    let told = services.progress().listen();
    let since = services.clock.now();
    let mut runs = runs_since(services, caller, since).await?;
    runs.retain(|run| !run.status.is_final());
    let mut look = tokio::time::interval(LOOK);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    look.reset();
    let watch = Watch {
        services: services.clone(),
        caller: caller.clone(),
        told,
        look,
        since,
        until: Instant::now() + WHILE,
        last: runs.iter().map(|run| (run.id, run.clone())).collect(),
        waiting: VecDeque::from([Seen::UnderWay(runs)]),
    };
    Ok(stream::unfold(watch, |mut watch| async move {
        let seen = watch.next().await?;
        Some((seen, watch))
    }))
}

impl Watch {
    async fn next(&mut self) -> Option<Seen> {
        loop {
            if let Some(seen) = self.waiting.pop_front() {
                return Some(seen);
            }
            tokio::select! {
                () = tokio::time::sleep_until(self.until) => return None,
                told = self.told.recv() => match told {
                    Ok(told) if told.tenant == self.caller.tenant_id() => self.take(told.run.clone()),
                    Ok(_) => {}
                    Err(RecvError::Lagged(_)) => self.look().await,
                    // The services are gone: so is the process.
                    Err(RecvError::Closed) => return None,
                },
                _ = self.look.tick() => self.look().await,
            }
        }
    }

    async fn look(&mut self) {
        let now = self.services.clock.now();
        match runs_since(&self.services, &self.caller, self.since).await {
            Ok(runs) => {
                self.since = now - OVERLAP;
                runs.into_iter().for_each(|run| self.take(run));
            }
            Err(error) => tracing::debug!(%error, "the rows of watched syncs can't be read"),
        }
    }

    /// Hands out what is news.
    fn take(&mut self, run: SyncRun) {
        if is_news(self.last.get(&run.id), &run) {
            self.last.insert(run.id, run.clone());
            self.waiting.push_back(Seen::Sync(Box::new(run)));
        }
    }
}

async fn runs_since(
    services: &Services,
    caller: &Caller,
    moment: DateTime<Utc>,
) -> Result<Vec<SyncRun>> {
    let mut tx = services.store.read(caller).await?;
    let runs = tx.runs_since(moment).await?;
    tx.commit().await?;
    Ok(runs)
}

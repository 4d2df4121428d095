//! Turns: how the runs of a worker share its time. Only so many compute and write at once; a run gives its turn back at
//! each request and stands in line again behind the others, so that a shop of a million products takes no more than its
//! share and a small one waits for a page, not for a shop. When even the line is full, a run that has had its share goes
//! back into the queue, behind those that have not begun.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::clock::Stopwatch;

/// A run that has been under way for so long makes place when the line is full.
const SHARE: Duration = Duration::from_secs(10);

/// The turns of a worker.
#[derive(Clone)]
pub(crate) struct Turns {
    /// `None`: nobody is beside whom turns would be taken.
    slots: Option<Arc<Semaphore>>,
    most_runs: usize,
    runs: Arc<AtomicUsize>,
}

impl Turns {
    /// So many compute at once, of so many that are under way.
    pub(crate) fn new(at_once: usize, most_runs: usize) -> Self {
        let slots = Some(Arc::new(Semaphore::new(at_once.max(1))));
        Self { slots, most_runs: most_runs.max(1), runs: Arc::default() }
    }

    /// A run alone.
    pub(crate) fn unlimited() -> Self {
        Self { slots: None, most_runs: usize::MAX, runs: Arc::default() }
    }

    /// How many may be under way.
    pub(crate) fn most_runs(&self) -> usize {
        self.most_runs
    }

    /// A run begins: it has its first turn when this returns.
    pub(crate) async fn enter(&self) -> Turn {
        self.runs.fetch_add(1, Ordering::SeqCst);
        let mut turn = Turn { turns: self.clone(), held: None, since: Stopwatch::start() };
        turn.take().await;
        turn
    }
}

/// A run's place among the others.
pub(crate) struct Turn {
    turns: Turns,
    held: Option<OwnedSemaphorePermit>,
    since: Stopwatch,
}

impl Turn {
    /// Stands in line, and returns when its turn has come. First come, first served.
    pub(super) async fn take(&mut self) {
        if self.held.is_none()
            && let Some(slots) = &self.turns.slots
        {
            // Never closed.
            self.held = slots.clone().acquire_owned().await.ok();
        }
    }

    /// Lets the next one have it.
    pub(super) fn leave(&mut self) {
        self.held = None;
    }

    /// Whether the line is full and this run has had its share.
    pub(super) fn is_long(&self) -> bool {
        self.turns.runs.load(Ordering::SeqCst) >= self.turns.most_runs
            && self.since.elapsed() >= SHARE
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.turns.runs.fetch_sub(1, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;

    /// One giant of a thousand pages beside fifty shops of two, one at work at a time: turns are counted, not time.
    #[tokio::test]
    async fn a_giant_delays_nobody_by_more_than_a_round() {
        let turns = Turns::new(1, 64);
        let order = Arc::new(Mutex::new(Vec::new()));
        let run = |name: usize, pages: usize| {
            let (turns, order) = (turns.clone(), order.clone());
            tokio::spawn(async move {
                let mut turn = turns.enter().await;
                for _ in 0..pages {
                    order.lock().unwrap().push(name);
                    // At work, while the others come into line.
                    tokio::task::yield_now().await;
                    turn.leave();
                    turn.take().await;
                }
            })
        };
        let mut runs = vec![run(0, 1000)];
        while order.lock().unwrap().len() < 10 {
            tokio::task::yield_now().await;
        }
        runs.extend((1..=50).map(|name| run(name, 2)));
        for run in runs {
            run.await.unwrap();
        }
        let order = order.lock().unwrap().clone();
        assert_eq!(order.len(), 1100);
        let begun = order.iter().position(|name| *name != 0).unwrap();
        for name in 1..=50 {
            let places: Vec<usize> =
                (0..order.len()).filter(|place| order[*place] == name).collect();
            assert!(places[0] - begun < 100, "{name} began at {}", places[0] - begun);
            assert!(places[1] - places[0] <= 60, "{name} waited longer than a round");
        }
        let last = order.iter().rposition(|name| *name != 0).unwrap();
        assert!(last < 200, "the small ones were done in {last} turns of 1100");
    }

    #[tokio::test]
    async fn a_full_line_sends_back_who_had_its_share() {
        let turns = Turns::new(2, 2);
        let first = turns.enter().await;
        assert!(!first.is_long(), "nobody waits");
        let second = turns.enter().await;
        assert!(!first.is_long() && !second.is_long(), "both have just begun");
        drop(second);
        assert_eq!(turns.runs.load(Ordering::SeqCst), 1);
        assert_eq!(turns.most_runs(), 2);
    }
}

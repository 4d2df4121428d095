//! A few threads and a queue that is bounded by the time it would take, not by its length.

use crate::clock::Stopwatch;
use std::{
    collections::VecDeque,
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::Duration,
};
use tokio::sync::oneshot;

/// A turn that would come later than this is refused at once.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

type Work = Box<dyn FnOnce() + Send>;

/// The threads. Dropped, they finish what is queued and end.
pub(super) struct Pool {
    shared: Arc<Shared>,
    threads: u64,
}

struct Shared {
    queue: Mutex<Queue>,
    arrived: Condvar,
    /// Microseconds one computation takes, learnt as it goes.
    each: AtomicU64,
}

#[derive(Default)]
struct Queue {
    waiting: VecDeque<Work>,
    running: usize,
    closed: bool,
}

/// Why there is no result.
#[derive(Debug)]
pub(super) enum Refused {
    /// The turn would come too late; a new try makes sense then.
    Full { retry_after_s: u32 },
    /// The thread ended without an answer.
    Gone,
}

/// What one hash of this cost takes until it has been measured: 250 ms at cost 12, twice as much a step.
pub(super) fn expected(cost: u32) -> Duration {
    Duration::from_micros(61 << cost.min(30))
}

impl Pool {
    pub(super) fn new(threads: usize, expected: Duration) -> Self {
        let shared = Arc::new(Shared {
            queue: Mutex::default(),
            arrived: Condvar::new(),
            each: AtomicU64::new(micros(expected)),
        });
        let mut started = 0;
        for number in 0..threads {
            let worker = Arc::clone(&shared);
            let spawned = thread::Builder::new()
                .name(format!("hasher-{number}"))
                .spawn(move || worker.work());
            match spawned {
                Ok(_) => started += 1,
                Err(error) => tracing::error!(%error, "a hashing thread could not be started"),
            }
        }
        Self { shared, threads: started }
    }

    /// Queues the computation and waits for it; given up by its asker, it is skipped.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        compute: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Refused> {
        let (answer, result) = oneshot::channel();
        {
            let mut queue = self.shared.queue();
            let ahead = (queue.waiting.len() + queue.running) as u64;
            let wait = Duration::from_micros(
                self.shared.each.load(Ordering::Relaxed).saturating_mul(ahead)
                    / self.threads.max(1),
            );
            if wait > LONGEST_WAIT || self.threads == 0 {
                // By then the queue has a place again.
                let seconds = wait.saturating_sub(LONGEST_WAIT).as_secs().saturating_add(1);
                return Err(Refused::Full {
                    retry_after_s: seconds.try_into().unwrap_or(u32::MAX),
                });
            }
            queue.waiting.push_back(Box::new(move || {
                if !answer.is_closed() {
                    // Nobody waits any more: then nobody misses the result.
                    drop(answer.send(compute()));
                }
            }));
        }
        self.shared.arrived.notify_one();
        result.await.map_err(|_| Refused::Gone)
    }
}

impl Shared {
    /// A panic inside a computation leaves the queue whole.
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work(&self) {
        loop {
            let mut queue = self.queue();
            let work = loop {
                if let Some(work) = queue.waiting.pop_front() {
                    break work;
                }
                if queue.closed {
                    return;
                }
                queue = self.arrived.wait(queue).unwrap_or_else(PoisonError::into_inner);
            };
            queue.running += 1;
            drop(queue);
            let watch = Stopwatch::start();
            let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work));
            self.learn(watch.elapsed());
            self.queue().running -= 1;
            if outcome.is_err() {
                tracing::error!("a hashing thread panicked and goes on");
            }
        }
    }

    /// Moves the estimate an eighth of the way. Skipped work takes no time and teaches nothing.
    fn learn(&self, took: Duration) {
        let took = micros(took);
        if took > 100 {
            let each = self.each.load(Ordering::Relaxed);
            self.each.store(each - each / 8 + took / 8, Ordering::Relaxed);
        }
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.shared.queue().closed = true;
        self.shared.arrived.notify_all();
    }
}

fn micros(duration: Duration) -> u64 {
    duration.as_micros().try_into().unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    #[tokio::test]
    async fn a_turn_that_would_come_too_late_is_refused_at_once() {
        let pool = Arc::new(Pool::new(1, Duration::from_secs(2)));
        let (open, gate) = mpsc::channel::<()>();
        let gate = Arc::new(Mutex::new(gate));
        // 2 s each: the fourth would wait 6 s.
        let queued: Vec<_> = (0..3)
            .map(|_| {
                let (pool, gate) = (Arc::clone(&pool), Arc::clone(&gate));
                tokio::spawn(async move { pool.run(move || gate.lock().unwrap().recv()).await })
            })
            .collect();
        while {
            let queue = pool.shared.queue();
            queue.waiting.len() + queue.running < 3
        } {
            tokio::task::yield_now().await;
        }
        let refused = pool.run(|| ()).await;
        assert!(matches!(refused, Err(Refused::Full { retry_after_s: 2 })), "{refused:?}");
        for _ in 0..3 {
            open.send(()).unwrap();
        }
        for waiting in queued {
            waiting.await.unwrap().unwrap().unwrap();
        }
        pool.run(|| ()).await.unwrap();
    }

    #[tokio::test]
    async fn a_panic_is_an_answer_and_the_thread_lives_on() {
        let pool = Pool::new(1, Duration::from_millis(1));
        assert!(matches!(pool.run(|| panic!("on purpose")).await, Err(Refused::Gone)));
        assert_eq!(pool.run(|| 7).await.unwrap(), 7);
    }

    #[tokio::test]
    async fn work_that_nobody_waits_for_is_skipped() {
        let pool = Arc::new(Pool::new(1, Duration::from_millis(1)));
        let (open, gate) = mpsc::channel::<()>();
        let busy = tokio::spawn({
            let pool = Arc::clone(&pool);
            async move { pool.run(move || gate.recv()).await }
        });
        while pool.shared.queue().running == 0 {
            tokio::task::yield_now().await;
        }
        let done = Arc::new(AtomicU64::new(0));
        let abandoned = tokio::spawn({
            let (pool, done) = (Arc::clone(&pool), Arc::clone(&done));
            async move { pool.run(move || done.fetch_add(1, Ordering::Relaxed)).await }
        });
        while pool.shared.queue().waiting.is_empty() {
            tokio::task::yield_now().await;
        }
        abandoned.abort();
        drop(abandoned.await);
        open.send(()).unwrap();
        busy.await.unwrap().unwrap().unwrap();
        pool.run(|| ()).await.unwrap();
        assert_eq!(done.load(Ordering::Relaxed), 0);
    }
}

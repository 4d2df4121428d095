//! What the worker does with a job: takes the run under a lease, works on it, and finishes it or gives it back.

use super::running::{self, Halt, Pacer, Turns, Work};
use crate::{Error, Result, Services, metrics, tenants};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    SyncRunId,
    sync::{StepProblem, StepProblemCode, SyncStatus},
};
use futures::FutureExt;
use std::panic::AssertUnwindSafe;
use store::Claim;
use tokio_util::sync::CancellationToken;

/// After so many failures of ours a run is set aside.
const MOST_ATTEMPTS: i64 = 5;

/// After so many workers that died with it a run is set aside: it may be what kills them.
const MOST_LOST: i64 = 10;

/// How long a failure of ours keeps a run waiting, times two for each one before.
const FIRST_BACKOFF: TimeDelta = TimeDelta::seconds(15);

/// What became of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunOutcome {
    /// It is over, now or before, or there is no such run.
    Over,
    /// It is to go on then; a job that wakes a worker is in the queue.
    Postponed(DateTime<Utc>),
    /// Stopped between two requests, for another worker or for others that wait; a job is in the queue.
    HandedBack,
    /// Another worker has it, or had it until it was finished.
    Elsewhere,
}

/// Works on a run until it is over or must wait.
pub async fn run_now(services: &Services, run: SyncRunId) -> Result<RunOutcome> {
    run_until(services, run, &CancellationToken::new()).await
}

/// The same, given back as soon as `stop` says so. An error is the database's: the queue tries again.
pub async fn run_until(
    services: &Services,
    run: SyncRunId,
    stop: &CancellationToken,
) -> Result<RunOutcome> {
    running_until(services, run, stop, &Turns::unlimited()).await
}

/// The same beside others, with which it takes turns.
pub(super) async fn running_until(
    services: &Services,
    run: SyncRunId,
    stop: &CancellationToken,
    turns: &Turns,
) -> Result<RunOutcome> {
    let mut turn = turns.enter().await;
    let Some(caller) = services.store.caller_for_run(run).await? else {
        return Ok(RunOutcome::Over);
    };
    let now = services.clock.now();
    let mut tx = services.store.write(&caller).await?;
    let claim = tx.claim_run(run, now, now + running::LEASE).await?;
    let (lease, account, attempts, lost) = match claim {
        Claim::Taken { lease, account, attempts, lost } => (lease, account, attempts, lost),
        Claim::Over => return Ok(RunOutcome::Over),
        // Whoever postponed it left a job for that moment.
        Claim::NotBefore(moment) => return Ok(RunOutcome::Postponed(moment)),
        Claim::Leased(until) => {
            // Should its worker be dead, somebody must look when the lease is over.
            tx.push_job(run, Some(until)).await?;
            tx.commit().await?;
            return Ok(RunOutcome::Elsewhere);
        }
    };
    let Some(account) = tx.account(account).await? else { return Ok(RunOutcome::Over) };
    let Some(snapshot) = tx.run(run).await? else { return Ok(RunOutcome::Over) };
    let steps = tx.step_progress(run).await?;
    tx.commit().await?;

    let key = tenants::key(services, &caller, account.id).await;
    let pacer = Pacer::new(services, &account, key.as_ref().ok().and_then(Option::as_ref));
    let mut work =
        Work::new(services, caller, account, lease, snapshot, steps, pacer, stop, &mut turn);
    if lost >= MOST_LOST {
        return set_aside(&mut work, lost).await;
    }
    // A panic is a failure of ours like another: it must not leave the run to its lease for ever.
    let ended = AssertUnwindSafe(async {
        let shop = running::shop(&work, key?);
        running::all_steps(&mut work, shop).await
    })
    .catch_unwind()
    .await
    .unwrap_or_else(|_| {
        Err(Halt::Broken(Error::Broken("a sync panicked", "the log has its place".into())))
    });
    match ended {
        Ok(None) => finish(&mut work).await,
        Ok(Some(moment)) => give_back(&mut work, moment, false).await,
        Err(Halt::Stop | Halt::Yield) => {
            let now = services.clock.now();
            let given = give_back(&mut work, now, false).await?;
            let back = matches!(given, RunOutcome::Postponed(_));
            Ok(if back { RunOutcome::HandedBack } else { given })
        }
        Err(Halt::Lost) => Ok(RunOutcome::Elsewhere),
        Err(Halt::Broken(error)) => broken(&mut work, error, attempts).await,
        // `all_steps` ends these with their step.
        Err(Halt::Step(_) | Halt::Key(_) | Halt::Wait(..) | Halt::Again(_)) => {
            let error = Error::Broken("a step's end was not noted", "a mistake of ours".into());
            broken(&mut work, error, attempts).await
        }
    }
}

async fn finish(work: &mut Work<'_>) -> Result<RunOutcome> {
    let now = work.services.clock.now();
    let status = work.status();
    let mut tx = work.services.store.write(&work.caller).await?;
    if !tx.finish_run(&work.lease, status, now).await? {
        return Ok(RunOutcome::Elsewhere);
    }
    work.save(&mut tx).await?;
    tx.commit().await?;
    work.ended(status, now);
    metrics::run_ended(work.account.marketplace, status);
    tracing::info!(run = %work.lease.run(), status = status.as_str(), "a sync ended");
    Ok(RunOutcome::Over)
}

/// The run's next moment, and the job that wakes a worker then, in one transaction.
async fn give_back(work: &mut Work<'_>, moment: DateTime<Utc>, failed: bool) -> Result<RunOutcome> {
    let mut tx = work.services.store.write(&work.caller).await?;
    if !tx.postpone_run(&work.lease, moment, failed).await? {
        return Ok(RunOutcome::Elsewhere);
    }
    work.save(&mut tx).await?;
    let at_once = moment <= work.services.clock.now();
    tx.push_job(work.lease.run(), if at_once { None } else { Some(moment) }).await?;
    tx.commit().await?;
    work.publish();
    Ok(RunOutcome::Postponed(moment))
}

/// A failure of ours: tried again some times, each later than the last, then set aside with all that is left.
async fn broken(work: &mut Work<'_>, error: Error, attempts: i64) -> Result<RunOutcome> {
    tracing::error!(error = crate::error::chain(&error), run = %work.lease.run(), attempts, "a sync broke");
    if attempts + 1 < MOST_ATTEMPTS {
        let backoff = FIRST_BACKOFF * 2_i32.pow(u32::try_from(attempts).unwrap_or_default());
        return give_back(work, work.services.clock.now() + backoff, true).await;
    }
    let problem = StepProblem {
        code: StepProblemCode::Internal,
        detail: "Something failed on our side; the log has the story under this sync's id.".into(),
    };
    work.fail_all(&problem);
    finish(work).await
}

/// Nothing of it is begun again: what it brought so far stays, and its steps say why. A new sync may be asked for.
async fn set_aside(work: &mut Work<'_>, lost: i64) -> Result<RunOutcome> {
    tracing::error!(run = %work.lease.run(), lost, "a sync is set aside: its workers die");
    let detail = format!("Set aside: {lost} workers ended in the middle of it.");
    work.fail_all(&StepProblem { code: StepProblemCode::Internal, detail });
    finish(work).await
}

impl Work<'_> {
    /// What the steps add up to. Our own sums are no data of the marketplace's.
    fn status(&self) -> SyncStatus {
        use domain::sync::{StepKind, StepState};
        let fetched = || self.steps.iter().filter(|step| step.kind != StepKind::Measures);
        if !fetched().any(|step| step.state == StepState::Done) {
            SyncStatus::Failed
        } else if self.steps.iter().all(|step| step.state == StepState::Done) {
            SyncStatus::Completed
        } else {
            SyncStatus::Partial
        }
    }
}

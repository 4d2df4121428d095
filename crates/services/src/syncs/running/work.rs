//! What all steps of a run share: who it is for, its lease, its progress, and the pace of its requests.

use super::{halt::Halt, pacer::Pacer, remote::Remote, turns::Turn, unmeasured::Unmeasured};
use crate::{Caller, Services, metrics, syncs::progress::Told};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    SyncRunId,
    account::Account,
    sync::{StepProblem, StepProblemCode, StepState, SyncRun, SyncStatus, SyncStep},
};
use outbound::{
    Failure, Paced,
    wildberries::{Group, Rule, limits},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;
use std::sync::Arc;
use store::{Lease, StepProgress, TenantTx, Turn as Place};
use tokio::sync::broadcast::{self, error::RecvError};
use tokio_util::sync::CancellationToken;

/// How long a worker that says nothing keeps a run.
pub(crate) const LEASE: TimeDelta = TimeDelta::seconds(120);

/// A wait for a limit that is worth staying for.
const PATIENCE: TimeDelta = TimeDelta::seconds(2);

/// Added to the moment that a marketplace names: a try that is early by a blink is refused again.
pub(super) const MARGIN: TimeDelta = TimeDelta::seconds(1);

/// So often one request may be told to wait a moment before the run is given back.
const SHORT_WAITS: u32 = 3;

pub(crate) struct Work<'s> {
    pub(crate) services: &'s Services,
    pub(crate) caller: Caller,
    pub(crate) account: Account,
    pub(crate) lease: Lease,
    pub(crate) steps: Vec<StepProgress>,
    /// Whose measures this work made untrue.
    pub(super) unmeasured: Unmeasured,
    at: usize,
    run: SyncRun,
    pacer: Pacer,
    stop: &'s CancellationToken,
    turn: &'s mut Turn,
}

/// A transaction under the run's lease.
pub(super) struct Writing {
    pub(super) tx: TenantTx,
    lease: Lease,
}

/// Where a step goes on, and how often it failed there.
#[derive(Default, Serialize, Deserialize)]
struct Mark {
    tries: u32,
    at: Option<Value>,
}

impl<'s> Work<'s> {
    #[expect(clippy::too_many_arguments, reason = "what a run is read from, put together once")]
    pub(crate) fn new(
        services: &'s Services,
        caller: Caller,
        account: Account,
        lease: Lease,
        run: SyncRun,
        steps: Vec<StepProgress>,
        pacer: Pacer,
        stop: &'s CancellationToken,
        turn: &'s mut Turn,
    ) -> Self {
        let unmeasured = Unmeasured::default();
        Self { services, caller, account, lease, steps, unmeasured, at: 0, run, pacer, stop, turn }
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        self.services.clock.now()
    }

    /// Turns to a step.
    pub(super) fn turn_to(&mut self, at: usize) {
        self.at = at;
    }

    /// The step at work.
    pub(super) fn step(&mut self) -> &mut StepProgress {
        // `turn_to` is only called with an index of this list.
        &mut self.steps[self.at]
    }

    /// Where the step goes on, if it was begun before.
    pub(super) fn place<T: DeserializeOwned>(&mut self) -> Option<T> {
        let place = self.mark().at?;
        match serde_json::from_value(place) {
            Ok(place) => Some(place),
            Err(error) => {
                tracing::warn!(%error, "a step's place can't be read: it begins anew");
                None
            }
        }
    }

    /// Notes how far the step is, for whoever goes on with it.
    pub(super) fn set_place(&mut self, place: &impl Serialize) {
        let mark = self.mark();
        let at = serde_json::to_value(place).ok();
        let tries = if at == mark.at { mark.tries } else { 0 };
        self.set_mark(&Mark { tries, at });
    }

    /// Notes a failure that may pass; tells how many there were at this place.
    pub(super) fn count_try(&mut self) -> u32 {
        let mark = self.mark();
        let tries = mark.tries + 1;
        self.set_mark(&Mark { tries, at: mark.at });
        tries
    }

    fn mark(&mut self) -> Mark {
        let stored = self.step().cursor.clone();
        stored.and_then(|mark| serde_json::from_value(mark).ok()).unwrap_or_default()
    }

    fn set_mark(&mut self, mark: &Mark) {
        self.step().cursor = serde_json::to_value(mark).ok();
    }

    /// Opens a transaction in which the run is still ours.
    pub(super) async fn begin(&self) -> Result<Writing, Halt> {
        let mut tx = self.services.store.write(&self.caller).await?;
        match tx.renew_lease(&self.lease, self.now() + LEASE).await? {
            Some(lease) => Ok(Writing { tx, lease }),
            None => Err(Halt::Lost),
        }
    }

    /// Commits it with the progress of the step.
    pub(super) async fn commit(&mut self, writing: Writing) -> Result<(), Halt> {
        let Writing { mut tx, lease } = writing;
        let touched = tx.take_touched();
        self.unmeasured.add(&mut tx, self.account.id, touched).await?;
        self.save(&mut tx).await?;
        tx.commit().await?;
        self.lease = lease;
        self.publish();
        Ok(())
    }

    /// Writes the progress.
    pub(crate) async fn save(&mut self, tx: &mut TenantTx) -> Result<(), store::Error> {
        for step in &self.steps {
            tx.save_step(self.lease.run(), step).await?;
        }
        Ok(())
    }

    /// Tells the watchers of this process how the run stands.
    pub(crate) fn publish(&mut self) {
        self.run.status = SyncStatus::Running;
        self.tell();
    }

    /// Tells them that it ended.
    pub(crate) fn ended(&mut self, status: SyncStatus, now: DateTime<Utc>) {
        self.run.status = status;
        self.run.finished_at = Some(now);
        self.tell();
    }

    fn tell(&mut self) {
        self.run.steps = self.steps.iter().map(seen).collect();
        self.services.progress().tell(self.caller.tenant_id(), self.run.clone());
    }

    /// Ends every step that has not ended.
    pub(crate) fn fail_all(&mut self, problem: &StepProblem) {
        let now = self.now();
        for step in &mut self.steps {
            if !matches!(step.state, StepState::Done | StepState::Failed) {
                step.state = StepState::Failed;
                step.finished_at = Some(now);
                step.next_try_at = None;
                step.problem = Some(problem.clone());
            }
        }
    }

    /// Makes a request of Wildberries when its turn has come. No transaction is open.
    pub(super) async fn ask<T, Answer>(
        &mut self,
        remote: &Remote,
        group: Group,
        request: impl Fn() -> Answer,
    ) -> Result<T, Halt>
    where
        Answer: Future<Output = Result<Paced<T>, Failure>>,
    {
        let limits = [(group.as_str(), limits::rule(group, remote.kind))];
        self.ask_within(&limits, request).await
    }

    /// Makes a request when its turn has come in each of these limits; the first is the method's own, of which answers
    /// tell. No transaction is open.
    pub(super) async fn ask_within<T, Answer>(
        &mut self,
        limits: &[(&str, Rule)],
        request: impl Fn() -> Answer,
    ) -> Result<T, Halt>
    where
        Answer: Future<Output = Result<Paced<T>, Failure>>,
    {
        let Some(own) = limits.first().copied().filter(|(_, rule)| rule.available) else {
            return Err(Halt::Step(StepProblem {
                code: StepProblemCode::NotPermitted,
                detail: "This kind of token may not use the method: make a personal one.".into(),
            }));
        };
        let mut waits = 0;
        loop {
            let told = self.services.progress().listen();
            self.keep_lease().await?;
            self.wait_for(limits).await?;
            self.step().requests += 1;
            // While the marketplace thinks, somebody else computes; and a person may lose patience.
            self.turn.leave();
            let answer = tokio::select! {
                answer = request() => Some(answer),
                () = ended(told, self.run.id) => None,
            };
            self.turn.take().await;
            let answer = answer.ok_or(Halt::Lost)?;
            let failure = match answer {
                Ok(answer) => {
                    self.pacer.told(self.services, own, answer.pace.remaining).await?;
                    return Ok(answer.value);
                }
                Err(failure) => failure,
            };
            if failure.status().is_some_and(|s| (400..500).contains(&s) && s != 429) {
                self.pacer.refused(self.services, own).await?;
            }
            let Some(moment) = failure.retry_at(self.now()) else { return Err(Halt::of(&failure)) };
            let moment = self.pacer.not_before(self.services, own, moment).await?;
            waits += 1;
            if moment - self.now() > PATIENCE || waits > SHORT_WAITS {
                return Err(Halt::Wait(moment, failure.step_problem()));
            }
        }
    }

    /// Waits for the turn if it is not for long, else gives the run back.
    async fn wait_for(&mut self, limits: &[(&str, Rule)]) -> Result<(), Halt> {
        if self.stop.is_cancelled() {
            return Err(Halt::Stop);
        }
        // Given back where nothing is lost: at the beginning of a step.
        if self.step().cursor.is_none() && self.step().requests == 0 && self.turn.is_long() {
            return Err(Halt::Yield);
        }
        let moment = match self.pacer.take(self.services, limits, PATIENCE).await? {
            Place::At(moment) => moment,
            Place::NotBefore(moment) => {
                self.count_wait(limits, moment);
                let detail = "The marketplace's limit for this method is used up for now.".into();
                let problem = StepProblem { code: StepProblemCode::RateLimited, detail };
                return Err(Halt::Wait(moment, problem));
            }
        };
        let wait = moment - self.now();
        if wait <= TimeDelta::zero() {
            return Ok(());
        }
        self.count_wait(limits, moment);
        self.step().waited_ms += wait.num_milliseconds();
        self.turn.leave();
        let pause = tokio::time::sleep(wait.to_std().unwrap_or_default());
        let waited = self.stop.run_until_cancelled(pause).await;
        self.turn.take().await;
        waited.ok_or(Halt::Stop)
    }

    /// Counts a wait by the method's own limit.
    fn count_wait(&self, limits: &[(&str, Rule)], until: DateTime<Utc>) {
        if let (Some((group, _)), Ok(wait)) = (limits.first(), (until - self.now()).to_std()) {
            metrics::limit_wait(self.account.marketplace, group, wait);
        }
    }

    /// Many requests may pass before something is written.
    async fn keep_lease(&mut self) -> Result<(), Halt> {
        if self.lease.until() - self.now() < LEASE / 2 {
            let writing = self.begin().await?;
            self.commit(writing).await?;
        }
        Ok(())
    }
}

/// A step as people see it.
fn seen(step: &StepProgress) -> SyncStep {
    SyncStep {
        kind: step.kind,
        state: step.state,
        rows: step.rows,
        changed: step.changed,
        quarantined: step.quarantined,
        expected: step.expected,
        requests: step.requests,
        waited_ms: step.waited_ms,
        started_at: step.started_at,
        finished_at: step.finished_at,
        next_try_at: step.next_try_at,
        problem: step.problem.clone(),
    }
}

/// Waits until somebody in this process ends the run. What another process ends is seen at the next write.
async fn ended(mut told: broadcast::Receiver<Arc<Told>>, run: SyncRunId) {
    loop {
        match told.recv().await {
            Ok(told) if told.run.id == run && told.run.status.is_final() => return,
            Ok(_) | Err(RecvError::Lagged(_)) => {}
            Err(RecvError::Closed) => return std::future::pending().await,
        }
    }
}

//! Why a step stops before its end.

use chrono::{DateTime, Utc};
use domain::sync::{StepKind, StepProblem, StepProblemCode};
use outbound::{Failure, Reason};

/// Why, hence what to do.
#[derive(Debug)]
pub(crate) enum Halt {
    /// Given up in this sync; the last good data stays, the other steps go on.
    Step(StepProblem),
    /// The key opens nothing: no step goes on.
    Key(StepProblem),
    /// To be gone on with, not before that moment.
    Wait(DateTime<Utc>, StepProblem),
    /// To be tried again soon; the marketplace named no moment.
    Again(StepProblem),
    /// The process is asked to stop.
    Stop,
    /// Others wait that this run has kept from beginning: it goes behind them.
    Yield,
    /// Another worker has the run.
    Lost,
    /// A failure of ours.
    Broken(crate::Error),
}

impl Halt {
    /// What a failure of a marketplace means; its waiting is told apart before.
    pub(super) fn of(failure: &Failure) -> Self {
        let problem = failure.step_problem();
        match failure.reason() {
            Reason::KeyRefused => Self::Key(problem),
            Reason::RateLimited { .. }
            | Reason::Busy { .. }
            | Reason::PaymentRequired
            | Reason::Unreachable => Self::Again(problem),
            Reason::NotPermitted { .. }
            | Reason::Disabled
            | Reason::NotFound
            | Reason::UnexpectedShape
            | Reason::OurFault => Self::Step(problem),
        }
    }

    /// A kind of data that this marketplace has no method for: a run of another version asks for it.
    pub(super) fn not_read(kind: StepKind) -> Self {
        let detail = format!("{} are not read from this marketplace.", kind.as_str());
        Self::Step(StepProblem { code: StepProblemCode::Disabled, detail })
    }

    pub(super) fn suspicious(detail: impl Into<String>) -> Self {
        Self::Step(StepProblem { code: StepProblemCode::SuspiciouslyEmpty, detail: detail.into() })
    }
}

impl From<store::Error> for Halt {
    fn from(error: store::Error) -> Self {
        Self::Broken(error.into())
    }
}

impl From<crate::Error> for Halt {
    fn from(error: crate::Error) -> Self {
        Self::Broken(error)
    }
}

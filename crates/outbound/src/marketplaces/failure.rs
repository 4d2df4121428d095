//! Why a marketplace gave no data, as one list that every adapter maps to. Its texts never hold a key.

use super::pace::Pace;
use chrono::{DateTime, TimeDelta, Utc};
use domain::sync::{StepProblem, StepProblemCode};
use std::{fmt, time::Duration};

/// What kind of failure, hence what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The key is not accepted: stop, and tell the tenant.
    KeyRefused,
    /// This one capability is missing: go on with the others.
    NotPermitted {
        /// The kind of token may not use the method at all, whatever its permissions.
        base_token: bool,
    },
    /// The marketplace switched the method off: keep the old data, the key is good.
    Disabled,
    /// Too many requests: no try before this time has passed.
    RateLimited {
        /// How long.
        retry_after: Duration,
    },
    /// The marketplace is working on what was asked for: try later.
    Busy {
        /// How long is sensible.
        retry_after: Duration,
    },
    /// The service's balance at the marketplace is empty: try later, tell the operator.
    PaymentRequired,
    /// What was asked for is not there (any more).
    NotFound,
    /// No answer, a broken one, or an error of the marketplace's own: try later.
    Unreachable,
    /// The answer does not have the agreed shape: a retry brings the same.
    UnexpectedShape,
    /// The marketplace does not understand our request: a fault of ours, no retry.
    OurFault,
}

/// A failure with what is known of it. Boxed, since it travels in every `Result`.
#[derive(Clone, PartialEq, Eq)]
pub struct Failure(Box<Details>);

#[derive(Clone, PartialEq, Eq)]
struct Details {
    marketplace: &'static str,
    operation: &'static str,
    reason: Reason,
    status: Option<u16>,
    text: String,
    request_id: Option<String>,
    pace: Pace,
}

impl Failure {
    pub(crate) fn new(
        marketplace: &'static str,
        operation: &'static str,
        reason: Reason,
        text: impl Into<String>,
    ) -> Self {
        let text = text.into();
        let (status, request_id, pace) = (None, None, Pace::default());
        Self(Box::new(Details { marketplace, operation, reason, status, text, request_id, pace }))
    }

    pub(crate) fn answered(mut self, status: u16, request_id: Option<String>, pace: Pace) -> Self {
        self.0.status = Some(status);
        self.0.request_id = request_id;
        self.0.pace = pace;
        self
    }

    /// What kind.
    pub fn reason(&self) -> Reason {
        self.0.reason
    }

    /// What was being asked for.
    pub fn operation(&self) -> &'static str {
        self.0.operation
    }

    /// The HTTP status, when there was an answer.
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// The marketplace's own words or the place of a mistake, cleaned and cut.
    pub fn text(&self) -> &str {
        &self.0.text
    }

    /// The marketplace's request id, for its support.
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// The limits as told.
    pub fn pace(&self) -> Pace {
        self.0.pace
    }

    /// Whether the same request may succeed later without anybody doing anything.
    pub fn is_transient(&self) -> bool {
        matches!(
            self.0.reason,
            Reason::RateLimited { .. }
                | Reason::Busy { .. }
                | Reason::PaymentRequired
                | Reason::Unreachable
        )
    }

    /// The moment that the marketplace named for the next try; `None`: it named none, choose a backoff.
    pub fn retry_at(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        match self.0.reason {
            Reason::RateLimited { retry_after } | Reason::Busy { retry_after } => {
                now.checked_add_signed(TimeDelta::from_std(retry_after).ok()?)
            }
            _ => None,
        }
    }

    /// The same for people: a word to translate and an English sentence.
    pub fn step_problem(&self) -> StepProblem {
        let code = match self.0.reason {
            Reason::KeyRefused => StepProblemCode::KeyRefused,
            Reason::NotPermitted { .. } => StepProblemCode::NotPermitted,
            Reason::Disabled => StepProblemCode::Disabled,
            Reason::RateLimited { .. } | Reason::Busy { .. } => StepProblemCode::RateLimited,
            Reason::PaymentRequired | Reason::Unreachable => StepProblemCode::Unreachable,
            Reason::UnexpectedShape => StepProblemCode::UnexpectedShape,
            Reason::NotFound | Reason::OurFault => StepProblemCode::Internal,
        };
        StepProblem { code, detail: self.to_string() }
    }

    fn sentence(&self) -> &'static str {
        match self.0.reason {
            Reason::KeyRefused => "the key is refused",
            Reason::NotPermitted { base_token: true } => "base tokens may not use this method",
            Reason::NotPermitted { base_token: false } => "the key lacks the permission",
            Reason::Disabled => "the marketplace switched this method off for now",
            Reason::RateLimited { .. } => "too many requests, the marketplace asks to wait",
            Reason::Busy { .. } => "the marketplace is still working on it",
            Reason::PaymentRequired => "the service's balance at the marketplace is empty",
            Reason::NotFound => "the marketplace knows of no such thing",
            Reason::Unreachable => "no usable answer",
            Reason::UnexpectedShape => "the answer does not have the agreed shape",
            Reason::OurFault => "the marketplace does not understand our request",
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Details { marketplace, operation, status, text, request_id, .. } = &*self.0;
        write!(f, "{marketplace}, {operation}: {}", self.sentence())?;
        if !text.is_empty() {
            write!(f, " ({text})")?;
        }
        match (status, request_id) {
            (Some(status), Some(id)) => write!(f, "; HTTP {status}, request id {id}"),
            (Some(status), None) => write!(f, "; HTTP {status}"),
            _ => Ok(()),
        }
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Failure({:?}: {self})", self.0.reason)
    }
}

impl std::error::Error for Failure {}

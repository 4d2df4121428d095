//! What goes wrong on purpose: answers put in the way, methods switched off, keys taken back.
//!
//! Nothing goes wrong by itself: an undisturbed simulator answers everything that it should.

use crate::Operation;
use crate::random::Dice;
use crate::recipe::{Recipe, Trouble};
use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use uuid::Uuid;

/// An answer in place of the real one.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Fault {
    /// These very bytes.
    Answer {
        /// The status.
        status: u16,
        /// Its `Content-Type`.
        #[serde(default = "json")]
        content_type: String,
        /// More headers.
        #[serde(default)]
        headers: Vec<(String, String)>,
        /// The body.
        #[serde(default)]
        body: String,
    },
    /// An error of the gateway in its own form.
    Gateway {
        /// The status.
        status: u16,
        /// `detail`.
        #[serde(default)]
        detail: String,
    },
    /// Status 200, the beginning of a body, then the connection is cut.
    CutOff,
    /// Never any answer.
    Hang,
}

impl Fault {
    /// The status that a client sees, if it sees one.
    pub(crate) fn status(&self) -> Option<u16> {
        match self {
            Self::Answer { status, .. } | Self::Gateway { status, .. } => Some(*status),
            Self::CutOff | Self::Hang => None,
        }
    }
}

fn json() -> String {
    "application/json".to_owned()
}

#[derive(Debug, Default)]
struct Planned {
    next: HashMap<Operation, VecDeque<Fault>>,
    disabled: HashSet<Operation>,
    empty: HashSet<Operation>,
    withdrawn: HashSet<Uuid>,
    recipe: Recipe,
    /// How often the recipe was asked about a method.
    calls: HashMap<Operation, u64>,
}

/// Everything that is planned to go wrong.
#[derive(Debug, Default)]
pub(crate) struct Faults(Mutex<Planned>);

impl Faults {
    fn planned(&self) -> MutexGuard<'_, Planned> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn push(&self, operation: Operation, fault: Fault) {
        self.planned().next.entry(operation).or_default().push_back(fault);
    }

    pub(crate) fn pop(&self, operation: Operation) -> Option<Fault> {
        self.planned().next.get_mut(&operation)?.pop_front()
    }

    pub(crate) fn disable(&self, operation: Operation, disabled: bool) {
        let mut planned = self.planned();
        if disabled {
            planned.disabled.insert(operation);
        } else {
            planned.disabled.remove(&operation);
        }
    }

    pub(crate) fn is_disabled(&self, operation: Operation) -> bool {
        self.planned().disabled.contains(&operation)
    }

    pub(crate) fn empty(&self, operation: Operation, empty: bool) {
        let mut planned = self.planned();
        if empty {
            planned.empty.insert(operation);
        } else {
            planned.empty.remove(&operation);
        }
    }

    pub(crate) fn is_empty(&self, operation: Operation) -> bool {
        self.planned().empty.contains(&operation)
    }

    pub(crate) fn withdraw(&self, token: Uuid) {
        self.planned().withdrawn.insert(token);
    }

    pub(crate) fn is_withdrawn(&self, token: Uuid) -> bool {
        self.planned().withdrawn.contains(&token)
    }

    /// Follows a recipe from the next call of each method on.
    pub(crate) fn follow(&self, recipe: Recipe) {
        let mut planned = self.planned();
        planned.recipe = recipe;
        planned.calls.clear();
    }

    /// What a call's recipe says.
    pub(crate) fn trouble(&self, operation: Operation) -> Option<(Trouble, Dice)> {
        let mut planned = self.planned();
        if planned.recipe.steps.is_empty() {
            return None;
        }
        let calls = planned.calls.entry(operation).or_default();
        *calls += 1;
        let call = *calls - 1;
        planned.recipe.trouble(operation, call)
    }

    pub(crate) fn clear(&self) {
        *self.planned() = Planned::default();
    }
}

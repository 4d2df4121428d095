//! How often each method was called, and how that ended.

use crate::Operation;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Calls of one method.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Calls {
    /// Answered with 2xx.
    pub served: u64,
    /// Answered with 429.
    pub limited: u64,
    /// Answered with another 4xx.
    pub refused: u64,
    /// Answered with 5xx, cut off, or not at all.
    pub failed: u64,
}

impl Calls {
    /// All of them.
    pub fn total(self) -> u64 {
        self.served + self.limited + self.refused + self.failed
    }
}

#[derive(Debug, Default)]
pub(crate) struct Counts(Mutex<HashMap<Operation, [u64; 4]>>);

/// How a call ended, by its status; `None`: it had none.
fn outcome(status: Option<u16>) -> usize {
    match status {
        Some(200..400) => 0,
        Some(429) => 1,
        Some(400..500) => 2,
        _ => 3,
    }
}

impl Counts {
    pub(crate) fn add(&self, operation: Operation, status: Option<u16>) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counts.entry(operation).or_default()[outcome(status)] += 1;
    }

    pub(crate) fn of(&self, operation: Operation) -> Calls {
        let counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let [served, limited, refused, failed] =
            counts.get(&operation).copied().unwrap_or_default();
        Calls { served, limited, refused, failed }
    }
}

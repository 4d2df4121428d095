//! What time it is in the simulated world: fixed, moved by hand, or following a source.
//!
//! It never reads the system's clock by itself: who wants real time hands in the source.

use chrono::{DateTime, TimeDelta, Utc};
use std::sync::{Arc, Mutex, PoisonError};

/// Where a running clock takes its time from: a function such as the system's clock.
pub type Source = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

#[derive(Clone)]
enum State {
    Fixed(DateTime<Utc>),
    Following { source: Source, offset: TimeDelta },
}

/// A clock; its clones are the same clock.
#[derive(Clone)]
pub struct Clock(Arc<Mutex<State>>);

impl Clock {
    /// Stands still until it is moved.
    pub fn fixed(at: DateTime<Utc>) -> Self {
        Self(Arc::new(Mutex::new(State::Fixed(at))))
    }

    /// Runs with the source.
    pub fn following(source: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        Self(Arc::new(Mutex::new(State::Following {
            source: Arc::new(source),
            offset: TimeDelta::zero(),
        })))
    }

    /// Begins at a moment and runs on with the source.
    pub fn starting_at(
        at: DateTime<Utc>,
        source: impl Fn() -> DateTime<Utc> + Send + Sync + 'static,
    ) -> Self {
        let clock = Self::following(source);
        clock.set(at);
        clock
    }

    /// The time.
    pub fn now(&self) -> DateTime<Utc> {
        match &*self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            State::Fixed(at) => *at,
            State::Following { source, offset } => source() + *offset,
        }
    }

    /// Moves it, forwards or back. A running clock runs on.
    pub fn advance(&self, by: TimeDelta) {
        match &mut *self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            State::Fixed(at) => *at += by,
            State::Following { offset, .. } => *offset += by,
        }
    }

    /// Sets it. A running clock runs on from there.
    pub fn set(&self, to: DateTime<Utc>) {
        match &mut *self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            State::Fixed(at) => *at = to,
            State::Following { source, offset } => *offset = to - source(),
        }
    }
}

impl std::fmt::Debug for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Clock({})", self.now())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moves_only_by_hand_when_fixed() {
        let clock = Clock::fixed(DateTime::UNIX_EPOCH);
        let same = clock.clone();
        clock.advance(TimeDelta::hours(2));
        assert_eq!(same.now(), DateTime::UNIX_EPOCH + TimeDelta::hours(2));
    }

    #[test]
    fn follows_its_source_from_where_it_was_set() {
        let source = Clock::fixed(DateTime::UNIX_EPOCH);
        let other = source.clone();
        let start = DateTime::UNIX_EPOCH + TimeDelta::days(100);
        let clock = Clock::starting_at(start, move || other.now());
        source.advance(TimeDelta::seconds(5));
        clock.advance(TimeDelta::days(1));
        assert_eq!(clock.now(), start + TimeDelta::days(1) + TimeDelta::seconds(5));
    }
}

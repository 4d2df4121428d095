//! When the next request of each method group may go out: the published limits as a leaky bucket (GCRA), kept as one
//! moment a group so that it fits into a row. Never waits itself.

use chrono::{DateTime, TimeDelta, Utc};
use outbound::{
    Pace,
    wildberries::{Group, Rule},
};
use std::{collections::HashMap, time::Duration};

/// The moments of an account.
#[derive(Debug, Default)]
pub(super) struct Pacer {
    next: HashMap<&'static str, DateTime<Utc>>,
    unsaved: HashMap<&'static str, DateTime<Utc>>,
}

impl Pacer {
    /// From the stored rows; a group of another version is left out.
    pub(super) fn new(stored: &HashMap<String, DateTime<Utc>>) -> Self {
        let next = stored
            .iter()
            .filter_map(|(word, at)| Some((word.parse::<Group>().ok()?.as_str(), *at)))
            .collect();
        Self { next, unsaved: HashMap::new() }
    }

    /// When a request of this group may go out; a moment that is over means now.
    pub(super) fn next(&self, group: Group) -> Option<DateTime<Utc>> {
        self.next.get(group.as_str()).copied()
    }

    /// Notes that `requests` go out at a moment.
    pub(super) fn spend(&mut self, group: Group, rule: Rule, at: DateTime<Utc>, requests: u32) {
        let interval = delta(rule.interval);
        // The bucket may run ahead by all of its burst but one.
        let ahead = interval * i32::try_from(rule.burst.saturating_sub(1)).unwrap_or(i32::MAX);
        let full = self.next(group).map_or(at, |next| at.max(next + ahead));
        let spent = interval * i32::try_from(requests).unwrap_or(i32::MAX);
        self.set(group, full + spent - ahead);
    }

    /// Notes what an answer said of the limits: another program may use the same bucket.
    pub(super) fn told(&mut self, group: Group, rule: Rule, at: DateTime<Utc>, pace: Pace) {
        if pace.remaining == Some(0) {
            self.not_before(group, at + delta(rule.interval));
        }
    }

    /// Nothing of this group before a moment.
    pub(super) fn not_before(&mut self, group: Group, moment: DateTime<Utc>) {
        if self.next(group).is_none_or(|next| next < moment) {
            self.set(group, moment);
        }
    }

    fn set(&mut self, group: Group, moment: DateTime<Utc>) {
        self.next.insert(group.as_str(), moment);
        self.unsaved.insert(group.as_str(), moment);
    }

    /// What is not stored yet; taken out.
    pub(super) fn unsaved(&mut self) -> HashMap<&'static str, DateTime<Utc>> {
        std::mem::take(&mut self.unsaved)
    }
}

fn delta(duration: Duration) -> TimeDelta {
    TimeDelta::from_std(duration).unwrap_or(TimeDelta::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::account::KeyKind;
    use outbound::wildberries::limits::rule;

    #[test]
    fn a_burst_goes_at_once_and_then_one_an_interval() {
        let now = DateTime::UNIX_EPOCH;
        let rule = rule(Group::Cards, Some(KeyKind::Personal));
        assert_eq!((rule.burst, rule.interval.as_millis()), (5, 600));
        let mut pacer = Pacer::new(&HashMap::new());
        for _ in 0..5 {
            assert!(pacer.next(Group::Cards).is_none_or(|next| next <= now));
            pacer.spend(Group::Cards, rule, now, 1);
        }
        assert_eq!(pacer.next(Group::Cards), Some(now + TimeDelta::milliseconds(600)));
        // After a long rest the burst is full again.
        let later = now + TimeDelta::hours(1);
        for _ in 0..5 {
            assert!(pacer.next(Group::Cards).is_none_or(|next| next <= later));
            pacer.spend(Group::Cards, rule, later, 1);
        }
        assert!(pacer.next(Group::Cards).is_some_and(|next| next > later));
    }

    #[test]
    fn what_is_told_is_kept_and_never_moved_back() {
        let now = DateTime::UNIX_EPOCH;
        let mut pacer =
            Pacer::new(&HashMap::from([("orders".to_owned(), now), ("old".to_owned(), now)]));
        pacer.not_before(Group::Orders, now + TimeDelta::hours(3));
        pacer.not_before(Group::Orders, now + TimeDelta::hours(1));
        assert_eq!(pacer.next(Group::Orders), Some(now + TimeDelta::hours(3)));
        assert_eq!(pacer.unsaved().len(), 1);
        assert!(pacer.unsaved().is_empty());
    }
}

//! Closing stock of each day, walked back from the present level. Never invents a level for a day before the first reading.

use chrono::{Days, NaiveDate};
use std::collections::BTreeMap;

/// Closing stock of `days` days, oldest first, the last of them `last`.
///
/// * `current` is the level now, `None` when stock was never read;
/// * `deltas` holds, for a day, the sum of that day's changes: its closing level less that of the day before;
/// * `first_reading` is the day of the first reading: earlier days are `None`. The first reading's own rise
///   from nothing may be among the deltas or not, it makes no difference.
///
/// Changes later than `last` are taken off first, so any past window can be asked for.
pub fn closing_levels(
    current: Option<i64>,
    deltas: &BTreeMap<NaiveDate, i64>,
    first_reading: Option<NaiveDate>,
    last: NaiveDate,
    days: usize,
) -> Vec<Option<i64>> {
    let mut levels = vec![None; days];
    let (Some(current), Some(first_reading)) = (current, first_reading) else { return levels };
    let later: i64 = deltas.iter().filter(|(day, _)| **day > last).map(|(_, delta)| delta).sum();
    let mut level = current - later;
    let mut day = last;
    for slot in levels.iter_mut().rev() {
        if day < first_reading {
            break;
        }
        *slot = Some(level);
        level -= deltas.get(&day).copied().unwrap_or(0);
        let Some(previous) = day.checked_sub_days(Days::new(1)) else { break };
        day = previous;
    }
    levels
}

/// How many of the days ended with stock; `None` when no day's level is known.
pub fn days_in_stock(closing: &[Option<i64>]) -> Option<i64> {
    closing.iter().flatten().map(|level| i64::from(*level > 0)).reduce(|a, b| a + b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(n: i64) -> NaiveDate {
        let start: NaiveDate = "2026-01-01".parse().unwrap();
        start + chrono::TimeDelta::days(n)
    }

    #[test]
    fn it_walks_backwards_to_the_first_reading() {
        let deltas = BTreeMap::from([(day(1), 10), (day(3), -4), (day(4), -1)]);
        let levels = closing_levels(Some(5), &deltas, Some(day(1)), day(5), 7);
        assert_eq!(levels, [None, None, Some(10), Some(10), Some(6), Some(5), Some(5)]);
        assert_eq!(days_in_stock(&levels), Some(5));
    }

    #[test]
    fn nothing_read_is_nothing_known() {
        assert_eq!(closing_levels(None, &BTreeMap::new(), None, day(3), 2), [None, None]);
        assert_eq!(days_in_stock(&[None, None]), None);
        assert_eq!(days_in_stock(&[None, Some(0)]), Some(0));
    }

    #[test]
    fn a_first_reading_after_the_window_leaves_it_unknown() {
        let deltas = BTreeMap::from([(day(9), 7)]);
        assert_eq!(closing_levels(Some(7), &deltas, Some(day(9)), day(8), 2), [None, None]);
    }

    proptest! {
        /// The naive way: play the readings forward and write down where each day ends.
        #[test]
        fn walking_back_is_playing_forward(
            first in 0_i64..20, changes in prop::collection::vec((0_i64..40, -50_i64..50), 0..60),
            last in 0_i64..45, days in 0_usize..50, opening in 0_i64..100, tells_first: bool,
        ) {
            let today = 44;
            let mut level = BTreeMap::new();
            let mut deltas = BTreeMap::new();
            let mut running = None;
            for at in 0..=today {
                if at == first {
                    running = Some(opening);
                    if tells_first { *deltas.entry(day(at)).or_insert(0) += opening; }
                }
                if at >= first {
                    for (_, change) in changes.iter().filter(|(when, _)| *when == at) {
                        running = running.map(|n| n + change);
                        *deltas.entry(day(at)).or_insert(0) += change;
                    }
                }
                level.insert(at, running);
            }
            let expected: Vec<_> = (0..i64::try_from(days).unwrap())
                .rev()
                .map(|back| level.get(&(last - back)).copied().flatten())
                .collect();
            // What happens after `last` must not matter, nor the days beyond today.
            prop_assume!(last <= today);
            prop_assert_eq!(closing_levels(running, &deltas, Some(day(first)), day(last), days), expected);
        }
    }
}

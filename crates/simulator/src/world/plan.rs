//! The plan of deliveries: how many pieces lie where when a cycle begins, and what comes during it.
//!
//! A cycle's plan depends on nothing that happened before, so that any moment can be computed
//! without its past: what is left of the cycle before is topped up to the plan (or taken away).

use super::item::{Cycle, HOLDS, Item, roll};
use crate::catalogue::SIZES;
use crate::moscow::{DAY, day_of};

/// Pieces by size and by hold of the item.
pub(crate) type Levels = [[i32; HOLDS]; SIZES];

/// What a cycle brings.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// What lies there when it begins.
    pub start: Levels,
    /// What arrives later.
    pub deliveries: Vec<(i64, Levels)>,
}

/// From so many pieces a cycle on, deliveries are planned by demand.
const MOVER: f64 = 6.0;
/// From so many on, a cycle's stock comes in three parts.
const BUSY: f64 = 25.0;

impl Item {
    pub(crate) fn plan(&self, cycle: Cycle) -> Plan {
        let start = cycle.start.max(self.first_delivery);
        if self.trashed.is_some_and(|at| at <= start) || start >= cycle.end {
            return Plan { start: [[0; HOLDS]; SIZES], deliveries: Vec::new() };
        }
        let expected = self.expected(day_of(cycle.start), day_of(cycle.end));
        let runs_out = self.runs_out(cycle, expected);
        if runs_out.is_some() || expected < BUSY {
            let start = self.spread(cycle, self.total(expected, runs_out), 20);
            return Plan { start, deliveries: Vec::new() };
        }
        let total = self.total(expected, None);
        let deliveries = [(0.35, 0.25, 21), (0.68, 0.20, 22)]
            .map(|(when, share, purpose)| {
                let wait = when + 0.05 * roll(self.key, purpose, cycle.number);
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_precision_loss,
                    reason = "a month"
                )]
                let at = cycle.start + (wait * (self.length * DAY) as f64) as i64;
                (at, self.spread(cycle, total * share, purpose))
            })
            .into_iter()
            .filter(|(at, _)| *at > start && self.trashed.is_none_or(|trashed| *at < trashed))
            .collect();
        Plan { start: self.spread(cycle, total * 0.55, 20), deliveries }
    }

    /// Days without stock at the end of the cycle, when the plan is too small.
    fn runs_out(&self, cycle: Cycle, expected: f64) -> Option<f64> {
        let often = if self.base >= 0.8 { 0.25 } else { 0.10 };
        (expected >= MOVER && roll(self.key, 23, cycle.number) < often)
            .then(|| 5.0 + 15.0 * roll(self.key, 24, cycle.number))
    }

    /// Pieces of all sizes in all places.
    #[expect(clippy::cast_precision_loss, reason = "days of a cycle, sizes of a card")]
    fn total(&self, expected: f64, runs_out: Option<f64>) -> f64 {
        let days = self.length as f64;
        if let Some(gap) = runs_out {
            return expected * (days - gap) / days;
        }
        let sizes = self.card.grid.len() as f64;
        if self.idle {
            return 20.0 + 100.0 * roll(self.key, 25, 0);
        }
        if expected < MOVER {
            // Always the same: by the year's average, so that there is nothing to take away.
            return (1.0 + 1.6 * self.base * days + 4.0 * roll(self.key, 25, 0)).max(1.5 * sizes);
        }
        expected * (1.3 + 0.25 * roll(self.key, 26, 0))
    }

    /// Whole pieces by size and place.
    #[expect(clippy::cast_possible_truncation, reason = "pieces of a card")]
    fn spread(&self, cycle: Cycle, total: f64, purpose: u64) -> Levels {
        let mut levels = [[0; HOLDS]; SIZES];
        // A slow mover's plan repeats itself, a busy one's varies.
        let number = if total < MOVER { 0 } else { cycle.number };
        for (size, (_, _, share)) in self.card.grid.iter().enumerate() {
            for (hold, (_, part)) in self.holds().iter().enumerate() {
                let pieces = total * share * part;
                let place = (purpose * SIZES as u64 + size as u64) * HOLDS as u64 + hold as u64;
                levels[size][hold] = (pieces + roll(self.key, 1000 + place, number)) as i32;
            }
        }
        levels
    }
}

//! One cycle of one card, lived through from delivery to delivery: orders take pieces, cancellations
//! and returns bring them back, what is wanted while there is nothing is lost.
//!
//! A cycle is closed in itself: every piece that comes back does so before the cycle ends, so that
//! the next one needs to know nothing of it. It is always lived from its start, so that its events up
//! to a moment are the same whichever later moment is asked for.

use super::Side;
use super::demand::second_of_day;
use super::item::{Cycle, Item};
use super::plan::Levels;
use crate::moscow::{DAY, day_of, start_of};
use crate::random::{Dice, hash};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Why a level changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A buyer ordered a piece.
    Order,
    /// A piece came back: cancelled, refused or returned.
    Return,
    /// Pieces arrived.
    Delivery,
    /// The seller took pieces away.
    Withdrawal,
    /// Set by hand through the simulator's controls.
    Correction,
}

/// What became of an ordered piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Bought.
    Bought,
    /// Cancelled before it left.
    Cancelled,
    /// Not taken at the pick-up point.
    Refused,
    /// Bought and brought back.
    Returned,
}

/// One ordered piece. Times in seconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sale {
    pub index: u32,
    pub cycle: i64,
    /// The attempt within the cycle, and the piece within the attempt.
    pub attempt: u32,
    pub unit: u8,
    pub size: u8,
    pub hold: u8,
    pub at: i64,
    /// When the report begins to show it.
    pub seen: i64,
    /// When it was delivered, cancelled or refused.
    pub settled: i64,
    pub fate: Fate,
    /// When it set out to come back and when it could be sold again; both 0 if it never does.
    pub back: (i64, i64),
}

/// The longest time from an order to its last change, seconds.
pub(crate) const SETTLED_WITHIN: i64 = 8 * DAY;

/// Who watches a cycle being lived.
pub(crate) trait Watcher {
    /// The cycle's stock is in place.
    fn started(&mut self, _at: i64, _levels: &Levels) {}
    /// A level changed to `after`.
    fn changed(&mut self, _at: i64, _size: usize, _hold: usize, _after: i32, _cause: Cause) {}
    /// A piece was ordered.
    fn sold(&mut self, _sale: &Sale) {}
}

impl Watcher for () {}

/// What happens at a time of its own.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Delivery(usize),
    Force(usize),
    Back { size: usize, hold: usize },
}

struct Life<'a, W> {
    item: &'a Item,
    cycle: Cycle,
    levels: Levels,
    deliveries: Vec<(i64, Levels)>,
    ahead: BinaryHeap<Reverse<(i64, Step)>>,
    watcher: &'a mut W,
}

/// Lives a cycle up to and including a moment; gives the levels then.
pub(crate) fn live(item: &Item, cycle: Cycle, until: i64, watcher: &mut impl Watcher) -> Levels {
    let plan = item.plan(cycle);
    let start = cycle.start.max(item.first_delivery);
    if start > until || start >= cycle.end {
        return Levels::default();
    }
    watcher.started(start, &plan.start);
    let mut ahead = BinaryHeap::new();
    for (number, (at, _)) in plan.deliveries.iter().enumerate() {
        ahead.push(Reverse((*at, Step::Delivery(number))));
    }
    for (number, forced) in item.forced.iter().enumerate() {
        if (start..cycle.end).contains(&forced.at) {
            ahead.push(Reverse((forced.at, Step::Force(number))));
        }
    }
    let (levels, deliveries) = (plan.start, plan.deliveries);
    let mut life = Life { item, cycle, levels, deliveries, ahead, watcher };
    life.attempts(start, until);
    life.steps(until);
    life.levels
}

impl<W: Watcher> Life<'_, W> {
    /// All that buyers try, in the order of time: a Poisson process, thinned to the day's rate.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "days since 1970"
    )]
    fn attempts(&mut self, start: i64, until: i64) {
        let until = until.min(self.cycle.end - 1);
        let until = self.item.trashed.map_or(until, |at| until.min(at - 1));
        let (first, last) = (day_of(start), day_of(self.cycle.end));
        let ceiling = self.item.ceiling(first, last);
        let mut dice = Dice::new(hash([self.item.key, 30, self.cycle.number.cast_unsigned()]));
        let (mut when, mut today, mut rate, mut number) = (first as f64, i64::MIN, 0.0, 0);
        loop {
            when += dice.gap() / ceiling;
            let accepted = dice.unit() * ceiling;
            let day = when as i64;
            if day > last || !when.is_finite() {
                return;
            }
            if day != today {
                (today, rate) = (day, self.item.rate(day));
            }
            number += 1;
            let at = start_of(day) + second_of_day(when.fract());
            if accepted >= rate || at < start {
                continue;
            }
            if at > until {
                return;
            }
            self.steps(at);
            self.attempt(at, number);
        }
    }

    /// A buyer wants a piece, seldom two.
    fn attempt(&mut self, at: i64, attempt: u32) {
        let mut dice = Dice::new(hash([
            self.item.key,
            31,
            self.cycle.number.cast_unsigned(),
            u64::from(attempt),
        ]));
        let size = weighted(self.item.card.grid.iter().map(|(_, _, share)| *share), &mut dice);
        let pieces = if dice.chance(0.06) { 2 } else { 1 };
        let (mut size, mut first) = (size, None::<Sale>);
        let together = self.item.side == Side::Ozon;
        for unit in 0..pieces {
            // On Ozon a size is a product of its own: a posting of two.
            if together && unit > 0 && self.item.card.grid.len() > 1 && dice.chance(0.5) {
                size = weighted(self.item.card.grid.iter().map(|(_, _, share)| *share), &mut dice);
            }
            let in_stock = self.item.holds().iter().zip(self.levels[size]);
            let shares = in_stock.map(|((_, share), left)| if left > 0 { *share } else { 0.0 });
            let hold = weighted(shares, &mut dice);
            if self.levels[size][hold] <= 0 {
                return;
            }
            let mut sale = self.sale(at, attempt, unit, (size, hold), &mut dice);
            if let Some(first) = first.filter(|first| together && first.hold == sale.hold) {
                // One posting, one fate.
                sale = Sale { unit, size: sale.size, ..first };
            }
            first = Some(sale);
            self.change(at, size, hold, -1, Cause::Order);
            if sale.back.1 > 0 {
                self.ahead.push(Reverse((sale.back.1, Step::Back { size, hold })));
            }
            self.watcher.sold(&sale);
        }
    }

    /// What becomes of the piece. What could not be back before the cycle ends is cancelled at once,
    /// and what could not even that is bought.
    #[expect(clippy::cast_possible_truncation, reason = "at most eight sizes, five places")]
    fn sale(
        &self,
        at: i64,
        attempt: u32,
        unit: u8,
        (size, hold): (usize, usize),
        dice: &mut Dice,
    ) -> Sale {
        let (roll, end) = (dice.unit(), self.cycle.end);
        let delivered = at + dice.hours(30.0, 144.0);
        let refused = at + dice.hours(72.0, 190.0);
        let refused_back = refused + dice.hours(36.0, 96.0);
        let cancelled = at + dice.hours(0.1, 6.0);
        let returned = delivered + dice.hours(24.0, 168.0);
        let returned_back = returned + dice.hours(48.0, 96.0);
        let unpaid = if dice.chance(0.03) { dice.hours(1.0, 5.0) } else { 0 };
        let (fate, settled, back) = if roll < 0.05 && refused_back < end {
            (Fate::Refused, refused, (refused, refused_back))
        } else if roll < 0.08 && cancelled < end {
            (Fate::Cancelled, cancelled, (cancelled, cancelled))
        } else if (0.08..0.095).contains(&roll) && returned_back < end {
            (Fate::Returned, delivered, (returned, returned_back))
        } else {
            (Fate::Bought, delivered, (0, 0))
        };
        Sale {
            index: self.item.index,
            cycle: self.cycle.number,
            attempt,
            unit,
            size: size as u8,
            hold: hold as u8,
            at,
            seen: (at + unpaid).min(settled),
            settled,
            fate,
            back,
        }
    }

    /// Everything that happens at a time of its own, up to and including a moment.
    fn steps(&mut self, until: i64) {
        while let Some(Reverse((at, step))) = self.ahead.peek().copied() {
            if at > until {
                return;
            }
            self.ahead.pop();
            match step {
                Step::Back { size, hold } => self.change(at, size, hold, 1, Cause::Return),
                Step::Delivery(number) => self.deliver(at, number),
                Step::Force(number) => self.force(at, number),
            }
        }
    }

    fn deliver(&mut self, at: i64, number: usize) {
        let pieces = self.deliveries[number].1;
        for (size, row) in pieces.iter().enumerate() {
            for (hold, pieces) in row.iter().enumerate().filter(|(_, pieces)| **pieces > 0) {
                self.change(at, size, hold, *pieces, Cause::Delivery);
            }
        }
    }

    fn force(&mut self, at: i64, number: usize) {
        let forced = self.item.forced[number];
        for hold in 0..self.item.hold_count {
            if let Some(quantity) = forced.quantity_of(self.item.holds[hold].0, self.item) {
                let by = quantity - self.levels[forced.size][hold];
                self.change(at, forced.size, hold, by, Cause::Correction);
            }
        }
    }

    fn change(&mut self, at: i64, size: usize, hold: usize, by: i32, cause: Cause) {
        let level = &mut self.levels[size][hold];
        *level += by;
        self.watcher.changed(at, size, hold, *level, cause);
    }
}

/// The place of one of several shares; the first when all are 0.
fn weighted(shares: impl Iterator<Item = f64> + Clone, dice: &mut Dice) -> usize {
    let mut rest = dice.unit() * shares.clone().sum::<f64>();
    let mut last = 0;
    for (at, share) in shares.enumerate().filter(|(_, share)| *share > 0.0) {
        last = at;
        if rest < share {
            break;
        }
        rest -= share;
    }
    last
}

//! What lies where at a moment, and how it came to be so.
//!
//! Merges the marketplace's places into one when it hides them.

use super::cycle::{Cause, SETTLED_WITHIN, Sale, Watcher, live};
use super::item::{HOLDS, Item};
use super::plan::Levels;
use super::warehouses::{Warehouse, reported};
use crate::WarehouseNames;
use crate::catalogue::SIZES;

/// A size of a card at a warehouse.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shelf {
    pub size: usize,
    pub warehouse: &'static Warehouse,
    pub quantity: i64,
    pub to_client: i64,
    pub from_client: i64,
}

/// Counts pieces that are on their way at a moment.
struct Transit {
    moment: i64,
    to_client: Levels,
    from_client: Levels,
}

impl Watcher for Transit {
    fn sold(&mut self, sale: &Sale) {
        let (size, hold) = (usize::from(sale.size), usize::from(sale.hold));
        if sale.at <= self.moment && self.moment < sale.settled {
            self.to_client[size][hold] += 1;
        }
        if sale.back.0 <= self.moment && self.moment < sale.back.1 {
            self.from_client[size][hold] += 1;
        }
    }
}

impl Item {
    /// Every size at every warehouse that holds it, also when nothing is there.
    pub(crate) fn shelves(&self, moment: i64, names: WarehouseNames) -> Vec<Shelf> {
        let mut transit =
            Transit { moment, to_client: [[0; HOLDS]; SIZES], from_client: [[0; HOLDS]; SIZES] };
        let cycle = self.cycle_at(moment);
        if moment - cycle.start < SETTLED_WITHIN {
            live(self, self.cycle(cycle.number - 1), moment, &mut transit);
        }
        let levels = live(self, cycle, moment, &mut transit);
        let mut shelves: Vec<Shelf> = Vec::with_capacity(self.card.grid.len() * self.hold_count);
        for (size, row) in levels.iter().enumerate().take(self.card.grid.len()) {
            let first = shelves.len();
            for (hold, (place, _)) in self.holds().iter().enumerate() {
                let warehouse = reported(*place, names);
                let same = shelves[first..].iter().position(|shelf| shelf.warehouse == warehouse);
                let at = same.map_or(shelves.len(), |at| first + at);
                if at == shelves.len() {
                    let (quantity, to_client, from_client) = (0, 0, 0);
                    shelves.push(Shelf { size, warehouse, quantity, to_client, from_client });
                }
                shelves[at].quantity += i64::from(row[hold]);
                shelves[at].to_client += i64::from(transit.to_client[size][hold]);
                shelves[at].from_client += i64::from(transit.from_client[size][hold]);
            }
        }
        shelves
    }

    /// Every change of a level in `from..=to`, in the order of time; `Change::after` is the level of
    /// that hold alone.
    pub(crate) fn changes(&self, from: i64, to: i64) -> Vec<Change> {
        let first = self.cycle_at(from);
        let mut seen = Seen { from, to, known: Levels::default(), changes: Vec::new() };
        if first.start >= from {
            seen.known = live(self, self.cycle(first.number - 1), from - 1, &mut ());
        }
        let mut cycle = first;
        while cycle.start <= to {
            seen.known = live(self, cycle, to, &mut seen);
            cycle = self.cycle(cycle.number + 1);
        }
        seen.changes
    }

    /// What was ordered in `from..to`, in the order of time.
    pub(crate) fn sales(&self, from: i64, to: i64) -> Vec<Sale> {
        let mut sales = Sales { from, to, found: Vec::new() };
        let mut cycle = self.cycle_at(from);
        while cycle.start < to {
            live(self, cycle, to - 1, &mut sales);
            cycle = self.cycle(cycle.number + 1);
        }
        sales.found
    }
}

/// A level's change.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Change {
    pub at: i64,
    pub size: usize,
    pub hold: usize,
    pub before: i32,
    pub after: i32,
    pub cause: Cause,
}

struct Seen {
    from: i64,
    to: i64,
    known: Levels,
    changes: Vec<Change>,
}

impl Watcher for Seen {
    fn started(&mut self, at: i64, levels: &Levels) {
        for (size, row) in levels.iter().enumerate() {
            for (hold, after) in row.iter().enumerate() {
                let more = *after > self.known[size][hold];
                let cause = if more { Cause::Delivery } else { Cause::Withdrawal };
                self.changed(at, size, hold, *after, cause);
            }
        }
    }

    fn changed(&mut self, at: i64, size: usize, hold: usize, after: i32, cause: Cause) {
        let before = std::mem::replace(&mut self.known[size][hold], after);
        if before != after && (self.from..=self.to).contains(&at) {
            self.changes.push(Change { at, size, hold, before, after, cause });
        }
    }
}

struct Sales {
    from: i64,
    to: i64,
    found: Vec<Sale>,
}

impl Watcher for Sales {
    fn sold(&mut self, sale: &Sale) {
        if (self.from..self.to).contains(&sale.at) {
            self.found.push(*sale);
        }
    }
}

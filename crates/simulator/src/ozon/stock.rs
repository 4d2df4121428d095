//! What lies where on Ozon at a moment: present, reserved, on its way to a warehouse, coming back.
//!
//! A piece is reserved from its order until its parcel leaves or the order is cancelled; it is present
//! all that time.

use super::places::{OzonWarehouse, Scheme, held};
use crate::catalogue::SIZES;
use crate::moscow::DAY;
use crate::random::{Dice, hash};
use crate::world::Fate;
use crate::world::cycle::{SETTLED_WITHIN, Sale, Watcher, live};
use crate::world::item::{HOLDS, Item};
use crate::world::plan::Levels;

/// A supply is on its way for so long before it arrives, and requested before that.
const TRAVELS: i64 = 3 * DAY;
const REQUESTED: i64 = 10 * DAY;

/// A product at a warehouse.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shelf {
    pub size: usize,
    pub warehouse: &'static OzonWarehouse,
    /// Pieces that can be sold.
    pub free: i64,
    /// Pieces that are there and sold.
    pub reserved: i64,
    /// Pieces that buyers send back.
    pub returning: i64,
    /// Pieces of supplies that are on their way, and of those that are planned.
    pub transit: i64,
    pub requested: i64,
}

impl Shelf {
    /// All that lies there.
    pub(crate) fn present(&self) -> i64 {
        self.free + self.reserved
    }

    pub(crate) fn is_fbo(&self) -> bool {
        self.warehouse.scheme == Scheme::Fbo
    }
}

/// When a piece is packed and when its parcel leaves, if nothing comes before.
pub(crate) fn way(item: &Item, sale: &Sale) -> (i64, i64) {
    let parcel = u64::from(sale.attempt) << 8 | u64::from(sale.hold);
    let mut dice = Dice::new(hash([item.key, 60, sale.cycle.cast_unsigned(), parcel]));
    let packed = sale.at + dice.hours(0.5, 8.0);
    (packed, packed + dice.hours(2.0, 18.0))
}

/// Until when a piece is reserved.
fn reserved_until(item: &Item, sale: &Sale) -> i64 {
    match sale.fate {
        Fate::Cancelled => sale.settled,
        Fate::Bought | Fate::Refused | Fate::Returned => way(item, sale).1.min(sale.settled),
    }
}

struct Pieces<'a> {
    item: &'a Item,
    moment: i64,
    reserved: Levels,
    returning: Levels,
}

impl Watcher for Pieces<'_> {
    fn sold(&mut self, sale: &Sale) {
        let (size, hold) = (usize::from(sale.size), usize::from(sale.hold));
        if sale.at <= self.moment && self.moment < reserved_until(self.item, sale) {
            self.reserved[size][hold] += 1;
        }
        if sale.back.0 <= self.moment && self.moment < sale.back.1 {
            self.returning[size][hold] += 1;
        }
    }
}

/// Every size of a card at every warehouse that holds it, also when nothing is there.
pub(crate) fn shelves(item: &Item, moment: i64) -> Vec<Shelf> {
    let nothing: Levels = [[0; HOLDS]; SIZES];
    let mut pieces = Pieces { item, moment, reserved: nothing, returning: nothing };
    let cycle = item.cycle_at(moment);
    if moment - cycle.start < SETTLED_WITHIN {
        live(item, item.cycle(cycle.number - 1), moment, &mut pieces);
    }
    let levels = live(item, cycle, moment, &mut pieces);
    let (mut transit, mut requested) = (nothing, nothing);
    for (at, coming) in item.plan(cycle).deliveries {
        let into = match at - moment {
            1..=TRAVELS => &mut transit,
            ahead if (TRAVELS + 1..=REQUESTED).contains(&ahead) => &mut requested,
            _ => continue,
        };
        *into = coming;
    }
    (0..item.card.grid.len())
        .flat_map(|size| (0..item.hold_count).map(move |hold| (size, hold)))
        .map(|(size, hold)| Shelf {
            size,
            warehouse: held(item, hold),
            free: i64::from(levels[size][hold]),
            reserved: i64::from(pieces.reserved[size][hold]),
            returning: i64::from(pieces.returning[size][hold]),
            transit: i64::from(transit[size][hold]),
            requested: i64::from(requested[size][hold]),
        })
        .collect()
}

/// The shelves of the card that was asked for last: its sizes are asked for one after the other.
#[derive(Default)]
pub(crate) struct Known {
    of: Option<(u32, i64)>,
    shelves: Vec<Shelf>,
}

impl Known {
    /// A product's shelves.
    pub(crate) fn of(&mut self, item: &Item, size: usize, moment: i64) -> &[Shelf] {
        if self.of != Some((item.index, moment)) {
            self.shelves = shelves(item, moment);
            self.of = Some((item.index, moment));
        }
        let holds = item.hold_count;
        &self.shelves[size * holds..(size + 1) * holds]
    }
}

/// Present and reserved of a scheme.
pub(crate) fn totals(shelves: &[Shelf], scheme: Scheme) -> Option<(i64, i64)> {
    let mut of_scheme = shelves.iter().filter(|shelf| shelf.warehouse.scheme == scheme).peekable();
    of_scheme.peek()?;
    Some(of_scheme.fold((0, 0), |(present, reserved), shelf| {
        (present + shelf.present(), reserved + shelf.reserved)
    }))
}

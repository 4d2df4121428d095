//! The simulated shop: a function of (seed, card, time), plus what was changed by hand.
//!
//! Nothing is generated ahead and nothing is kept: a few numbers describe the world, each answer is
//! computed when asked. Times inside are seconds since 1970.

mod changes;
pub(crate) mod cycle;
mod demand;
pub(crate) mod item;
pub(crate) mod plan;
pub(crate) mod sale;
pub(crate) mod stock;
pub(crate) mod warehouses;

use crate::catalogue::{Card, FIRST_NM};
use crate::ozon;
use crate::random::hash;
use crate::{Settings, WarehouseNames};
use changes::Changes;
pub(crate) use changes::Forced;
pub use changes::{ChangeError, Where};
use chrono::{DateTime, Utc};
pub use cycle::{Cause, Fate};
use item::Item;
use std::sync::{Arc, PoisonError, RwLock};
pub use warehouses::Warehouse;
use warehouses::{PLACES, SELLERS};

/// Numbers between two cards' `nmID`s.
const STRIDE: u64 = 1009;

/// On which marketplace a shop sells. The cards are the same on both, the pieces and the buyers are not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Side {
    #[default]
    Wildberries,
    Ozon,
}

/// A shop with its history. Clones are the same shop.
#[derive(Clone, Debug)]
pub struct World {
    pub(crate) seed: u64,
    pub(crate) side: Side,
    /// Cards that are not in the trash when the world begins to be watched, then those that are.
    pub(crate) live: u32,
    pub(crate) total: u32,
    pub(crate) opened: i64,
    pub(crate) watched_from: i64,
    pub(crate) names: WarehouseNames,
    pub(crate) sellers: u8,
    /// Orders a day are `scale / (rank + 1 + bend) ^ STEEPNESS`.
    mean_orders: f64,
    scale: f64,
    bend: f64,
    step: u64,
    shift: u64,
    changes: Arc<RwLock<Changes>>,
}

/// How fast sales fall from the best seller on.
const STEEPNESS: f64 = 1.15;

impl World {
    pub(crate) fn new(settings: &Settings, now: DateTime<Utc>) -> Self {
        let live = settings.skus;
        let gone = if live >= 10 { (live / 40).max(1) } else { 0 };
        let bend = f64::from(live) / 800.0;
        let weights: f64 = (0..live).map(|rank| weight(u64::from(rank), bend)).sum();
        let scale = if live == 0 { 0.0 } else { settings.mean_orders * f64::from(live) / weights };
        Self {
            seed: settings.seed,
            side: Side::Wildberries,
            live,
            total: live + gone,
            opened: settings.opened_at(now).timestamp(),
            watched_from: settings.watched_from.unwrap_or(now).timestamp(),
            names: settings.warehouses,
            sellers: if live >= 50 { SELLERS } else { 1 },
            mean_orders: settings.mean_orders,
            scale,
            bend,
            step: coprime(hash([settings.seed, 3]), u64::from(live.max(1))),
            shift: hash([settings.seed, 4]) % u64::from(live.max(1)),
            changes: Arc::default(),
        }
    }

    /// The same cards on Ozon, with stock, orders and changes by hand of their own.
    pub(crate) fn on_ozon(&self) -> Self {
        Self { side: Side::Ozon, changes: Arc::default(), ..self.clone() }
    }

    /// How often something was changed by hand: what was computed before is out of date.
    pub(crate) fn version(&self) -> u64 {
        self.changes.read().unwrap_or_else(PoisonError::into_inner).version
    }

    /// The `nmID` of a card.
    pub(crate) fn nm(&self, index: u32) -> i64 {
        let jitter = hash([self.seed, 0x0002, u64::from(index)]) % STRIDE;
        FIRST_NM + (u64::from(index) * STRIDE + jitter).cast_signed()
    }

    /// The card of an `nmID`.
    pub(crate) fn index_of(&self, nm: i64) -> Option<u32> {
        let index =
            u32::try_from(nm.checked_sub(FIRST_NM)?.div_euclid(STRIDE.cast_signed())).ok()?;
        (index < self.total && self.nm(index) == nm).then_some(index)
    }

    /// A card's place among the best sellers, from 0, and its orders a day.
    pub(crate) fn pace(&self, index: u32) -> (u64, f64) {
        let live = u64::from(self.live.max(1));
        let rank = (u64::from(index) * self.step + self.shift) % live;
        (rank, self.scale * weight(rank, self.bend))
    }

    /// About how many pieces are ordered a day.
    pub(crate) fn orders_a_day(&self) -> f64 {
        self.mean_orders * f64::from(self.live)
    }

    /// A card with what was changed of it by hand.
    pub(crate) fn item(&self, index: u32) -> Item {
        let mut item = Item::new(self, index);
        let changes = self.changes.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = changes.trashed.get(&index) {
            item.trashed = Some(item.trashed.map_or(*at, |planned| planned.min(*at)));
        }
        if let Some(forced) = changes.forced.get(&index) {
            item.forced.clone_from(forced);
        }
        item
    }

    pub(crate) fn item_of(&self, nm: i64) -> Option<Item> {
        self.index_of(nm).map(|index| self.item(index))
    }

    /// All cards, in the order of their `nmID`s.
    pub(crate) fn items(&self) -> impl Iterator<Item = Item> + '_ {
        (0..self.total).map(|index| self.item(index))
    }

    /// Sets a level from a moment on; it stands until the plan's next delivery.
    pub(crate) fn force(
        &self,
        chrt: i64,
        place: Where,
        quantity: i64,
        at: i64,
    ) -> Result<(), ChangeError> {
        let (nm, size) = Card::of_chrt(chrt).ok_or(ChangeError::UnknownSize(chrt))?;
        let item = self.item_of(nm).ok_or(ChangeError::UnknownSize(chrt))?;
        let quantity = i32::try_from(quantity)
            .ok()
            .filter(|pieces| (0..=1_000_000).contains(pieces))
            .ok_or(ChangeError::Quantity(quantity))?;
        let place = match place {
            Where::Marketplace => None,
            Where::Warehouse(id) => Some(self.place_of(id).ok_or(ChangeError::NotHeld(chrt))?),
        };
        let forced = Forced { at, size, place, quantity };
        if !item.holds().iter().any(|(held, _)| forced.quantity_of(*held, &item).is_some()) {
            return Err(ChangeError::NotHeld(chrt));
        }
        let mut changes = self.changes.write().unwrap_or_else(PoisonError::into_inner);
        changes.version += 1;
        changes.forced.entry(item.index).or_default().push(forced);
        Ok(())
    }

    /// Puts a card into the trash from a moment on.
    pub(crate) fn trash(&self, nm: i64, at: i64) -> Result<(), ChangeError> {
        let index = self.index_of(nm).ok_or(ChangeError::UnknownCard(nm))?;
        let mut changes = self.changes.write().unwrap_or_else(PoisonError::into_inner);
        changes.version += 1;
        changes.trashed.entry(index).or_insert(at);
        Ok(())
    }

    /// Takes back all changes by hand.
    pub(crate) fn forget_changes(&self) {
        let mut changes = self.changes.write().unwrap_or_else(PoisonError::into_inner);
        let version = changes.version + 1;
        *changes = Changes { version, ..Changes::default() };
    }

    fn place_of(&self, id: i64) -> Option<warehouses::Place> {
        let place = match self.side {
            Side::Wildberries => PLACES.iter().position(|warehouse| warehouse.id == id),
            Side::Ozon => ozon::places::PLACES.iter().position(|warehouse| warehouse.id == id),
        };
        warehouses::Place::try_from(place?).ok()
    }
}

#[expect(clippy::cast_precision_loss, reason = "ranks are small")]
fn weight(rank: u64, bend: f64) -> f64 {
    (rank as f64 + 1.0 + bend).powf(-STEEPNESS)
}

/// A number near the wanted one that shares no factor with `of`: steps of it visit every place.
fn coprime(wanted: u64, of: u64) -> u64 {
    let mut step = wanted % of.max(2);
    while gcd(step, of) != 1 {
        step += 1;
    }
    step
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

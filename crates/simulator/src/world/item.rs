//! One card in one world: when it was born, how well it sells, where it lies.
//!
//! A few dozen numbers, made anew whenever they are asked for; nothing of it is kept.

use super::warehouses::{MARKETPLACES, Place, SELLERS};
use super::{Forced, Side, World};
use crate::catalogue::Card;
use crate::moscow::{DAY, day_of, start_of};
use crate::random::{Dice, hash, unit};

/// Most places in which one card lies.
pub(crate) const HOLDS: usize = 5;

/// A card of a world.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub index: u32,
    pub side: Side,
    pub card: Card,
    /// The root of everything about it that looks like chance.
    pub key: u64,
    pub created: i64,
    pub first_delivery: i64,
    /// From then on it is in the trash.
    pub trashed: Option<i64>,
    /// Ordered pieces a day in an average week.
    pub base: f64,
    /// Whether it hardly sells though there is plenty of it.
    pub idle: bool,
    /// Where it lies, and how much of it.
    pub holds: [(Place, f64); HOLDS],
    pub hold_count: usize,
    /// Days between the plan's deliveries, and where in that time it stands.
    pub length: i64,
    phase: i64,
    hour: i64,
    pub forced: Vec<Forced>,
}

/// The time from one planned delivery to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cycle {
    pub number: i64,
    pub start: i64,
    pub end: i64,
}

impl Item {
    pub(crate) fn new(world: &World, index: u32) -> Self {
        let root = match world.side {
            Side::Wildberries => 0x17e3,
            Side::Ozon => 0x0204,
        };
        let key = hash([world.seed, root, u64::from(index)]);
        let card = Card::of(world.nm(index));
        let mut dice = Dice::new(hash([key, 1]));
        let (created, first_delivery) = birth(world, index, &mut dice);
        let trashed = trash(world, index, created, &mut dice);
        let (rank, base) = world.pace(index);
        let idle = rank > u64::from(world.live) / 5 && dice.chance(0.08);
        let base = if idle { base * 0.03 } else { base };
        let (holds, hold_count) = holds(base, world.sellers, &mut dice);
        let length: i64 = match base {
            base if base >= 0.5 => 28,
            base if base >= 0.1 => 56,
            _ => 112,
        };
        let phase = dice.below(length.unsigned_abs()).cast_signed();
        let hour = dice.hours(5.0, 11.0);
        Self {
            index,
            side: world.side,
            card,
            key,
            created,
            first_delivery,
            trashed,
            base,
            idle,
            holds,
            hold_count,
            length,
            phase,
            hour,
            forced: Vec::new(),
        }
    }

    /// The places in which it lies, with their shares.
    pub(crate) fn holds(&self) -> &[(Place, f64)] {
        &self.holds[..self.hold_count]
    }

    /// Whether one of its places is the seller's own.
    pub(crate) fn is_own(&self, hold: usize) -> bool {
        self.holds[hold].0 >= MARKETPLACES
    }

    pub(crate) fn cycle_at(&self, moment: i64) -> Cycle {
        self.cycle((day_of(moment - self.hour) - self.phase).div_euclid(self.length))
    }

    pub(crate) fn cycle(&self, number: i64) -> Cycle {
        let start = start_of(number * self.length + self.phase) + self.hour;
        Cycle { number, start, end: start + self.length * DAY }
    }

    /// Whether it can be seen in the list of cards.
    pub(crate) fn listed_at(&self, moment: i64) -> bool {
        self.created <= moment && self.trashed.is_none_or(|at| moment < at)
    }

    /// When its card was last touched, seconds and microseconds: by the seller or by the marketplace.
    pub(crate) fn updated(&self, moment: i64) -> (i64, u32) {
        let mut dice = Dice::new(hash([self.key, 2]));
        let every = dice.hours(20.0 * 24.0, 200.0 * 24.0);
        let first = self.created + dice.hours(1.0, 24.0 * 20.0);
        let micros = u32::try_from(dice.below(100_000)).unwrap_or(0) * 10;
        if moment < first {
            return (self.created, micros);
        }
        (first + (moment - first) / every * every, micros)
    }
}

/// When a card was made and when its first pieces arrived.
fn birth(world: &World, index: u32, dice: &mut Dice) -> (i64, i64) {
    let watched = world.watched_from - world.opened;
    let (early, late) = (watched.min(28 * DAY) / 4, watched - 14 * DAY);
    let (original, at) = (dice.chance(0.7), dice.unit());
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "years")]
    let after = if original || index >= world.live || late < 30 * DAY {
        (early as f64 * at) as i64
    } else {
        (late as f64 * at) as i64
    };
    let created = world.opened + after;
    let until_watched = (world.watched_from - created).max(0);
    (created, created + dice.hours(12.0, 120.0).min(until_watched / 2))
}

/// When a card goes to the trash: some before the world is watched, a few from then on.
#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "years")]
fn trash(world: &World, index: u32, created: i64, dice: &mut Dice) -> Option<i64> {
    let gone = index >= world.live;
    let (ago, ahead) = (dice.unit(), dice.gap());
    if gone {
        let span = ((world.watched_from - created) as f64 * 0.6).min(80.0 * DAY as f64);
        return Some(world.watched_from - (span * ago) as i64);
    }
    let days = 20.0 + ahead * 6000.0;
    (days < 20_000.0).then(|| world.watched_from + (days * DAY as f64) as i64)
}

/// In which places, and which share of it in each: best sellers in more.
#[expect(clippy::cast_possible_truncation, reason = "remainders below ten")]
fn holds(base: f64, sellers: u8, dice: &mut Dice) -> ([(Place, f64); HOLDS], usize) {
    let mut holds = [(0, 0.0); HOLDS];
    let own = dice.unit();
    let marketplaces = match base {
        _ if own < 0.05 => 0,
        base if base >= 1.0 => 4,
        base if base >= 0.15 => 2 + dice.below(2) as usize,
        _ => 1 + usize::from(dice.chance(0.25)),
    };
    let first = dice.below(u64::from(MARKETPLACES)) as u8;
    let step = 1 + 2 * dice.below(4) as u8;
    for (at, hold) in holds.iter_mut().take(marketplaces).enumerate() {
        let place = (first + step * at as u8) % MARKETPLACES;
        *hold = (place, [1.0, 0.6, 0.4, 0.3][at]);
    }
    let mut count = marketplaces;
    if own < 0.25 {
        let place = MARKETPLACES + dice.below(u64::from(sellers.min(SELLERS))) as u8;
        holds[count] = (place, 0.35);
        count += 1;
    }
    let sum: f64 = holds[..count].iter().map(|(_, share)| share).sum();
    for hold in &mut holds[..count] {
        hold.1 /= sum;
    }
    (holds, count)
}

/// A number in `0..1` of an item for a purpose and a time.
pub(crate) fn roll(key: u64, purpose: u64, number: i64) -> f64 {
    unit(hash([key, purpose, number.cast_unsigned()]))
}

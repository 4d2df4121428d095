//! The past of a product's stock, packed: all changes of 16 days in one value of `stock_past`, about nine bytes a
//! change, where a row takes ten times that. Knows how it is packed, not when.

use crate::{
    error::{Error, Result},
    stock::{PastChange, Pieces, Place},
    varint::{read, write},
};
use chrono::{DateTime, Utc};
use domain::{OfferId, WarehouseId};
use std::collections::HashMap;
use uuid::Uuid;

/// Days of a stretch.
pub(crate) const STRETCH_DAYS: i64 = 16;

/// A change of one place of a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    pub(crate) place: Place,
    pub(crate) at: DateTime<Utc>,
    /// The marketplace's day of it, days since 1970-01-01.
    pub(crate) day: i64,
    pub(crate) now: Pieces,
    pub(crate) delta: i64,
}

impl Change {
    pub(crate) fn of(change: &PastChange) -> Self {
        let PastChange { change, at, day } = *change;
        Self { place: change.place, at, day, now: change.now, delta: change.delta }
    }

    /// What tells it from every other change of its product.
    pub(crate) fn key(&self) -> (Place, i64, DateTime<Utc>) {
        (self.place, self.day, self.at)
    }
}

/// The stretch that a day lies in.
pub(crate) fn stretch_of(day: i64) -> i64 {
    day.div_euclid(STRETCH_DAYS)
}

/// The first day that is in no stretch which ends before a day: what is older can be packed, each stretch once.
pub fn whole_stretches_before(day: i64) -> i64 {
    stretch_of(day) * STRETCH_DAYS
}

/// What of a change can't be told from the one before it.
const DELTA: i64 = 1;
const TO_CLIENT: i64 = 2;
const FROM_CLIENT: i64 = 4;
/// From here on: by how many days the marketplace's calendar is ahead of UTC's.
const AHEAD: i64 = 8;

/// The day in UTC's calendar.
fn utc_day(micros: i64) -> i64 {
    micros.div_euclid(86_400_000_000)
}

/// Packs a product's changes; their order does not matter. Each id stands there once; of a change, what differs from the
/// one before at the same place.
pub(crate) fn pack(changes: &[Change]) -> Vec<u8> {
    let mut changes = changes.to_vec();
    changes.sort_unstable_by_key(|change| (change.place, change.at, change.day));
    let offers = distinct(changes.iter().map(|change| change.place.0.0));
    let warehouses = distinct(changes.iter().map(|change| change.place.1.0));
    let mut packed = Vec::with_capacity(64 + changes.len() * 10);
    for ids in [&offers, &warehouses] {
        write(&mut packed, length(ids.len()));
        for id in ids {
            packed.extend_from_slice(id.as_bytes());
        }
    }
    let index = |ids: &[Uuid], id: Uuid| length(ids.binary_search(&id).unwrap_or_default());
    let mut micros = 0;
    for place in changes.chunk_by(|one, next| one.place == next.place) {
        let Some(Change { place: (offer, warehouse), .. }) = place.first() else { continue };
        for number in
            [index(&offers, offer.0), index(&warehouses, warehouse.0), length(place.len())]
        {
            write(&mut packed, number);
        }
        let mut before = Pieces::default();
        for change in place {
            let at = change.at.timestamp_micros();
            let grown = change.now.quantity.wrapping_sub(before.quantity);
            let differs = |told: bool, flag: i64| if told { flag } else { 0 };
            let flags = differs(change.delta != grown, DELTA)
                | differs(change.now.in_way_to_client != before.in_way_to_client, TO_CLIENT)
                | differs(change.now.in_way_from_client != before.in_way_from_client, FROM_CLIENT);
            write(&mut packed, change.day.wrapping_sub(utc_day(at)).wrapping_mul(AHEAD) | flags);
            write(&mut packed, at.wrapping_sub(micros));
            write(&mut packed, grown);
            for (flag, number) in [
                (DELTA, change.delta),
                (TO_CLIENT, change.now.in_way_to_client),
                (FROM_CLIENT, change.now.in_way_from_client),
            ] {
                if flags & flag != 0 {
                    write(&mut packed, number);
                }
            }
            (micros, before) = (at, change.now);
        }
    }
    packed
}

/// The changes, by place and in the order of time.
pub(crate) fn unpack(packed: &[u8]) -> Result<Vec<Change>> {
    parsed(packed).ok_or_else(|| Error::Corrupt {
        column: "changes",
        value: format!("{} bytes", packed.len()),
    })
}

fn parsed(mut rest: &[u8]) -> Option<Vec<Change>> {
    let (offers, warehouses) = (ids(&mut rest)?, ids(&mut rest)?);
    let mut changes = Vec::with_capacity(rest.len() / 8);
    let mut micros = 0_i64;
    while !rest.is_empty() {
        let mut next = || read(&mut rest);
        let offer = *offers.get(usize::try_from(next()?).ok()?)?;
        let warehouse = *warehouses.get(usize::try_from(next()?).ok()?)?;
        let mut now = Pieces::default();
        for _ in 0..next()? {
            let flags = next()?;
            micros = micros.wrapping_add(next()?);
            let grown = next()?;
            now.quantity = now.quantity.wrapping_add(grown);
            let delta = if flags & DELTA == 0 { grown } else { next()? };
            if flags & TO_CLIENT != 0 {
                now.in_way_to_client = next()?;
            }
            if flags & FROM_CLIENT != 0 {
                now.in_way_from_client = next()?;
            }
            changes.push(Change {
                place: (OfferId(offer), WarehouseId(warehouse)),
                at: DateTime::from_timestamp_micros(micros)?,
                day: utc_day(micros).wrapping_add(flags.div_euclid(AHEAD)),
                now,
                delta,
            });
        }
    }
    Some(changes)
}

fn ids(rest: &mut &[u8]) -> Option<Vec<Uuid>> {
    let many = usize::try_from(read(rest)?).ok()?;
    let (ids, behind) = rest.split_at_checked(many.checked_mul(16)?)?;
    *rest = behind;
    ids.chunks_exact(16).map(|id| Uuid::from_slice(id).ok()).collect()
}

fn distinct(ids: impl Iterator<Item = Uuid>) -> Vec<Uuid> {
    let mut ids: Vec<Uuid> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

fn length(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

/// Both lists as one, each change once: a change that is known is not known better.
pub(crate) fn merge(known: Vec<Change>, more: Vec<Change>) -> Vec<Change> {
    let mut all: HashMap<_, Change> = more.into_iter().map(|c| (c.key(), c)).collect();
    all.extend(known.into_iter().map(|change| (change.key(), change)));
    all.into_values().collect()
}

/// Takes out what is older than a day, except the last change of each place before it.
pub(crate) fn without_older(changes: Vec<Change>, day: i64) -> Vec<Change> {
    let mut last: HashMap<Place, Change> = HashMap::new();
    let (older, mut kept): (Vec<_>, Vec<_>) =
        changes.into_iter().partition(|change| change.day < day);
    for change in older {
        let known = last.entry(change.place).or_insert(change);
        if change.at > known.at {
            *known = change;
        }
    }
    kept.extend(last.into_values());
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(
        offer: u128,
        warehouse: u128,
        at: i64,
        ahead: i64,
        now: [i64; 3],
        delta: i64,
    ) -> Change {
        Change {
            place: (OfferId(Uuid::from_u128(offer)), WarehouseId(Uuid::from_u128(warehouse))),
            at: DateTime::from_timestamp_micros(at).unwrap(),
            day: utc_day(at) + ahead,
            now: Pieces { quantity: now[0], in_way_to_client: now[1], in_way_from_client: now[2] },
            delta,
        }
    }

    #[test]
    fn what_is_packed_comes_back() {
        let day = 86_400_000_000;
        let changes = [
            change(1, 7, 20_000 * day + 1, 0, [5, 0, 0], 5),
            change(1, 7, 20_000 * day + 75_600_000_000, 1, [3, 1, 0], -2),
            change(1, 7, 20_001 * day, 0, [3, 1, 2], 0),
            change(1, 9, 20_000 * day, -1, [i64::MAX, i64::MIN, -1], i64::MIN),
            change(2, 7, 20_000 * day, 0, [0, 0, 0], -4),
            change(u128::MAX, u128::MAX, -5, 0, [1, 0, 0], 1),
        ];
        let mut shuffled = changes.to_vec();
        shuffled.reverse();
        assert_eq!(unpack(&pack(&shuffled)).unwrap(), changes);
        assert_eq!(unpack(&pack(&[])).unwrap(), []);
    }

    #[test]
    fn a_day_takes_nine_bytes() {
        let changes: Vec<Change> = (0..STRETCH_DAYS)
            .map(|day| {
                let now = [100 + day * 7 % 90, 0, 0];
                change(1, 7, (20_000 + day) * 86_400_000_000 + 123_456, 0, now, 7)
            })
            .collect();
        let ids_and_counts = 2 * 16 + 5;
        assert!(
            pack(&changes).len() <= ids_and_counts + changes.len() * 9,
            "{}",
            pack(&changes).len()
        );
    }

    #[test]
    fn what_was_cut_is_no_past() {
        let packed = pack(&[change(1, 7, 20_000 * 86_400_000_000, 0, [300, 1, 1], 300)]);
        for length in 1..packed.len() {
            assert!(unpack(&packed[..length]).is_err() || length == 34, "{length}");
        }
        assert!(unpack(&[0xff; 20]).is_err());
        assert!(unpack(&[2, 1]).is_err());
    }

    #[test]
    fn the_last_change_before_a_day_stays() {
        let day = 86_400_000_000;
        let changes = vec![
            change(1, 7, 10 * day, 0, [5, 0, 0], 5),
            change(1, 7, 12 * day, 0, [4, 0, 0], -1),
            change(1, 7, 11 * day, 0, [9, 0, 0], 4),
            change(1, 8, 3 * day, 0, [2, 0, 0], 2),
            change(1, 7, 20 * day, 0, [1, 0, 0], -3),
        ];
        let mut kept = without_older(changes.clone(), 20);
        kept.sort_unstable_by_key(|change| change.at);
        assert_eq!(kept, [changes[3], changes[1], changes[4]]);
        assert_eq!(without_older(kept.clone(), 20).len(), 3);
        assert_eq!(merge(kept.clone(), changes).len(), 5);
    }
}

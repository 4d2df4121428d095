//! Where a snapshot differs from an image: both in the order of the sizes' numbers, walked side by side, part by part.
//! Computes only; what a difference means for the database is not known here.

use domain::{malformed::Malformed, observed::ObservedLevel};
use std::{collections::VecDeque, ops::Range};
use store::{Error, ImageLevel, Pieces, StockImage};

/// Levels of a part that is made anew; one that has grown to more than twice as many is cut.
const LEVELS: usize = 2000;

/// A level that is not what it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Difference {
    pub(super) offer: i64,
    pub(super) warehouse: i64,
    pub(super) old: Pieces,
    pub(super) now: Pieces,
}

/// The sizes from a number up to the next part's.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) first: i64,
    /// It has no row of its own yet.
    pub(super) is_new: bool,
    /// What lies there now.
    pub(super) image: Vec<ImageLevel>,
    pub(super) differences: Vec<Difference>,
    /// Places that held something.
    pub(super) had: usize,
    /// Sizes that lay somewhere.
    pub(super) sizes: usize,
    /// Those of them of which the snapshot says nothing at all.
    pub(super) silent: usize,
}

impl Part {
    /// Takes levels out of the image whose difference could not be written.
    pub(super) fn forget(&mut self, unwritten: impl Fn(i64, i64) -> bool) {
        let differs: std::collections::HashSet<(i64, i64)> =
            self.differences.iter().map(|d| (d.offer, d.warehouse)).collect();
        self.image.retain(|level| {
            let place = (level.offer, level.warehouse);
            !(differs.contains(&place) && unwritten(level.offer, level.warehouse))
        });
    }
}

/// The parts of image and snapshot, in their order. `warehouses` are the numbers that the snapshot's levels name by
/// index; `loose` is what is known where there is no image.
pub(super) fn parts<'a>(
    images: &'a [StockImage],
    loose: &'a [ImageLevel],
    levels: &'a [ObservedLevel],
    warehouses: &'a [i64],
    malformed: &'a Malformed,
) -> impl Iterator<Item = Result<Part, Error>> + 'a {
    let mut next_image = 0;
    let mut cuts: VecDeque<(i64, bool, Vec<ImageLevel>, Range<usize>)> = VecDeque::new();
    std::iter::from_fn(move || {
        if cuts.is_empty() && next_image < images.len().max(1) {
            let image = images.get(next_image);
            let known = match image.map_or_else(|| Ok(loose.to_vec()), StockImage::levels) {
                Ok(known) => known,
                Err(error) => return Some(Err(error)),
            };
            // The first part begins before all numbers, whatever it is called.
            let from = match next_image {
                0 => 0,
                at => images.get(at).map_or(0, |image| before(levels, image.first)),
            };
            next_image += 1;
            let to = images.get(next_image).map_or(levels.len(), |next| before(levels, next.first));
            let first = image.map(|image| image.first);
            cut(&mut cuts, first, known, levels, from..to);
        }
        let (first, is_new, known, range) = cuts.pop_front()?;
        let told = levels.get(range).unwrap_or_default();
        let mut part = Part { first, is_new, ..Part::default() };
        compare(&mut part, &known, told, warehouses, malformed);
        Some(Ok(part))
    })
}

/// How many levels are of sizes before this one.
fn before(levels: &[ObservedLevel], first: i64) -> usize {
    levels.partition_point(|level| level.offer < first)
}

/// One part, or several if the snapshot has many levels there.
fn cut(
    cuts: &mut VecDeque<(i64, bool, Vec<ImageLevel>, Range<usize>)>,
    first: Option<i64>,
    mut known: Vec<ImageLevel>,
    levels: &[ObservedLevel],
    range: Range<usize>,
) {
    let offer_at = |at: usize| levels.get(at).map_or(i64::MAX, |level| level.offer);
    let mut ends = Vec::new();
    if range.len() > 2 * LEVELS {
        let mut end = range.start + LEVELS;
        while range.end.saturating_sub(end) >= LEVELS {
            // All of a size is in one part.
            let offer = offer_at(end);
            end = before(levels, offer);
            if ends.last().copied().unwrap_or(range.start) < end {
                ends.push(end);
            }
            end += LEVELS;
        }
    }
    ends.push(range.end);
    let mut from = range.start;
    for (at, end) in ends.iter().copied().enumerate() {
        let is_last = at + 1 == ends.len();
        let next = if is_last { None } else { Some(offer_at(end)) };
        let split = next.map_or(known.len(), |next| known.partition_point(|l| l.offer < next));
        let rest = known.split_off(split);
        let own = std::mem::replace(&mut known, rest);
        let lowest =
            own.first().map(|l| l.offer).into_iter().chain(levels.get(from).map(|l| l.offer));
        let named = if at == 0 { first } else { Some(offer_at(from)) };
        let is_new = at > 0 || first.is_none();
        let name = named.or_else(|| lowest.min()).unwrap_or_default();
        cuts.push_back((name, is_new, own, from..end));
        from = end;
    }
}

fn compare(
    part: &mut Part,
    known: &[ImageLevel],
    told: &[ObservedLevel],
    warehouses: &[i64],
    malformed: &Malformed,
) {
    part.had = known.len();
    let (mut known, mut told) = (known, told);
    let mut now: Vec<(i64, Pieces)> = Vec::new();
    while let Some(offer) =
        known.first().map(|l| l.offer).into_iter().chain(told.first().map(|l| l.offer)).min()
    {
        let (old, rest) = known.split_at(known.iter().take_while(|l| l.offer == offer).count());
        known = rest;
        let (new, rest) = told.split_at(told.iter().take_while(|l| l.offer == offer).count());
        told = rest;
        part.sizes += usize::from(!old.is_empty());
        part.silent += usize::from(!old.is_empty() && new.is_empty());
        now.clear();
        now.extend(new.iter().filter_map(|l| Some((*warehouses.get(l.warehouse)?, pieces(l)))));
        now.sort_unstable_by_key(|(warehouse, _)| *warehouse);
        if malformed.may_tell_of(offer) {
            // What nobody could read may have been about this.
            for level in old {
                if let Err(at) = now.binary_search_by_key(&level.warehouse, |(number, _)| *number) {
                    now.insert(at, (level.warehouse, level.pieces));
                }
            }
        }
        of_size(part, offer, old, &now);
    }
}

fn of_size(part: &mut Part, offer: i64, old: &[ImageLevel], now: &[(i64, Pieces)]) {
    let was = |warehouse: i64| {
        old.iter().find(|l| l.warehouse == warehouse).map(|l| l.pieces).unwrap_or_default()
    };
    for &(warehouse, pieces) in now {
        let before = was(warehouse);
        if pieces != before {
            part.differences.push(Difference { offer, warehouse, old: before, now: pieces });
        }
        if pieces != Pieces::default() {
            part.image.push(ImageLevel { offer, warehouse, pieces });
        }
    }
    for level in old {
        if now.iter().all(|(warehouse, _)| *warehouse != level.warehouse) {
            let (warehouse, old) = (level.warehouse, level.pieces);
            part.differences.push(Difference { offer, warehouse, old, now: Pieces::default() });
        }
    }
}

fn pieces(level: &ObservedLevel) -> Pieces {
    Pieces {
        quantity: level.quantity,
        in_way_to_client: level.in_way_to_client,
        in_way_from_client: level.in_way_from_client,
    }
}

#[cfg(test)]
#[path = "differences_tests.rs"]
mod tests;

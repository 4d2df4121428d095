//! All orders in the order of time, window after window: found once, kept while they are paged through.
//!
//! A handful of windows at most, whatever the shop's size and age: a window is as long as it takes to
//! hold about so many sales.

use super::posting::{Posting, of_order, order_id};
use crate::moscow::DAY;
use crate::world::cycle::Sale;
use crate::world::item::Item;
use crate::world::{Fate, World};
use std::collections::VecDeque;
use std::ops::{ControlFlow, Range};
use std::sync::{Arc, Mutex, PoisonError};

/// About so many sales are found at once, and so many windows are kept.
const WINDOW_SALES: f64 = 200_000.0;
const WINDOWS: usize = 4;
/// The part of the sales that comes back.
const RETURNED: f64 = 0.065;
/// A piece that comes back sets out at most so long after its order.
const SETS_OUT_WITHIN: i64 = 14 * DAY;
/// Cards that one thread looks through at least.
const SHARE: u32 = 2_000;

type Key = (u64, i64);

/// The windows that were asked for last.
#[derive(Debug, Default)]
struct Windows(Mutex<VecDeque<(Key, Arc<[Sale]>)>>);

/// What was ordered, and what came back.
#[derive(Debug, Default)]
pub(crate) struct Timeline {
    ordered: Windows,
    returning: Windows,
}

/// Which postings, in which order.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    /// Ordered between these seconds, both included.
    pub from: i64,
    pub to: i64,
    pub ascending: bool,
    /// Only those after this one.
    pub after: Option<[i64; 3]>,
}

impl Timeline {
    /// Visits postings as they are at a moment, until the visitor has enough.
    pub(crate) fn visit(
        &self,
        world: &World,
        moment: i64,
        span: Span,
        mut take: impl FnMut(Posting) -> ControlFlow<()>,
    ) {
        let (mut from, mut to) = (span.from.max(world.opened), span.to.min(moment));
        if let Some([at, ..]) = span.after {
            if span.ascending { from = from.max(at) } else { to = to.min(at) }
        }
        let length = window_length(world, 1.0);
        let (first, last) = (from.div_euclid(length), to.div_euclid(length));
        let (mut number, step) = if span.ascending { (first, 1) } else { (last, -1) };
        while from <= to && (first..=last).contains(&number) {
            let sales = self.ordered.get((world.version(), number), || {
                let window = number * length..(number + 1) * length;
                find(world, window, |item, window| item.sales(window.start, window.end))
            });
            let start = sales.partition_point(|sale| sale.at < from);
            let end = sales.partition_point(|sale| sale.at <= to);
            let ended = if span.ascending {
                let mut orders = sales[start..end].chunk_by(same_order);
                orders.try_for_each(|order| visit_order(world, order, moment, span, &mut take))
            } else {
                let mut orders = sales[start..end].chunk_by(same_order).rev();
                orders.try_for_each(|order| visit_order(world, order, moment, span, &mut take))
            };
            if ended.is_break() {
                return;
            }
            number += step;
        }
    }

    /// Visits pieces that set out to come back between two moments, both included, in the order of
    /// that and of the product.
    pub(crate) fn visit_returning(
        &self,
        world: &World,
        from: i64,
        to: i64,
        mut take: impl FnMut(&Sale) -> ControlFlow<()>,
    ) {
        let length = window_length(world, RETURNED);
        let from = from.max(world.opened);
        for number in from.div_euclid(length)..=to.div_euclid(length) {
            let sales = self.returning.get((world.version(), number), || {
                let window = number * length..(number + 1) * length;
                find_returning(world, window)
            });
            let mut wanted = sales.iter().filter(|sale| (from..=to).contains(&sale.back.0));
            if wanted.try_for_each(&mut take).is_break() {
                return;
            }
        }
    }
}

impl Windows {
    /// A window, made if it isn't there.
    fn get(&self, key: Key, make: impl FnOnce() -> Vec<Sale>) -> Arc<[Sale]> {
        // Who else wants one waits: finding it twice would take longer.
        let mut windows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = windows.iter().position(|(known, _)| *known == key) {
            if let Some(window) = windows.remove(at) {
                windows.push_front(window);
            }
        } else {
            let sales = make();
            windows.truncate(WINDOWS - 1);
            windows.push_front((key, sales.into()));
        }
        windows[0].1.clone()
    }
}

fn same_order(one: &Sale, next: &Sale) -> bool {
    (one.index, one.cycle, one.attempt) == (next.index, next.cycle, next.attempt)
}

fn visit_order(
    world: &World,
    order: &[Sale],
    moment: i64,
    span: Span,
    take: &mut impl FnMut(Posting) -> ControlFlow<()>,
) -> ControlFlow<()> {
    if let Some([at, id, _]) = span.after {
        let place = (order[0].at, order_id(&order[0]));
        let passed = if span.ascending { place < (at, id) } else { place > (at, id) };
        if passed {
            return ControlFlow::Continue(());
        }
    }
    let mut postings = of_order(&world.item(order[0].index), order, moment);
    if !span.ascending {
        postings.reverse();
    }
    postings
        .into_iter()
        .filter(|posting| {
            span.after.is_none_or(|after| {
                if span.ascending { posting.key() > after } else { posting.key() < after }
            })
        })
        .try_for_each(take)
}

/// Seconds of a window of a part of the sales.
#[expect(clippy::cast_possible_truncation, reason = "at most four weeks")]
fn window_length(world: &World, part: f64) -> i64 {
    let days = WINDOW_SALES / (world.orders_a_day() * part).max(1.0);
    ((days * 86_400.0) as i64).clamp(3600, 28 * DAY)
}

/// What set out in a window, in the order of that and of the product.
fn find_returning(world: &World, window: Range<i64>) -> Vec<Sale> {
    let mut sales = find(world, window, |item, window| {
        let mut sales = item.sales(window.start - SETS_OUT_WITHIN, window.end);
        sales.retain(|sale| {
            matches!(sale.fate, Fate::Refused | Fate::Returned) && window.contains(&sale.back.0)
        });
        sales
    });
    sales.sort_by_key(|sale| (sale.back.0, sale.index, sale.size));
    sales
}

/// What happened in a window, in the order of orders, on as many threads as there are.
fn find(
    world: &World,
    window: Range<i64>,
    of: impl Fn(&Item, &Range<i64>) -> Vec<Sale> + Sync,
) -> Vec<Sale> {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let share = world.total.div_ceil(u32::try_from(threads).unwrap_or(1)).max(SHARE);
    let (of, window) = (&of, &window);
    let mut sales = std::thread::scope(|scope| {
        let parts: Vec<_> = (0..world.total)
            .step_by(usize::try_from(share).unwrap_or(1))
            .map(|first| {
                let part = first..world.total.min(first.saturating_add(share));
                scope.spawn(move || -> Vec<Sale> {
                    part.flat_map(|index| of(&world.item(index), window)).collect()
                })
            })
            .collect();
        parts.into_iter().flat_map(|part| part.join().unwrap_or_default()).collect::<Vec<_>>()
    });
    sales.sort_unstable_by_key(|sale| (sale.at, sale.index, sale.cycle, sale.attempt, sale.unit));
    sales
}

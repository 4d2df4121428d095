//! Orders on Ozon: an order of one buyer, a posting for each warehouse it comes from.
//!
//! An order's number says which buyer's attempt it was, so that a posting is found by its number
//! without a list of all. A posting of the seller's of two pieces is sometimes split when it is packed.

use super::places::{OzonWarehouse, Scheme, held};
use super::stock::way;
use crate::random::{hash, unit};
use crate::world::cycle::{Sale, Watcher, live};
use crate::world::item::Item;
use crate::world::{Fate, World};

/// Bits of an order's number for the cycle and for the attempt.
const CYCLE_BITS: i64 = 10;
const ATTEMPT_BITS: i64 = 20;
/// How often a posting that can be split is.
const SPLIT: f64 = 0.3;

/// A parcel.
#[derive(Clone, Debug)]
pub(crate) struct Posting {
    pub item: Item,
    /// Its pieces: one or two.
    pub sales: Vec<Sale>,
    /// Its place in the order, from 1.
    pub number: u32,
    /// The posting that it was split from.
    pub parent: Option<u32>,
    /// When it was split off, or when another one was from it.
    pub split_at: Option<i64>,
}

/// What a posting is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Status {
    AwaitingPackaging,
    AwaitingDeliver,
    Delivering,
    Delivered,
    Cancelled,
}

impl Status {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::AwaitingPackaging => "awaiting_packaging",
            Self::AwaitingDeliver => "awaiting_deliver",
            Self::Delivering => "delivering",
            Self::Delivered => "delivered",
            Self::Cancelled => "cancelled",
        }
    }

    pub(crate) fn substatus(self) -> &'static str {
        match self {
            Self::AwaitingPackaging => "posting_created",
            Self::AwaitingDeliver => "posting_in_carriage",
            Self::Delivering => "posting_on_way_to_city",
            Self::Delivered => "posting_received",
            Self::Cancelled => "posting_canceled",
        }
    }
}

/// Which buyer's attempt an order was.
pub(crate) fn order_id(sale: &Sale) -> i64 {
    (i64::from(sale.index) << CYCLE_BITS | sale.cycle) << ATTEMPT_BITS | i64::from(sale.attempt)
}

impl Posting {
    pub(crate) fn first(&self) -> &Sale {
        &self.sales[0]
    }

    pub(crate) fn order_id(&self) -> i64 {
        order_id(self.first())
    }

    pub(crate) fn order_number(&self) -> String {
        let id = self.order_id();
        format!("{:010}-{:04}", id / 10_000, id % 10_000)
    }

    pub(crate) fn posting_number(&self) -> String {
        format!("{}-{}", self.order_number(), self.number)
    }

    pub(crate) fn parent_number(&self) -> String {
        self.parent.map_or(String::new(), |number| format!("{}-{number}", self.order_number()))
    }

    pub(crate) fn warehouse(&self) -> &'static OzonWarehouse {
        held(&self.item, usize::from(self.first().hold))
    }

    /// Its place among all postings in the order of time.
    pub(crate) fn key(&self) -> [i64; 3] {
        [self.first().at, self.order_id(), i64::from(self.number)]
    }

    /// When it is packed and when it leaves.
    pub(crate) fn way(&self) -> (i64, i64) {
        way(&self.item, self.first())
    }

    /// What it is doing at a moment and since when.
    pub(crate) fn status(&self, moment: i64) -> (Status, i64) {
        let sale = self.first();
        let (packed, shipped) = self.way();
        let cancelled = matches!(sale.fate, Fate::Cancelled | Fate::Refused);
        if sale.settled <= moment {
            let status = if cancelled { Status::Cancelled } else { Status::Delivered };
            (status, sale.settled)
        } else if shipped <= moment {
            (Status::Delivering, shipped)
        } else if packed <= moment {
            (Status::AwaitingDeliver, packed)
        } else {
            (Status::AwaitingPackaging, sale.at)
        }
    }

    /// Its products by the place of their size, with the number of pieces.
    pub(crate) fn lines(&self) -> Vec<(usize, i64)> {
        let mut lines: Vec<(usize, i64)> = Vec::new();
        for sale in &self.sales {
            let size = usize::from(sale.size);
            match lines.iter_mut().find(|(known, _)| *known == size) {
                Some((_, pieces)) => *pieces += 1,
                None => lines.push((size, 1)),
            }
        }
        lines
    }
}

/// The postings of one order as they are at a moment, from its sales.
pub(crate) fn of_order(item: &Item, sales: &[Sale], moment: i64) -> Vec<Posting> {
    let mut postings: Vec<Posting> = Vec::new();
    for sale in sales {
        match postings.iter_mut().find(|posting| posting.first().hold == sale.hold) {
            Some(posting) => posting.sales.push(*sale),
            None => postings.push(Posting {
                item: item.clone(),
                sales: vec![*sale],
                number: u32::try_from(postings.len()).unwrap_or(0) + 1,
                parent: None,
                split_at: None,
            }),
        }
    }
    let mut next = u32::try_from(postings.len()).unwrap_or(0) + 1;
    let mut split = Vec::new();
    for posting in &mut postings {
        let Some(at) = splits_at(posting).filter(|at| *at <= moment) else { continue };
        let Some(last) = posting.sales.pop() else { continue };
        posting.split_at = Some(at);
        split.push(Posting {
            item: item.clone(),
            sales: vec![last],
            number: next,
            parent: Some(posting.number),
            split_at: Some(at),
        });
        next += 1;
    }
    postings.append(&mut split);
    postings
}

/// When a posting of two pieces is split, if it is.
fn splits_at(posting: &Posting) -> Option<i64> {
    let sale = posting.first();
    let (packed, _) = posting.way();
    let own = posting.warehouse().scheme != Scheme::Fbo;
    let roll = unit(hash([posting.item.key, 61, posting.order_id().unsigned_abs()]));
    (own && posting.sales.len() == 2 && packed < sale.settled && roll < SPLIT).then_some(packed)
}

/// All postings of an order's number, `None` when there is no such order yet.
pub(crate) fn of_order_id(world: &World, id: i64, moment: i64) -> Option<Vec<Posting>> {
    let attempt = u32::try_from(id & ((1 << ATTEMPT_BITS) - 1)).ok()?;
    let cycle = id >> ATTEMPT_BITS & ((1 << CYCLE_BITS) - 1);
    let index = u32::try_from(id >> (ATTEMPT_BITS + CYCLE_BITS)).ok()?;
    if index >= world.total {
        return None;
    }
    let item = world.item(index);
    let mut found = Attempt { attempt, sales: Vec::new() };
    live(&item, item.cycle(cycle), moment, &mut found);
    let postings = of_order(&item, &found.sales, moment);
    (!postings.is_empty()).then_some(postings)
}

/// The number of a text such as `0012345678-0042`, with or without the posting's own number.
pub(crate) fn read_number(text: &str) -> Option<(i64, Option<u32>)> {
    let mut parts = text.split('-');
    let (high, low) = (parts.next()?, parts.next()?);
    if high.len() < 10 || low.len() != 4 {
        return None;
    }
    let id = high.parse::<i64>().ok()?.checked_mul(10_000)?.checked_add(low.parse().ok()?)?;
    let number = parts.next().map(str::parse).transpose().ok()?;
    parts.next().is_none().then_some((id, number))
}

/// A posting by its number.
pub(crate) fn of_number(world: &World, text: &str, moment: i64) -> Option<Posting> {
    let (id, number) = read_number(text)?;
    let postings = of_order_id(world, id, moment)?;
    postings.into_iter().find(|posting| Some(posting.number) == number)
}

struct Attempt {
    attempt: u32,
    sales: Vec<Sale>,
}

impl Watcher for Attempt {
    fn sold(&mut self, sale: &Sale) {
        if sale.attempt == self.attempt {
            self.sales.push(*sale);
        }
    }
}

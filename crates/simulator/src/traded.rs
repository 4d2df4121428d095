//! What reached its buyers and what came back, and what a card costs: the truth behind the reports of sales and prices.
//!
//! A piece that was bought is one sale; one that was brought back is the same sale and, later, a return. What was
//! paid for it is told a while after it happened, as the marketplace does.

use crate::catalogue::Card;
use crate::moscow::{DAY, day_of, start_of, utc};
use crate::random::{Dice, hash};
use crate::truth::warehouse_name;
use crate::world::cycle::Sale as Ordered;
use crate::world::item::Item;
use crate::world::sale::{Destination, Price, price_on};
use crate::world::{Fate, World};
use chrono::{DateTime, Utc};
use std::ops::Range;

/// The longest time from an order to its return, seconds.
pub(crate) const RETURNED_WITHIN: i64 = 14 * DAY;

/// Longest time until an amount is told, hours.
const TOLD_WITHIN: f64 = 20.0;

/// A sale or a return.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sale {
    /// Its key: `S…` or `R…`.
    pub sale_id: String,
    /// Whether it came back.
    pub is_return: bool,
    /// The key of its order.
    pub srid: String,
    /// `nmID`.
    pub nm_id: i64,
    /// `chrtID`.
    pub chrt_id: i64,
    /// The size's barcode that the report names.
    pub barcode: String,
    /// When it was sold or came back.
    pub at: DateTime<Utc>,
    /// From when on the report tells its amounts; before that they are 0.
    pub told_at: DateTime<Utc>,
    /// What the buyer paid, kopecks: `finishedPrice`.
    pub finished_price_minor: i64,
    /// What the seller gets, kopecks: `forPay`.
    pub for_pay_minor: i64,
    /// Where it shipped from, as the report names it.
    pub warehouse_name: &'static str,
    /// Where it went; empty when not told.
    pub region: &'static str,
}

/// What a size costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SizePrice {
    /// `sizeID`, the same as `chrtID`.
    pub chrt_id: i64,
    /// Without discounts, kopecks.
    pub full_minor: i64,
    /// The seller's discount, per cent.
    pub discount: i64,
    /// With it, kopecks.
    pub discounted_minor: i64,
}

/// An event of the report.
pub(crate) struct Event {
    pub ordered: Ordered,
    pub is_return: bool,
    pub at: i64,
    pub told: i64,
    pub number: u64,
}

impl Event {
    pub(crate) fn sale_id(&self) -> String {
        format!("{}{:014}", if self.is_return { 'R' } else { 'S' }, self.number)
    }

    /// What the seller gets, kopecks.
    pub(crate) fn for_pay(&self, item: &Item) -> i64 {
        let price = self.ordered.price(item);
        price.discounted * (72 + (self.number % 14).cast_signed())
            + (self.number % 97).cast_signed()
    }
}

/// The events of an item in a time, in no order.
pub(crate) fn events(item: &Item, within: &Range<i64>) -> Vec<Event> {
    let mut found = Vec::new();
    for ordered in item.sales(within.start - RETURNED_WITHIN, within.end) {
        if !matches!(ordered.fate, Fate::Bought | Fate::Returned) {
            continue;
        }
        let returned = (ordered.fate == Fate::Returned).then_some((true, ordered.back.0));
        for (is_return, at) in [Some((false, ordered.settled)), returned].into_iter().flatten() {
            if !within.contains(&at) {
                continue;
            }
            let mut dice = Dice::new(hash([
                item.key,
                if is_return { 56 } else { 55 },
                ordered.cycle.cast_unsigned(),
                u64::from(ordered.attempt) << 8 | u64::from(ordered.unit),
            ]));
            let number = dice.below(99_999_999_999_999);
            let late = if dice.chance(0.3) { dice.hours(1.0, TOLD_WITHIN) } else { 0 };
            found.push(Event { ordered, is_return, at, told: at + late, number });
        }
    }
    found
}

impl World {
    /// The sales and returns of a card in `from..to`, in no order.
    pub fn sales_of(&self, nm_id: i64, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<Sale> {
        let Some(item) = self.item_of(nm_id) else { return Vec::new() };
        events(&item, &(from.timestamp()..to.timestamp()))
            .iter()
            .map(|event| self.sale(&item, event))
            .collect()
    }

    fn sale(&self, item: &Item, event: &Event) -> Sale {
        let (ordered, card): (&Ordered, &Card) = (&event.ordered, &item.card);
        let size = usize::from(ordered.size);
        let (price, to): (Price, Destination) = (ordered.price(item), ordered.destination(item));
        Sale {
            sale_id: event.sale_id(),
            is_return: event.is_return,
            srid: ordered.srid(item),
            nm_id: card.nm,
            chrt_id: card.chrt(size),
            barcode: card.barcode(size),
            at: utc(event.at),
            told_at: utc(event.told),
            finished_price_minor: price.finished * 100,
            for_pay_minor: event.for_pay(item),
            warehouse_name: warehouse_name(ordered, item, self.names),
            region: to.region,
        }
    }

    /// What the sizes of a card cost at a moment; nothing for an unknown card.
    pub fn prices_of(&self, nm_id: i64, at: DateTime<Utc>) -> Vec<SizePrice> {
        let Some(item) = self.item_of(nm_id) else { return Vec::new() };
        let price = price_on(&item, day_of(at.timestamp()));
        (0..item.card.grid.len())
            .map(|size| SizePrice {
                chrt_id: item.card.chrt(size),
                full_minor: price.full * 100,
                discount: price.discount,
                discounted_minor: price.full * (100 - price.discount),
            })
            .collect()
    }
}

/// What the marketplace counts of a card over a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figures {
    /// Pieces ordered.
    pub orders: i64,
    /// What they cost, roubles.
    pub orders_sum: i64,
    /// Seconds of the time.
    pub seconds: i64,
    /// Pieces in stock now, at all warehouses.
    pub stock: i64,
    /// On the way to buyers.
    pub to_client: i64,
    /// On the way back.
    pub from_client: i64,
    /// Hours without any stock.
    pub missing: i64,
    /// What the days ended with, added up.
    pub stock_days: i64,
    /// With the seller's discount now, roubles.
    pub price: i64,
}

impl Figures {
    pub(crate) fn of(world: &World, item: &Item, within: &Range<i64>, now: i64) -> Self {
        let sales: Vec<Ordered> = item
            .sales(within.start, within.end)
            .into_iter()
            .filter(|sale| sale.seen <= now)
            .collect();
        let shelves = item.shelves(now, world.names);
        let sum = |of: fn(&crate::world::stock::Shelf) -> i64| shelves.iter().map(of).sum::<i64>();
        let count = |n: usize| i64::try_from(n).unwrap_or_default();
        let (missing, stock_days) = missing_hours(world, item, within);
        Self {
            orders: count(sales.len()),
            orders_sum: sales.iter().map(|sale| sale.price(item).discounted).sum(),
            seconds: within.end - within.start,
            stock: sum(|shelf| shelf.quantity),
            to_client: sum(|shelf| shelf.to_client),
            from_client: sum(|shelf| shelf.from_client),
            missing,
            stock_days,
            price: price_on(item, day_of(now)).discounted,
        }
    }

    /// Pieces ordered a day.
    #[expect(clippy::cast_precision_loss, reason = "pieces of three months")]
    pub fn average(&self) -> f64 {
        let days = self.seconds as f64 / 86_400.0;
        (self.orders as f64 / days * 100.0).round() / 100.0
    }

    /// Hours in which the stock of now is sold: -1 never, -2 there is none.
    pub fn sale_rate(&self) -> i64 {
        match (self.stock, self.orders) {
            (0, _) => -2,
            (_, 0) => -1,
            (stock, orders) => stock * self.seconds / 3600 / orders,
        }
    }

    /// The same of the average stock at the end of a day; not computed without orders.
    pub fn turnover(&self) -> i64 {
        match (self.stock_days, self.orders) {
            (_, 0) => -3,
            (0, _) => -2,
            (stock_days, orders) => stock_days * 24 / orders,
        }
    }

    /// Orders that did not come because there was nothing.
    #[expect(clippy::cast_precision_loss, reason = "hours of three months")]
    pub fn lost(&self) -> f64 {
        (self.average() * self.missing as f64 / 24.0 * 100.0).round() / 100.0
    }
}

/// Whole hours in a time in which no place had any, and what its days ended with, added up.
fn missing_hours(world: &World, item: &Item, within: &Range<i64>) -> (i64, i64) {
    let start = within.start.max(item.created);
    if start >= within.end {
        return (0, 0);
    }
    let total = |moment| item.shelves(moment, world.names).iter().map(|s| s.quantity).sum::<i64>();
    let mut level: i64 = total(start);
    let (mut since, mut missing) = (start, 0);
    let (mut midnight, mut stock_days) = (start_of(day_of(start) + 1), 0);
    let mut end_days = |level: i64, until: i64| {
        while midnight <= until {
            stock_days += level;
            midnight += DAY;
        }
    };
    for change in item.changes(start + 1, within.end - 1) {
        if level == 0 {
            missing += change.at - since;
        }
        since = change.at;
        end_days(level, change.at);
        level += i64::from(change.after - change.before);
    }
    end_days(level, within.end);
    if level == 0 {
        missing += within.end - since;
    }
    (missing / 3600, stock_days)
}

impl World {
    /// The marketplace's figures of a card over whole Moscow days (days since 1970-01-01, both included).
    pub fn figures_of(&self, nm_id: i64, days: (i64, i64), at: DateTime<Utc>) -> Option<Figures> {
        let item = self.item_of(nm_id)?;
        let now = at.timestamp();
        let within = start_of(days.0)..start_of(days.1 + 1).min(now);
        Some(Figures::of(self, &item, &within, now))
    }
}

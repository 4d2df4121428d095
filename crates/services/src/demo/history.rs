//! A simulated year as rows: computed before anything is written, with the ids that the rows have by then.

use super::{DemoChange, DemoWorld};
use crate::days;
use chrono::{DateTime, Utc};
use domain::{
    Marketplace, ProductId, WarehouseId,
    observed::{ObservedOrder, StockSnapshot},
    product::StockSource,
};
use std::collections::HashMap;
use store::{KnownOffer, LevelChange, PastChange, Pieces, Place};

/// Where things are in the database.
pub(super) struct Ids {
    pub(super) products: HashMap<i64, ProductId>,
    pub(super) offers: HashMap<i64, KnownOffer>,
    pub(super) warehouses: HashMap<(StockSource, i64), WarehouseId>,
}

/// The rows.
#[derive(Default)]
pub(super) struct History {
    /// Every place's level now, also of those that have none left.
    pub(super) levels: Vec<PastChange>,
    /// One change a place and day: as if the shop had been read every midnight.
    pub(super) changes: Vec<PastChange>,
    /// The orders, card after card, of each in the order of days.
    pub(super) orders: Vec<ObservedOrder>,
}

pub(super) const SOURCES: [StockSource; 2] = [StockSource::Marketplace, StockSource::Seller];

impl History {
    pub(super) fn of(world: &dyn DemoWorld, ids: &Ids, now: DateTime<Utc>) -> Self {
        let from = world.opened_at();
        let mut history = Self::default();
        let mut quantity: HashMap<Place, i64> = HashMap::new();
        for source in SOURCES {
            for (place, product, pieces) in places(ids, &world.stock(source, from)) {
                quantity.insert(place, pieces.quantity);
                history.changes.push(past(place, product, pieces, pieces.quantity, from));
            }
        }
        history.changes.retain(|past| past.change.delta != 0);
        let mut articles: Vec<i64> = ids.products.keys().copied().collect();
        articles.sort_unstable();
        for article in articles {
            history.follow(ids, world.changes(article, from, now), &mut quantity);
            let mut orders = world.orders(article, from, now);
            orders.sort_unstable_by_key(|order| order.ordered_at);
            history.orders.append(&mut orders);
        }
        for source in SOURCES {
            for (place, product, pieces) in places(ids, &world.stock(source, now)) {
                history.levels.push(past(place, product, pieces, 0, now));
            }
        }
        history
    }

    /// Adds what is left of a card's changes when only the last of a place and day is kept.
    fn follow(&mut self, ids: &Ids, changes: Vec<DemoChange>, quantity: &mut HashMap<Place, i64>) {
        let mut last: HashMap<(Place, i64), (ProductId, DemoChange)> = HashMap::new();
        for change in changes {
            let warehouse = ids.warehouses.get(&(change.source, change.warehouse));
            let (Some(known), Some(&warehouse)) = (ids.offers.get(&change.offer), warehouse) else {
                continue;
            };
            let day = days::number_of(Marketplace::Wildberries, change.at);
            last.insert(((known.offer, warehouse), day), (known.product, change));
        }
        let mut last: Vec<_> = last.into_iter().collect();
        last.sort_unstable_by_key(|(key, _)| *key);
        for ((place, _), (product, change)) in last {
            let before = quantity.insert(place, change.quantity).unwrap_or_default();
            let delta = change.quantity - before;
            if delta != 0 {
                let pieces = Pieces { quantity: change.quantity, ..Pieces::default() };
                self.changes.push(past(place, product, pieces, delta, change.at));
            }
        }
    }
}

fn past(
    place: Place,
    product: ProductId,
    now: Pieces,
    delta: i64,
    at: DateTime<Utc>,
) -> PastChange {
    let day = days::number_of(Marketplace::Wildberries, at);
    PastChange { change: LevelChange { place, product, now, delta }, at, day }
}

fn places<'s>(
    ids: &'s Ids,
    snapshot: &'s StockSnapshot,
) -> impl Iterator<Item = (Place, ProductId, Pieces)> + 's {
    snapshot.levels.iter().filter_map(|level| {
        let known = ids.offers.get(&level.offer)?;
        let warehouse = snapshot.warehouses.get(level.warehouse)?;
        let warehouse = ids.warehouses.get(&(warehouse.source, warehouse.number))?;
        let pieces = Pieces {
            quantity: level.quantity,
            in_way_to_client: level.in_way_to_client,
            in_way_from_client: level.in_way_from_client,
        };
        Some(((known.offer, *warehouse), known.product, pieces))
    })
}

//! What a method needs to answer: the world, the moment, and what is remembered between calls.

use super::problem::Problem;
use super::product::{Position, Product, after, archived, by_id, by_sku};
use super::timeline::Timeline;
use crate::world::{ChangeError, Where, World};
use std::sync::{Mutex, PoisonError};

/// Ozon's side of a shop.
#[derive(Debug)]
pub(crate) struct Side {
    pub world: World,
    pub timeline: Timeline,
    counted: Mutex<Option<Counted>>,
}

/// How many products there are, until the next one comes or goes.
#[derive(Clone, Copy, Debug)]
struct Counted {
    version: u64,
    from: i64,
    until: i64,
    listed: i64,
    archived: i64,
}

/// One question.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shop<'a> {
    pub side: &'a Side,
    pub world: &'a World,
    /// Whose key asks.
    pub client_id: i64,
    pub key: super::keys::OzonKey,
    /// The world's seconds since 1970.
    pub now: i64,
    /// The moment that stock analytics are of.
    pub analysed: i64,
}

impl Side {
    pub(crate) fn new(world: World) -> Self {
        Self { world, timeline: Timeline::default(), counted: Mutex::new(None) }
    }

    /// Sets a level by hand.
    pub(crate) fn force(
        &self,
        sku: i64,
        place: Where,
        quantity: i64,
        now: i64,
    ) -> Result<(), ChangeError> {
        let product = by_sku(&self.world, sku, now).ok_or(ChangeError::UnknownSize(sku))?;
        self.world.force(product.item.card.chrt(product.size), place, quantity, now)
    }

    /// Puts a card's products into the archive.
    pub(crate) fn archive(&self, sku: i64, now: i64) -> Result<(), ChangeError> {
        let product = by_sku(&self.world, sku, now).ok_or(ChangeError::UnknownCard(sku))?;
        self.world.trash(product.item.card.nm, now)
    }
}

impl Shop<'_> {
    /// Products that are not in the archive, and those that are.
    pub(crate) fn totals(&self) -> (i64, i64) {
        let version = self.world.version();
        let mut counted = self.side.counted.lock().unwrap_or_else(PoisonError::into_inner);
        let valid = counted.filter(|known| {
            known.version == version && (known.from..known.until).contains(&self.now)
        });
        let known = valid.unwrap_or_else(|| self.count(version));
        *counted = Some(known);
        (known.listed, known.archived)
    }

    fn count(&self, version: u64) -> Counted {
        let from = self.now;
        let mut counted = Counted { version, from, until: i64::MAX, listed: 0, archived: 0 };
        for item in self.world.items() {
            let products = i64::try_from(item.card.grid.len()).unwrap_or(0);
            if item.created > self.now {
                counted.until = counted.until.min(item.created);
            } else if archived(&item, self.now) {
                counted.archived += products;
            } else {
                counted.listed += products;
                counted.until = counted.until.min(item.trashed.unwrap_or(i64::MAX));
            }
        }
        counted
    }

    /// The products after a position that are of a visibility.
    pub(crate) fn products(
        &self,
        last: Option<Position>,
        in_archive: bool,
    ) -> impl Iterator<Item = Product> + '_ {
        let now = self.now;
        after(self.world, last, now)
            .filter(move |product| archived(&product.item, now) == in_archive)
    }

    /// The position of a cursor's product.
    pub(crate) fn position(&self, id: i64) -> Result<Position, Problem> {
        by_id(self.world, id, i64::MAX)
            .map(|product| product.position())
            .ok_or_else(|| Problem::invalid("invalid cursor"))
    }
}

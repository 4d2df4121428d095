//! What Ozon sells: a size of a card is a product with an article of its own.
//!
//! Ids are computed from the card's and back, so that nothing has to be looked up.

use crate::catalogue::{Card, FIRST_CHRT, FIRST_NM};
use crate::world::World;
use crate::world::item::Item;

/// The lowest `product_id` and `sku`.
const FIRST_PRODUCT: i64 = 1_003_000_000;
const FIRST_SKU: i64 = 1_480_000_000;

/// A product's place among all: the card's index and the place of the size in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Position {
    pub index: u32,
    pub size: usize,
}

/// A product of a world.
#[derive(Clone, Debug)]
pub(crate) struct Product {
    pub item: Item,
    pub size: usize,
}

pub(crate) fn product_id(card: &Card, size: usize) -> i64 {
    FIRST_PRODUCT + (card.chrt(size) - FIRST_CHRT)
}

pub(crate) fn sku(card: &Card, size: usize) -> i64 {
    FIRST_SKU + (card.chrt(size) - FIRST_CHRT)
}

/// The seller's article on Ozon: the card's, and the size where there are several.
pub(crate) fn offer_id(card: &Card, size: usize) -> String {
    if card.grid.len() == 1 {
        card.vendor_code()
    } else {
        format!("{}-{}", card.vendor_code(), card.grid[size].0)
    }
}

pub(crate) fn name(card: &Card, size: usize) -> String {
    if card.grid.len() == 1 {
        card.title()
    } else {
        format!("{}, размер {}", card.title(), card.grid[size].0)
    }
}

/// The size's barcodes, after the one that Ozon gives.
pub(crate) fn barcodes(card: &Card, size: usize) -> Vec<String> {
    let mut barcodes = vec![format!("OZN{}", sku(card, size))];
    barcodes.extend(card.sizes().swap_remove(size).barcodes);
    barcodes
}

/// The same for all sizes of a card.
pub(crate) fn model_id(card: &Card) -> i64 {
    card.nm + 200_000_000
}

impl Product {
    pub(crate) fn position(&self) -> Position {
        Position { index: self.item.index, size: self.size }
    }

    pub(crate) fn id(&self) -> i64 {
        product_id(&self.item.card, self.size)
    }

    pub(crate) fn sku(&self) -> i64 {
        sku(&self.item.card, self.size)
    }

    pub(crate) fn offer_id(&self) -> String {
        offer_id(&self.item.card, self.size)
    }

    pub(crate) fn name(&self) -> String {
        name(&self.item.card, self.size)
    }

    /// A product that exists at a moment, whether archived or not.
    fn existing(self, moment: i64) -> Option<Self> {
        (self.item.created <= moment).then_some(self)
    }
}

/// Whether a card's products are in the archive.
pub(crate) fn archived(item: &Item, moment: i64) -> bool {
    item.trashed.is_some_and(|at| at <= moment)
}

fn of_chrt(world: &World, chrt: i64, moment: i64) -> Option<Product> {
    let (nm, size) = Card::of_chrt(chrt)?;
    Product { item: world.item_of(nm)?, size }.existing(moment)
}

pub(crate) fn by_id(world: &World, id: i64, moment: i64) -> Option<Product> {
    of_chrt(world, id.checked_sub(FIRST_PRODUCT)?.checked_add(FIRST_CHRT)?, moment)
}

pub(crate) fn by_sku(world: &World, sku: i64, moment: i64) -> Option<Product> {
    of_chrt(world, sku.checked_sub(FIRST_SKU)?.checked_add(FIRST_CHRT)?, moment)
}

pub(crate) fn by_offer(world: &World, offer: &str, moment: i64) -> Option<Product> {
    let number = offer.split('-').nth(1)?;
    let item = world.item_of(FIRST_NM.checked_add(Card::article_number(number)?)?)?;
    let size = (0..item.card.grid.len()).find(|size| offer_id(&item.card, *size) == offer)?;
    Product { item, size }.existing(moment)
}

/// The products after a position, card after card; `size` of a position is exclusive.
pub(crate) fn after(
    world: &World,
    last: Option<Position>,
    moment: i64,
) -> impl Iterator<Item = Product> + '_ {
    let first = last.map_or(0, |last| last.index);
    (first..world.total)
        .map(|index| world.item(index))
        .filter(move |item| item.created <= moment)
        .flat_map(move |item| {
            let from = match last {
                Some(last) if last.index == item.index => last.size + 1,
                _ => 0,
            };
            (from..item.card.grid.len()).map(move |size| Product { item: item.clone(), size })
        })
}

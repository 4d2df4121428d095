//! What is really so in a world: for filling a demo without asking it over HTTP, and for tests that
//! compare. Quantities are pieces, money is minor units (kopecks), moments are UTC.
//!
//! Everything is computed when asked for, card after card; nothing is kept.

use crate::WarehouseNames;
use crate::catalogue::Size;
use crate::moscow::utc;
use crate::photo_url;
use crate::world::cycle::Sale;
use crate::world::item::Item;
use crate::world::stock::Shelf;
use crate::world::warehouses::{HIDDEN, MARKETPLACES, PLACES, reported};
use crate::world::{Cause, Fate, Warehouse, World};
use chrono::{DateTime, Utc};

/// A card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    /// `nmID`.
    pub nm_id: i64,
    /// The seller's article.
    pub vendor_code: String,
    /// The title, Russian.
    pub title: String,
    /// The brand.
    pub brand: &'static str,
    /// `subjectID`.
    pub subject_id: i64,
    /// `subjectName`.
    pub subject: &'static str,
    /// The subject's parent.
    pub category: &'static str,
    /// Its sizes.
    pub sizes: Vec<Size>,
    /// A small photo, in the official form; `None`: the card has no photos.
    pub photo_url: Option<String>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// From when on it is in the trash, as far as is decided.
    pub trashed_at: Option<DateTime<Utc>>,
}

/// A size at a warehouse at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    /// `nmID`.
    pub nm_id: i64,
    /// `chrtID`.
    pub chrt_id: i64,
    /// Where.
    pub warehouse: Warehouse,
    /// Pieces that can be sold.
    pub quantity: i64,
    /// Pieces on the way to buyers.
    pub in_way_to_client: i64,
    /// Pieces on the way back.
    pub in_way_from_client: i64,
}

/// A change of `Level::quantity`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LevelChange {
    /// When.
    pub at: DateTime<Utc>,
    /// `nmID`.
    pub nm_id: i64,
    /// `chrtID`.
    pub chrt_id: i64,
    /// Where.
    pub warehouse_id: i64,
    /// By how many pieces.
    pub by: i64,
    /// Pieces that can be sold from then on.
    pub quantity: i64,
    /// Why.
    pub cause: Cause,
}

/// An ordered piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// Its key.
    pub srid: String,
    /// `nmID`.
    pub nm_id: i64,
    /// `chrtID`.
    pub chrt_id: i64,
    /// The size's barcode that the report names.
    pub barcode: String,
    /// When it was ordered and left the stock.
    pub ordered_at: DateTime<Utc>,
    /// From when on the report shows it (a few are paid hours later).
    pub visible_at: DateTime<Utc>,
    /// When it was delivered or cancelled: the last change of its row.
    pub settled_at: DateTime<Utc>,
    /// What becomes of it.
    pub fate: Fate,
    /// When it is cancelled (`settled_at`), if it is.
    pub cancelled_at: Option<DateTime<Utc>>,
    /// When it can be sold again, if it comes back.
    pub back_at: Option<DateTime<Utc>>,
    /// Without discounts, kopecks.
    pub full_price_minor: i64,
    /// With the seller's discount, kopecks: `priceWithDisc`.
    pub discounted_price_minor: i64,
    /// What the buyer pays, kopecks: `finishedPrice`.
    pub finished_price_minor: i64,
    /// Where it lay, as the stock report numbers it.
    pub warehouse_id: i64,
    /// As the order report names it: while the marketplace hides its warehouses, `Склад WB РФ`.
    pub warehouse_name: &'static str,
    /// Where it goes; empty when not told.
    pub region: &'static str,
}

/// How the order report names the marketplace's warehouses while they are hidden.
pub(crate) const HIDDEN_IN_ORDERS: &str = "Склад WB РФ";

/// How the order report names a sale's warehouse.
pub(crate) fn warehouse_name(sale: &Sale, item: &Item, names: WarehouseNames) -> &'static str {
    let (place, _) = item.holds[usize::from(sale.hold)];
    let warehouse = reported(place, names);
    if *warehouse == HIDDEN { HIDDEN_IN_ORDERS } else { warehouse.name }
}

impl World {
    /// The cards that the list shows at a moment, in the order of `nmID`.
    pub fn products(&self, at: DateTime<Utc>) -> impl Iterator<Item = Product> + '_ {
        let moment = at.timestamp();
        self.items().filter(move |item| item.listed_at(moment)).map(|item| product(&item))
    }

    /// Every card that there ever was, also those in the trash.
    pub fn all_products(&self) -> impl Iterator<Item = Product> + '_ {
        self.items().map(|item| product(&item))
    }

    /// A card, also one in the trash.
    pub fn product(&self, nm_id: i64) -> Option<Product> {
        self.item_of(nm_id).map(|item| product(&item))
    }

    /// The moment before which there is nothing.
    pub fn opened_at(&self) -> DateTime<Utc> {
        utc(self.opened)
    }

    /// The warehouses that stock is reported at.
    pub fn warehouses(&self) -> Vec<Warehouse> {
        let named = &PLACES[..usize::from(MARKETPLACES)];
        let first = usize::from(MARKETPLACES);
        let own = &PLACES[first..first + usize::from(self.sellers)];
        match self.names {
            WarehouseNames::Named => [named, own].concat(),
            WarehouseNames::Hidden => [&[HIDDEN], own].concat(),
        }
    }

    /// All levels at a moment, also those that are 0, card after card.
    pub fn levels(&self, at: DateTime<Utc>) -> impl Iterator<Item = Level> + '_ {
        let moment = at.timestamp();
        self.items().flat_map(move |item| levels(&item, moment, self.names))
    }

    /// A card's levels at a moment; nothing for an unknown card.
    pub fn levels_of(&self, nm_id: i64, at: DateTime<Utc>) -> Vec<Level> {
        self.item_of(nm_id).map_or(Vec::new(), |item| levels(&item, at.timestamp(), self.names))
    }

    /// Every change of a card's levels in `from..=to`, in the order of time. Together with
    /// `levels_of` just before `from` it gives every level at every moment.
    pub fn changes_of(
        &self,
        nm_id: i64,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Vec<LevelChange> {
        let Some(item) = self.item_of(nm_id) else { return Vec::new() };
        let (from, to) = (from.timestamp(), to.timestamp());
        let mut known = item.shelves(from - 1, self.names);
        item.changes(from, to)
            .into_iter()
            .filter_map(|change| {
                let warehouse = reported(item.holds[change.hold].0, self.names);
                let held = known
                    .iter_mut()
                    .find(|shelf| shelf.size == change.size && shelf.warehouse == warehouse)?;
                let by = i64::from(change.after - change.before);
                held.quantity += by;
                Some(LevelChange {
                    at: utc(change.at),
                    nm_id,
                    chrt_id: item.card.chrt(change.size),
                    warehouse_id: warehouse.id,
                    by,
                    quantity: held.quantity,
                    cause: change.cause,
                })
            })
            .collect()
    }

    /// What was ordered of a card in `from..to`, in the order of time.
    pub fn orders_of(&self, nm_id: i64, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<Order> {
        self.item_of(nm_id).map_or(Vec::new(), |item| self.orders_of_item(&item, from, to))
    }

    /// What was ordered in `from..to`, card after card, of each in the order of time. Cards in the
    /// trash are among them.
    pub fn orders(
        &self,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> impl Iterator<Item = Order> + '_ {
        self.items().flat_map(move |item| self.orders_of_item(&item, from, to))
    }

    fn orders_of_item(&self, item: &Item, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<Order> {
        item.sales(from.timestamp(), to.timestamp())
            .iter()
            .map(|sale| order(item, sale, self.names))
            .collect()
    }
}

/// A few cards have no photos.
pub(crate) fn has_photos(item: &Item) -> bool {
    !item.card.key(60).is_multiple_of(100)
}

/// A card's small photo; empty if it has none.
pub(crate) fn product_photo(item: &Item) -> String {
    if has_photos(item) { photo_url(item.card.nm, "c246x328", 1) } else { String::new() }
}

fn product(item: &Item) -> Product {
    let card = &item.card;
    Product {
        nm_id: card.nm,
        vendor_code: card.vendor_code(),
        title: card.title(),
        brand: card.brand,
        subject_id: card.subject.id,
        subject: card.subject.name,
        category: card.subject.category,
        sizes: card.sizes(),
        photo_url: has_photos(item).then(|| photo_url(card.nm, "c246x328", 1)),
        created_at: utc(item.created),
        trashed_at: item.trashed.map(utc),
    }
}

fn levels(item: &Item, moment: i64, names: WarehouseNames) -> Vec<Level> {
    let level = |shelf: Shelf| Level {
        nm_id: item.card.nm,
        chrt_id: item.card.chrt(shelf.size),
        warehouse: *shelf.warehouse,
        quantity: shelf.quantity,
        in_way_to_client: shelf.to_client,
        in_way_from_client: shelf.from_client,
    };
    item.shelves(moment, names).into_iter().map(level).collect()
}

fn order(item: &Item, sale: &Sale, names: WarehouseNames) -> Order {
    let (price, size) = (sale.price(item), usize::from(sale.size));
    let cancelled = matches!(sale.fate, Fate::Cancelled | Fate::Refused);
    Order {
        srid: sale.srid(item),
        nm_id: item.card.nm,
        chrt_id: item.card.chrt(size),
        barcode: item.card.barcode(size),
        ordered_at: utc(sale.at),
        visible_at: utc(sale.seen),
        settled_at: utc(sale.settled),
        fate: sale.fate,
        cancelled_at: cancelled.then(|| utc(sale.settled)),
        back_at: (sale.back.1 > 0).then(|| utc(sale.back.1)),
        full_price_minor: price.full * 100,
        discounted_price_minor: price.discounted * 100,
        finished_price_minor: price.finished * 100,
        warehouse_id: reported(item.holds[usize::from(sale.hold)].0, names).id,
        warehouse_name: warehouse_name(sale, item, names),
        region: sale.destination(item).region,
    }
}

//! What is really so on Ozon's side: for filling a demo without asking it over HTTP, and for tests that
//! compare. Quantities are pieces, money is minor units (kopecks), moments are UTC.
//!
//! Everything is computed when asked for; nothing is kept.

use super::measures::{
    LONG_WINDOW, Sold, WINDOW, days_of_cover, days_without, fbo_free, grade, per_day,
};
use super::methods::{Return, money};
use super::places::{OzonWarehouse, Scheme, marketplaces, sellers};
use super::posting::{Posting, Status};
use super::product::{Product, after, archived, barcodes, by_sku, model_id, offer_id, sku};
use super::shop::Side;
use super::stock::{Shelf, shelves};
use super::timeline::Span;
use crate::moscow::utc;
use crate::world::Fate;
use chrono::{DateTime, Utc};
use std::ops::ControlFlow;

/// A product: a size of a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OzonProduct {
    /// `product_id`.
    pub product_id: i64,
    /// `sku`.
    pub sku: i64,
    /// The seller's article.
    pub offer_id: String,
    /// The name, Russian.
    pub name: String,
    /// The brand.
    pub brand: &'static str,
    /// Ozon's barcode, then the seller's.
    pub barcodes: Vec<String>,
    /// The same for all sizes.
    pub model_id: i64,
    /// The card's `nmID` on Wildberries.
    pub nm_id: i64,
    /// The size's `chrtID` there.
    pub chrt_id: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// From when on it is in the archive, as far as is decided.
    pub archived_at: Option<DateTime<Utc>>,
}

/// A product at a warehouse at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OzonLevel {
    /// `product_id`.
    pub product_id: i64,
    /// `sku`.
    pub sku: i64,
    /// Where.
    pub warehouse: OzonWarehouse,
    /// Pieces that lie there.
    pub present: i64,
    /// Those of them that are sold.
    pub reserved: i64,
    /// Pieces that buyers send back there.
    pub returning: i64,
    /// Pieces of supplies on their way there.
    pub transit: i64,
    /// Pieces of supplies that are planned.
    pub requested: i64,
}

impl OzonLevel {
    /// Pieces that can be sold.
    pub fn free(&self) -> i64 {
        self.present - self.reserved
    }
}

/// What a product costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OzonPrice {
    /// `product_id`.
    pub product_id: i64,
    /// `sku`.
    pub sku: i64,
    /// The seller's price, kopecks.
    pub price_minor: i64,
    /// The price crossed out, kopecks.
    pub old_price_minor: i64,
}

/// A product of a posting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OzonLine {
    /// `sku`.
    pub sku: i64,
    /// The seller's article.
    pub offer_id: String,
    /// Pieces.
    pub quantity: i64,
    /// The seller's price of one piece, kopecks.
    pub price_minor: i64,
}

/// A parcel as it is at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OzonPosting {
    /// Its number.
    pub posting_number: String,
    /// The order's.
    pub order_id: i64,
    /// The order's, as text.
    pub order_number: String,
    /// The posting that it was split from.
    pub parent: Option<String>,
    /// The scheme.
    pub scheme: Scheme,
    /// From where it goes.
    pub warehouse: OzonWarehouse,
    /// When it was ordered.
    pub created_at: DateTime<Utc>,
    /// `awaiting_packaging`, `awaiting_deliver`, `delivering`, `delivered`, `cancelled`.
    pub status: &'static str,
    /// Since when.
    pub status_since: DateTime<Utc>,
    /// When it left, if it did.
    pub shipped_at: Option<DateTime<Utc>>,
    /// When it was cancelled, if it was.
    pub cancelled_at: Option<DateTime<Utc>>,
    /// What is in it.
    pub lines: Vec<OzonLine>,
}

/// A product of a posting on its way back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OzonReturn {
    /// Its id.
    pub id: i64,
    /// Of which posting.
    pub posting_number: String,
    /// `sku`.
    pub sku: i64,
    /// Pieces.
    pub quantity: i64,
    /// `FullReturn`: not taken at the door; `ClientReturn`: bought and brought back.
    pub kind: &'static str,
    /// `FBO` or `FBS`.
    pub schema: &'static str,
    /// When it set out.
    pub set_out_at: DateTime<Utc>,
    /// When it was back at the warehouse, if it is.
    pub back_at: Option<DateTime<Utc>>,
}

/// Ozon's own numbers about a product, of its own warehouses.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OzonMeasures {
    /// `sku`.
    pub sku: i64,
    /// Pieces that Ozon's warehouses can sell.
    pub stock: i64,
    /// Pieces sold in 28 whole UTC days.
    pub units: i64,
    /// Pieces a day of those.
    pub ads: f64,
    /// Days of cover by those.
    pub idc: f64,
    /// The grade.
    pub grade: &'static str,
    /// Pieces sold in 60 whole UTC days.
    pub long_units: i64,
}

/// Ozon's side of a world.
#[derive(Clone, Copy, Debug)]
pub struct OzonTruth<'a>(pub(crate) &'a Side);

impl<'a> OzonTruth<'a> {
    /// The products outside the archive at a moment, in the order of their ids.
    pub fn products(self, at: DateTime<Utc>) -> impl Iterator<Item = OzonProduct> + 'a {
        let moment = at.timestamp();
        self.all_products(at).filter(move |product| {
            product.archived_at.is_none_or(|archived| archived.timestamp() > moment)
        })
    }

    /// Every product that was made until a moment, also those in the archive.
    pub fn all_products(self, at: DateTime<Utc>) -> impl Iterator<Item = OzonProduct> + 'a {
        after(&self.0.world, None, at.timestamp()).map(|product| {
            let card = &product.item.card;
            OzonProduct {
                product_id: product.id(),
                sku: product.sku(),
                offer_id: product.offer_id(),
                name: product.name(),
                brand: card.brand,
                barcodes: barcodes(card, product.size),
                model_id: model_id(card),
                nm_id: card.nm,
                chrt_id: card.chrt(product.size),
                created_at: utc(product.item.created),
                archived_at: product.item.trashed.map(utc),
            }
        })
    }

    /// All warehouses: Ozon's, then the seller's.
    pub fn warehouses(self) -> Vec<OzonWarehouse> {
        [marketplaces(), sellers(self.0.world.sellers)].concat()
    }

    /// All levels at a moment, also those that are 0, product after product; those of the archive too.
    pub fn levels(self, at: DateTime<Utc>) -> impl Iterator<Item = OzonLevel> + 'a {
        let moment = at.timestamp();
        let items = self.0.world.items().filter(move |item| item.created <= moment);
        items.flat_map(move |item| {
            let level = |shelf: Shelf| {
                let product = Product { item: item.clone(), size: shelf.size };
                OzonLevel {
                    product_id: product.id(),
                    sku: product.sku(),
                    warehouse: *shelf.warehouse,
                    present: shelf.present(),
                    reserved: shelf.reserved,
                    returning: shelf.returning,
                    transit: shelf.transit,
                    requested: shelf.requested,
                }
            };
            shelves(&item, moment).into_iter().map(level).collect::<Vec<_>>()
        })
    }

    /// What the products outside the archive cost at a moment.
    pub fn prices(self, at: DateTime<Utc>) -> impl Iterator<Item = OzonPrice> + 'a {
        let moment = at.timestamp();
        after(&self.0.world, None, moment)
            .filter(move |product| !archived(&product.item, moment))
            .map(move |product| {
                let money = money(&product.item, moment);
                OzonPrice {
                    product_id: product.id(),
                    sku: product.sku(),
                    price_minor: money.price * 100,
                    old_price_minor: money.old_price * 100,
                }
            })
    }

    /// The postings that were ordered in `from..=to`, as they are at a moment, in the order of time.
    pub fn postings(
        self,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
        at: DateTime<Utc>,
    ) -> Vec<OzonPosting> {
        let mut found = Vec::new();
        self.visit(from, to, at, |one| found.push(posting(&one, at.timestamp())));
        found
    }

    /// What had set out to come back until a moment, of orders in `from..=to`, in the order of ids.
    pub fn returns(
        self,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
        at: DateTime<Utc>,
    ) -> Vec<OzonReturn> {
        let (mut found, moment) = (Vec::new(), at.timestamp());
        self.visit(from, to, at, |one| found.extend(Return::of(&one, moment)));
        found.sort_by_key(Return::id);
        found.iter().map(|one| returned(one, moment)).collect()
    }

    /// Ozon's numbers about a product at a moment; `None`: there is no such product.
    pub fn measures(self, sku: i64, at: DateTime<Utc>) -> Option<OzonMeasures> {
        let moment = at.timestamp();
        let Product { item, size } = by_sku(&self.0.world, sku, moment)?;
        let stock = fbo_free(&shelves(&item, moment), size);
        let units = Sold::of(&item, size, WINDOW, moment).units(None);
        let without = days_without(&item, size, None, moment);
        Some(OzonMeasures {
            sku,
            stock,
            units,
            ads: per_day(units, WINDOW),
            idc: days_of_cover(stock, units, WINDOW),
            grade: grade(&item, stock, units, without, moment),
            long_units: Sold::of(&item, size, LONG_WINDOW, moment).units(None),
        })
    }

    fn visit(
        self,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
        at: DateTime<Utc>,
        mut take: impl FnMut(Posting),
    ) {
        let (from, to) = (from.timestamp(), to.timestamp());
        let span = Span { from, to, ascending: true, after: None };
        self.0.timeline.visit(&self.0.world, at.timestamp(), span, |one| {
            take(one);
            ControlFlow::Continue(())
        });
    }
}

fn posting(one: &Posting, moment: i64) -> OzonPosting {
    let (status, since) = one.status(moment);
    let (_, shipped) = one.way();
    let price_minor = one.first().price(&one.item).discounted * 100;
    let left = shipped <= moment && one.first().fate != Fate::Cancelled;
    let line = |(size, quantity)| OzonLine {
        sku: sku(&one.item.card, size),
        offer_id: offer_id(&one.item.card, size),
        quantity,
        price_minor,
    };
    OzonPosting {
        posting_number: one.posting_number(),
        order_id: one.order_id(),
        order_number: one.order_number(),
        parent: one.parent.map(|_| one.parent_number()),
        scheme: one.warehouse().scheme,
        warehouse: *one.warehouse(),
        created_at: utc(one.first().at),
        status: status.as_str(),
        status_since: utc(since),
        shipped_at: left.then(|| utc(shipped)),
        cancelled_at: (status == Status::Cancelled).then(|| utc(since)),
        lines: one.lines().into_iter().map(line).collect(),
    }
}

fn returned(one: &Return, moment: i64) -> OzonReturn {
    OzonReturn {
        id: one.id(),
        posting_number: one.posting.posting_number(),
        sku: sku(&one.posting.item.card, one.size),
        quantity: one.pieces,
        kind: one.kind(),
        schema: one.schema(),
        set_out_at: utc(one.set_out_at()),
        back_at: one.back_at(moment).map(utc),
    }
}

//! The simulated shop as `services` wants to hear of it: the same words that the Wildberries client would
//! bring home, without the way there.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use domain::{
    Secret,
    observed::{
        ObservedLevel, ObservedOffer, ObservedOrder, ObservedProduct, ObservedWarehouse,
        StockSnapshot,
    },
    product::StockSource,
};
use services::{
    Clock,
    demo::{DemoChange, DemoWorld, photo_url},
};
use simulator::{Kind, Scopes, Simulator, tokens, truth, world::Fate};
use uuid::Uuid;

/// The shop opened so long before its anchor, so that on the anchor's day it has its year.
pub const DAYS_BEFORE: u32 = 400;

/// What a new demo shows.
const HISTORY: TimeDelta = TimeDelta::days(365);

/// The moment that the world hangs on: the year's first, so that a restart finds the same shop.
pub fn anchor(now: DateTime<Utc>) -> DateTime<Utc> {
    let first = NaiveDate::from_ymd_opt(now.year(), 1, 1).unwrap_or_default();
    first.and_time(chrono::NaiveTime::MIN).and_utc()
}

pub(super) struct World {
    simulator: Simulator,
    clock: Clock,
}

impl World {
    pub(super) fn new(simulator: Simulator, clock: Clock) -> Self {
        Self { simulator, clock }
    }
}

impl DemoWorld for World {
    /// Each demo is a seller of its own: they share a shop and no limits.
    fn key(&self, now: DateTime<Utc>) -> Secret {
        let seller = self.clock.new_id::<Uuid>();
        let scopes = Scopes::TRACKER.with(Scopes::READ_ONLY);
        Secret::new(tokens::mint(Kind::Personal, seller, scopes, now + TimeDelta::days(180)))
    }

    fn opened_at(&self) -> DateTime<Utc> {
        let midnight = (self.clock.now() - HISTORY).date_naive().and_time(chrono::NaiveTime::MIN);
        midnight.and_utc().max(self.simulator.world().opened_at())
    }

    fn products(&self, at: DateTime<Utc>) -> Vec<ObservedProduct> {
        self.simulator.world().products(at).map(product).collect()
    }

    fn stock(&self, source: StockSource, at: DateTime<Utc>) -> StockSnapshot {
        let world = self.simulator.world();
        let own = source == StockSource::Seller;
        let warehouses: Vec<_> =
            world.warehouses().into_iter().filter(|place| is_of(source, place.seller)).collect();
        let levels = world
            .levels(at)
            .filter_map(|level| {
                let warehouse =
                    warehouses.iter().position(|place| place.id == level.warehouse.id)?;
                Some(ObservedLevel {
                    offer: level.chrt_id,
                    warehouse,
                    quantity: level.quantity,
                    // Of the seller's own warehouses the marketplace tells no transit.
                    in_way_to_client: if own { 0 } else { level.in_way_to_client },
                    in_way_from_client: if own { 0 } else { level.in_way_from_client },
                })
            })
            .collect();
        let warehouses = warehouses
            .into_iter()
            .map(|place| ObservedWarehouse {
                source,
                number: place.id,
                name: place.name.to_owned(),
                region: (!place.region.is_empty() && source == StockSource::Marketplace)
                    .then(|| place.region.to_owned()),
            })
            .collect();
        StockSnapshot { warehouses, levels }
    }

    fn changes(&self, article: i64, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<DemoChange> {
        let world = self.simulator.world();
        let own: Vec<i64> =
            world.warehouses().iter().filter(|place| place.seller).map(|place| place.id).collect();
        world
            .changes_of(article, from, to)
            .into_iter()
            .map(|change| DemoChange {
                at: change.at,
                offer: change.chrt_id,
                source: if own.contains(&change.warehouse_id) {
                    StockSource::Seller
                } else {
                    StockSource::Marketplace
                },
                warehouse: change.warehouse_id,
                quantity: change.quantity,
            })
            .collect()
    }

    fn orders(&self, article: i64, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<ObservedOrder> {
        let orders = self.simulator.world().orders_of(article, from, to);
        orders.into_iter().filter(|order| order.visible_at <= to).map(|o| order(o, to)).collect()
    }
}

fn is_of(source: StockSource, own: bool) -> bool {
    own == (source == StockSource::Seller)
}

fn product(card: truth::Product) -> ObservedProduct {
    ObservedProduct {
        article: card.nm_id,
        seller_article: card.vendor_code,
        title: card.title,
        brand: Some(card.brand.to_owned()).filter(|brand| !brand.is_empty()),
        subject: Some(card.subject.to_owned()),
        photo_url: card.photo_url.map(|_| photo_url(card.nm_id)),
        changed_at: card.created_at,
        offers: card
            .sizes
            .into_iter()
            .map(|size| ObservedOffer {
                number: size.chrt_id,
                size: [size.wb_size, size.tech_size]
                    .into_iter()
                    .find(|name| !matches!(*name, "" | "0"))
                    .map(str::to_owned),
                barcodes: size.barcodes,
            })
            .collect(),
    }
}

/// As the report shows it at a moment: what happens to it later is not known yet.
fn order(order: truth::Order, at: DateTime<Utc>) -> ObservedOrder {
    let is_settled = order.settled_at <= at;
    ObservedOrder {
        key: order.srid,
        article: order.nm_id,
        barcode: Some(order.barcode),
        ordered_at: order.ordered_at,
        changed_at: if is_settled { order.settled_at } else { order.visible_at },
        cancelled_at: order.cancelled_at.filter(|_| is_settled && order.fate == Fate::Cancelled),
        quantity: 1,
        price_minor: order.finished_price_minor,
        currency: "RUB".to_owned(),
        source: None,
        warehouse_name: Some(order.warehouse_name.to_owned()),
        region: Some(order.region.to_owned()).filter(|region| !region.is_empty()),
    }
}

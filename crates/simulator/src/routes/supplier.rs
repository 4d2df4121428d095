//! What both lists of Statistics, orders and sales, are asked for, how far they look at once, and what rows of both say.

use crate::moscow::{DAY, parse, text};
use crate::problem::statistics;
use crate::truth::warehouse_name;
use crate::world::World;
use crate::world::cycle::Sale;
use crate::world::item::Item;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// For so long rows are kept.
pub(crate) const KEPT: i64 = 90 * DAY;
/// So many rows are looked for at once.
const WINDOW_ROWS: f64 = 20_000.0;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Wanted {
    date_from: Option<String>,
    flag: Option<String>,
}

impl Wanted {
    /// The moment that is named, and whether its whole Moscow day is meant; else the refusal.
    pub(crate) fn read(&self) -> Result<(i64, bool), Box<Response>> {
        let Some(date_from) = &self.date_from else {
            return Err(Box::new(statistics(&json!(["dateFrom: field required"]))));
        };
        let Some(from) = parse(date_from) else {
            return Err(Box::new(statistics(&json!("dateFrom: Value not validated"))));
        };
        match self.flag.as_deref() {
            None | Some("0") => Ok((from, false)),
            Some("1") => Ok((from, true)),
            Some(_) => Err(Box::new(statistics(&json!(["flag: Value not validated"])))),
        }
    }
}

/// Seconds in which about so many rows change as are looked for at once.
#[expect(clippy::cast_possible_truncation, reason = "at most four weeks")]
pub(crate) fn window(world: &World) -> i64 {
    let days = WINDOW_ROWS / world.orders_a_day().max(1.0);
    ((days * 86_400.0) as i64).clamp(3600, 28 * DAY)
}

/// What a row says of the ordered piece, whichever list it is in.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Piece {
    date: String,
    last_change_date: String,
    warehouse_name: &'static str,
    warehouse_type: &'static str,
    country_name: &'static str,
    oblast_okrug_name: &'static str,
    region_name: &'static str,
    supplier_article: String,
    nm_id: i64,
    barcode: String,
    category: &'static str,
    subject: &'static str,
    brand: &'static str,
    tech_size: &'static str,
    #[serde(rename = "incomeID")]
    income_id: i64,
    is_supply: bool,
    is_realization: bool,
    total_price: i64,
    discount_percent: i64,
    spp: i64,
    finished_price: i64,
    price_with_disc: i64,
    sticker: String,
    #[serde(rename = "gNumber")]
    basket_number: String,
    srid: String,
}

impl Piece {
    /// When it happened and last changed; what was paid for it is 0 until it is told.
    pub(crate) fn of(
        world: &World,
        item: &Item,
        sale: &Sale,
        (at, changed): (i64, i64),
        is_told: bool,
    ) -> Self {
        let (card, price, to) = (&item.card, sale.price(item), sale.destination(item));
        let own = item.is_own(usize::from(sale.hold));
        let told = |roubles: i64| if is_told { roubles } else { 0 };
        Self {
            date: text(at),
            last_change_date: text(changed),
            warehouse_name: warehouse_name(sale, item, world.names),
            warehouse_type: if own { "Склад продавца" } else { "Склад WB" },
            country_name: to.country,
            oblast_okrug_name: to.okrug,
            region_name: to.region,
            supplier_article: card.vendor_code(),
            nm_id: card.nm,
            barcode: card.barcode(usize::from(sale.size)),
            category: card.subject.category,
            subject: card.subject.name,
            brand: card.brand,
            tech_size: card.grid[usize::from(sale.size)].0,
            income_id: if own { 0 } else { sale.income(item) },
            is_supply: false,
            is_realization: true,
            total_price: price.full,
            discount_percent: price.discount,
            spp: price.spp,
            finished_price: told(price.finished),
            price_with_disc: told(price.discounted),
            sticker: sale.sticker(item),
            basket_number: sale.basket_number(item),
            srid: sale.srid(item),
        }
    }
}

//! `/v1/returns/list`: pieces that buyers send back, refused at the door or after they were bought.
//!
//! A return's id is the moment it set out and its product: a page is those after `last_id` in that order.

use super::Answer;
use super::posting::{prices, time};
use crate::moscow::DAY;
use crate::ozon::body::{Int, Period, limit, read};
use crate::ozon::places::{Scheme, place};
use crate::ozon::posting::{Posting, of_order_id, order_id};
use crate::ozon::problem::Problem;
use crate::ozon::product::{name, offer_id, sku};
use crate::ozon::shop::Shop;
use crate::world::Fate;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::ops::ControlFlow;

/// Returns are numbered by the seconds since then (2020-01-01).
const EPOCH: i64 = 1_577_836_800;
const PRODUCT_BITS: i64 = 24;
/// A return is back at most so long after it set out.
const BACK_WITHIN: i64 = 5 * DAY;

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Filter {
    logistic_return_date: Option<Period>,
    storage_tariffication_start_date: Option<Period>,
    visual_status_change_moment: Option<Period>,
    order_id: Option<Int>,
    posting_numbers: Vec<String>,
    product_name: String,
    offer_id: String,
    visual_status_name: String,
    warehouse_id: Option<Int>,
    barcode: String,
    return_schema: String,
    compensation_status_id: Option<i32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    #[serde(default)]
    filter: Filter,
    limit: i64,
    #[serde(default)]
    last_id: Int,
}

/// A product of a posting on its way back.
#[derive(Clone, Debug)]
pub(crate) struct Return {
    pub posting: Posting,
    pub size: usize,
    pub pieces: i64,
}

impl Return {
    /// Those of a posting.
    pub(crate) fn of(posting: &Posting, now: i64) -> Vec<Self> {
        let back = posting.first().back;
        let coming =
            matches!(posting.first().fate, Fate::Refused | Fate::Returned) && back.0 <= now;
        let lines = if coming { posting.lines() } else { Vec::new() };
        let of = |(size, pieces)| Self { posting: posting.clone(), size, pieces };
        lines.into_iter().map(of).collect()
    }

    pub(crate) fn id(&self) -> i64 {
        let product =
            i64::from(self.posting.item.index) << 3 | i64::try_from(self.size).unwrap_or(0);
        (self.posting.first().back.0 - EPOCH) << PRODUCT_BITS | product
    }

    pub(crate) fn set_out_at(&self) -> i64 {
        self.posting.first().back.0
    }

    /// When it is back at the warehouse, if it is.
    pub(crate) fn back_at(&self, now: i64) -> Option<i64> {
        Some(self.posting.first().back.1).filter(|at| *at <= now)
    }

    /// When its state last changed.
    pub(crate) fn changed_at(&self, now: i64) -> i64 {
        self.back_at(now).unwrap_or(self.set_out_at())
    }

    pub(crate) fn kind(&self) -> &'static str {
        if self.posting.first().fate == Fate::Refused { "FullReturn" } else { "ClientReturn" }
    }

    pub(crate) fn schema(&self) -> &'static str {
        if self.posting.warehouse().scheme == Scheme::Fbo { "FBO" } else { "FBS" }
    }
}

impl Filter {
    fn dates(&self) -> Result<Option<Period>, Problem> {
        let dates = [
            self.logistic_return_date,
            self.storage_tariffication_start_date,
            self.visual_status_change_moment,
        ];
        let mut given = dates.into_iter().flatten();
        match (given.next(), given.next()) {
            (_, Some(_)) => Err(Problem::invalid("use only one date filter")),
            (only, None) => Ok(only),
        }
    }

    fn lets(&self, one: &Return, now: i64) -> bool {
        let within = |period: Option<Period>, at: i64| {
            period.is_none_or(|period| {
                let (from, to) = period.seconds();
                (from..=to).contains(&at)
            })
        };
        let card = &one.posting.item.card;
        within(self.visual_status_change_moment, one.changed_at(now))
            && within(self.logistic_return_date, one.set_out_at())
            // Nothing is stored for money here.
            && self.storage_tariffication_start_date.is_none()
            && self.compensation_status_id.is_none()
            && self.barcode.is_empty()
            && self.order_id.is_none_or(|id| id.0 == one.posting.order_id())
            && (self.posting_numbers.is_empty()
                || self.posting_numbers.contains(&one.posting.posting_number()))
            && (self.product_name.is_empty() || self.product_name == name(card, one.size))
            && (self.offer_id.is_empty() || self.offer_id == offer_id(card, one.size))
            && (self.visual_status_name.is_empty()
                || self.visual_status_name == visual(one, now).1)
            && self.warehouse_id.is_none_or(|id| id.0 == target(one).id)
            && (self.return_schema.is_empty()
                || self.return_schema.eq_ignore_ascii_case(one.schema()))
    }
}

/// Where it goes: back to the warehouse that it came from.
fn target(one: &Return) -> &'static crate::ozon::places::OzonWarehouse {
    one.posting.warehouse()
}

fn visual(one: &Return, now: i64) -> (i32, &'static str, &'static str) {
    match (one.back_at(now), one.schema()) {
        (None, _) => (13, "MovingToOzon", "Едет на склад Ozon"),
        (Some(_), "FBO") => (14, "ReturnedToOzon", "На складе Ozon"),
        (Some(_), _) => (11, "ReceivedBySeller", "Получен"),
    }
}

/// The returns after an id, in the order of ids; one more than wanted tells that there are more.
fn find(
    shop: &Shop<'_>,
    filter: &Filter,
    last: i64,
    most: usize,
) -> Result<BTreeMap<i64, Return>, Problem> {
    let (from, to) = filter.dates()?.unwrap_or_default().seconds();
    // A return whose state changed then set out at most so long before.
    let first = (from - BACK_WITHIN).max((last >> PRODUCT_BITS) + EPOCH).max(shop.world.opened);
    let mut found = BTreeMap::new();
    shop.side.timeline.visit_returning(shop.world, first, to.min(shop.now), |sale| {
        let postings = of_order_id(shop.world, order_id(sale), shop.now).unwrap_or_default();
        let mine = postings.iter().find(|posting| posting.sales.contains(sale));
        for one in mine.map_or_else(Vec::new, |posting| Return::of(posting, shop.now)) {
            if one.id() > last && filter.lets(&one, shop.now) {
                found.insert(one.id(), one);
            }
        }
        // Two products of one posting set out together.
        if found.len() > most + 1 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    Ok(found)
}

pub(crate) fn answer(shop: &Shop<'_>, body: &[u8]) -> Answer {
    let wanted: Wanted = read(body)?;
    let limit = limit(Some(wanted.limit), 500)?;
    let found = find(shop, &wanted.filter, wanted.last_id.0, limit)?;
    let has_next = found.len() > limit;
    let returns: Vec<Value> = found.values().take(limit).map(|one| row(shop, one)).collect();
    Ok(json!({"returns": returns, "has_next": has_next}))
}

fn row(shop: &Shop<'_>, one: &Return) -> Value {
    let (posting, card) = (&one.posting, &one.posting.item.card);
    let (price, ..) = prices(posting);
    let (status, sys_name, display_name) = visual(one, shop.now);
    let money = |roubles: i64| json!({"currency_code": "RUB", "price": roubles});
    let reason = if one.kind() == "FullReturn" {
        "Покупатель не забрал заказ"
    } else {
        "Не подошёл размер"
    };
    let to = target(one);
    // Ozon shows where it is: the sorting centre, then the warehouse.
    let at = if one.back_at(shop.now).is_some() { to } else { place(0) };
    json!({
        "id": one.id(),
        "company_id": shop.client_id,
        "exemplars": [{"id": one.id()}],
        "return_reason_name": reason,
        "type": one.kind(),
        "schema": one.schema(),
        "order_id": posting.order_id(),
        "order_number": posting.order_number(),
        "posting_number": posting.posting_number(),
        "source_id": 0,
        "clearing_id": null,
        "return_clearing_id": null,
        "place": {"id": at.id, "name": at.name, "address": at.address},
        "target_place": {"id": to.id, "name": to.name, "address": to.address},
        "product": {
            "sku": sku(card, one.size),
            "offer_id": offer_id(card, one.size),
            "name": name(card, one.size),
            "price": money(price),
            "price_without_commission": money(price),
            "commission_percent": 0,
            "commission": money(0),
            "quantity": one.pieces,
        },
        "logistic": {
            "technical_return_moment": null,
            "return_date": time(one.set_out_at()),
            "final_moment": one.back_at(shop.now).map(time),
            "cancelled_with_compensation_moment": null,
            "barcode": format!("ii{}", one.id() % 10_000_000_000),
        },
        "storage": {
            "sum": money(0),
            "tariffication_first_date": null,
            "tariffication_start_date": null,
            "arrived_moment": one.back_at(shop.now).map(time),
            "days": 0,
            "utilization_sum": money(0),
            "utilization_forecast_date": null,
        },
        "visual": {
            "status": {"id": status, "display_name": display_name, "sys_name": sys_name},
            "change_moment": time(one.changed_at(shop.now)),
        },
        "additional_info": {"is_opened": false, "is_super_econom": false},
        "compensation_status": null,
    })
}

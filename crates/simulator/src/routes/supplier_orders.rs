//! `GET /api/v1/supplier/orders`: ordered pieces of the last 90 days, a row each.
//!
//! `flag=0`: what changed since `dateFrom` (inclusive), in the order of change, up to a page; a second's
//! rows are never torn apart, so that `dateFrom` = the last row's `lastChangeDate` loses none. `flag=1`:
//! all of the Moscow day `dateFrom`. The rows are found window after window of time, never all at once.

use super::rows::{Gone, Rows, body as streamed};
use super::supplier::{KEPT, Wanted, window};
use crate::moscow::{NEVER, day_of, start_of, text};
use crate::problem::answer as with_body;
use crate::truth::warehouse_name;
use crate::world::cycle::{SETTLED_WITHIN, Sale};
use crate::world::item::Item;
use crate::world::{Fate, World};
use crate::{Operation, Simulator};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Serialize;

pub(crate) async fn answer(
    State(simulator): State<Simulator>,
    Query(wanted): Query<Wanted>,
) -> Response {
    let (from, whole_day) = match wanted.read() {
        Ok(read) => read,
        Err(refusal) => return *refusal,
    };
    let body = streamed("[", "]", move |rows| {
        if simulator.0.faults.is_empty(Operation::SupplierOrders) {
            return Ok(());
        }
        let (world, now) = (simulator.world(), simulator.now().timestamp());
        if whole_day {
            ordered_on(world, now, day_of(from), rows)
        } else {
            changed_since(world, now, from, simulator.0.settings.orders_page, rows)
        }
    });
    with_body(StatusCode::OK, "application/json", body)
}

/// When a row that is shown now was last changed.
fn changed(sale: &Sale, now: i64) -> i64 {
    if sale.settled <= now { sale.settled } else { sale.seen }
}

fn changed_since(
    world: &World,
    now: i64,
    from: i64,
    page: usize,
    rows: &mut Rows,
) -> Result<(), Gone> {
    let oldest = now - KEPT;
    let span = window(world);
    let (mut start, mut count, mut last) = (from.max(oldest), 0, i64::MIN);
    while start <= now {
        let end = (start + span).min(now + 1);
        let changes = start..end;
        let found = find(world, (start - SETTLED_WITHIN).max(oldest)..end, now, |sale| {
            changes.contains(&changed(sale, now))
        });
        for sale in found {
            let change = changed(&sale, now);
            if count >= page && change != last {
                return Ok(());
            }
            push(world, &sale, now, rows)?;
            // The second that the last page ended with comes again, and must not fill this one.
            count += usize::from(change > from);
            last = change;
        }
        start = end;
    }
    Ok(())
}

fn ordered_on(world: &World, now: i64, day: i64, rows: &mut Rows) -> Result<(), Gone> {
    let ordered = start_of(day).max(now - KEPT)..start_of(day + 1);
    for sale in find(world, ordered, now, |_| true) {
        push(world, &sale, now, rows)?;
    }
    Ok(())
}

/// What was ordered in a time, is shown now and is wanted, in the order of change.
fn find(
    world: &World,
    ordered: std::ops::Range<i64>,
    now: i64,
    wanted: impl Fn(&Sale) -> bool,
) -> Vec<Sale> {
    let mut found = Vec::new();
    for item in world.items() {
        let sales = item.sales(ordered.start, ordered.end.min(now + 1));
        found.extend(sales.into_iter().filter(|sale| sale.seen <= now && wanted(sale)));
    }
    found.sort_unstable_by_key(|sale| {
        (changed(sale, now), sale.index, sale.cycle, sale.attempt, sale.unit)
    });
    found
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
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
    is_cancel: bool,
    cancel_date: String,
    sticker: String,
    #[serde(rename = "gNumber")]
    basket_number: String,
    srid: String,
}

fn push(world: &World, sale: &Sale, now: i64, rows: &mut Rows) -> Result<(), Gone> {
    rows.push(&row(world, &world.item(sale.index), sale, now))
}

fn row(world: &World, item: &Item, sale: &Sale, now: i64) -> Row {
    let (card, price, to) = (&item.card, sale.price(item), sale.destination(item));
    let cancelled = sale.settled <= now && matches!(sale.fate, Fate::Cancelled | Fate::Refused);
    let own = item.is_own(usize::from(sale.hold));
    Row {
        date: text(sale.at),
        last_change_date: text(changed(sale, now)),
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
        finished_price: price.finished,
        price_with_disc: price.discounted,
        is_cancel: cancelled,
        cancel_date: if cancelled { text(sale.settled) } else { NEVER.to_owned() },
        sticker: sale.sticker(item),
        basket_number: sale.basket_number(item),
        srid: sale.srid(item),
    }
}

//! `GET /api/v1/supplier/orders`: ordered pieces of the last 90 days, a row each.
//!
//! `flag=0`: what changed since `dateFrom` (inclusive), in the order of change, up to a page; a second's
//! rows are never torn apart, so that `dateFrom` = the last row's `lastChangeDate` loses none. `flag=1`:
//! all of the Moscow day `dateFrom`. The rows are found window after window of time, never all at once.

use super::rows::{Gone, Rows, body as streamed};
use super::supplier::{KEPT, Piece, Wanted, window};
use crate::moscow::{NEVER, day_of, start_of, text};
use crate::problem::answer as with_body;
use crate::world::cycle::{SETTLED_WITHIN, Sale};
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
    #[serde(flatten)]
    piece: Piece,
    is_cancel: bool,
    cancel_date: String,
}

fn push(world: &World, sale: &Sale, now: i64, rows: &mut Rows) -> Result<(), Gone> {
    let item = world.item(sale.index);
    let cancelled = sale.settled <= now && matches!(sale.fate, Fate::Cancelled | Fate::Refused);
    rows.push(&Row {
        piece: Piece::of(world, &item, sale, (sale.at, changed(sale, now)), true),
        is_cancel: cancelled,
        cancel_date: if cancelled { text(sale.settled) } else { NEVER.to_owned() },
    })
}

//! `GET /api/v1/supplier/sales`: pieces that reached their buyers or came back, a row each.
//!
//! As with orders: `flag=0` is what changed since `dateFrom` (inclusive) in the order of change, up to a page that
//! tears no second apart; `flag=1` all of the Moscow day. Amounts are 0 until they are told, and telling them moves no
//! date.

use super::rows::{Gone, Rows, body as streamed};
use super::supplier::{KEPT, Piece, Wanted, window};
use crate::moscow::{day_of, start_of};
use crate::problem::answer as with_body;
use crate::traded::{Event, events};
use crate::world::World;
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
        if simulator.0.faults.is_empty(Operation::SupplierSales) {
            return Ok(());
        }
        let (world, now) = (simulator.world(), simulator.now().timestamp());
        if whole_day {
            let day = day_of(from);
            let day = start_of(day).max(now - KEPT)..start_of(day + 1).min(now + 1);
            for (index, event) in find(world, &day) {
                rows.push(&row(world, index, &event, now))?;
            }
            return Ok(());
        }
        changed_since(world, now, from, simulator.0.settings.orders_page, rows)
    });
    with_body(StatusCode::OK, "application/json", body)
}

fn changed_since(
    world: &World,
    now: i64,
    from: i64,
    page: usize,
    rows: &mut Rows,
) -> Result<(), Gone> {
    let span = window(world);
    let (mut start, mut count, mut last) = (from.max(now - KEPT), 0, i64::MIN);
    while start <= now {
        let end = (start + span).min(now + 1);
        for (index, event) in find(world, &(start..end)) {
            if count >= page && event.at != last {
                return Ok(());
            }
            rows.push(&row(world, index, &event, now))?;
            // The second that the last page ended with comes again, and must not fill this one.
            count += usize::from(event.at > from);
            last = event.at;
        }
        start = end;
    }
    Ok(())
}

fn find(world: &World, within: &std::ops::Range<i64>) -> Vec<(u32, Event)> {
    let mut found = Vec::new();
    for item in world.items() {
        found.extend(events(&item, within).into_iter().map(|event| (item.index, event)));
    }
    found.sort_unstable_by_key(|(index, event)| (event.at, *index, event.number));
    found
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    #[serde(flatten)]
    piece: Piece,
    payment_sale_amount: i64,
    for_pay: f64,
    #[serde(rename = "saleID")]
    sale_id: String,
}

#[expect(clippy::cast_precision_loss, reason = "kopecks of one piece")]
fn row(world: &World, index: u32, event: &Event, now: i64) -> Row {
    let item = world.item(index);
    let is_told = event.told <= now;
    Row {
        piece: Piece::of(world, &item, &event.ordered, (event.at, event.at), is_told),
        payment_sale_amount: 0,
        for_pay: if is_told { event.for_pay(&item) as f64 / 100.0 } else { 0.0 },
        sale_id: event.sale_id(),
    }
}

//! `POST /api/analytics/v1/stocks-report/wb-warehouses`: pieces at the marketplace's warehouses.
//!
//! A row is a size at a warehouse with something there or on its way; the others are left out.

use crate::problem::{Place, analytics, answer as with_body};
use crate::world::World;
use crate::world::item::Item;
use crate::world::stock::Shelf;
use crate::{Operation, Simulator};
use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

use super::rows::{Gone, Rows, body as streamed};

/// Most rows in one answer.
const MOST: usize = 250_000;

/// Which rows are wanted, in both stock reports.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Wanted {
    #[serde(default)]
    nm_ids: Vec<i64>,
    #[serde(default)]
    chrt_ids: Vec<i64>,
    #[serde(default = "most")]
    limit: usize,
    #[serde(default)]
    offset: usize,
}

fn most() -> usize {
    MOST
}

impl Wanted {
    /// Reads a body; an error says what is wrong with it.
    pub(crate) fn read(body: &[u8]) -> Result<Self, String> {
        let wanted: Self = serde_json::from_slice(body)
            .map_err(|problem| format!("code=400, message=invalid: {problem}"))?;
        if wanted.nm_ids.len() > 1000 {
            return Err("code=400, message=invalid: nmIds (maximum is 1000)".to_owned());
        }
        if !wanted.chrt_ids.is_empty() && wanted.nm_ids.is_empty() {
            return Err("code=400, message=invalid: chrtIds (nmIds required)".to_owned());
        }
        if wanted.limit == 0 || wanted.limit > MOST {
            return Err(format!("code=400, message=invalid: limit (1 to {MOST})"));
        }
        Ok(wanted)
    }

    /// The wanted shelves of a world that pass a test, one after the other.
    pub(crate) fn visit(
        &self,
        world: &World,
        moment: i64,
        passes: impl Fn(&Shelf) -> bool,
        mut take: impl FnMut(&Item, &Shelf) -> Result<(), Gone>,
    ) -> Result<(), Gone> {
        let chrt_ids: HashSet<i64> = self.chrt_ids.iter().copied().collect();
        let (mut skip, mut left) = (self.offset, self.limit);
        let mut nm_ids = self.nm_ids.clone();
        nm_ids.sort_unstable();
        nm_ids.dedup();
        let all = if nm_ids.is_empty() { 0..world.total } else { 0..0 };
        let picked = nm_ids.into_iter().filter_map(|nm| world.item_of(nm));
        for item in all.map(|index| world.item(index)).chain(picked) {
            if item.created > moment {
                continue;
            }
            for shelf in item.shelves(moment, world.names).iter().filter(|shelf| passes(shelf)) {
                if !chrt_ids.is_empty() && !chrt_ids.contains(&item.card.chrt(shelf.size)) {
                    continue;
                }
                if skip > 0 {
                    skip -= 1;
                    continue;
                }
                if left == 0 {
                    return Ok(());
                }
                left -= 1;
                take(&item, shelf)?;
            }
        }
        Ok(())
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    nm_id: i64,
    chrt_id: i64,
    warehouse_id: i64,
    warehouse_name: &'static str,
    region_name: &'static str,
    quantity: i64,
    in_way_to_client: i64,
    in_way_from_client: i64,
}

pub(crate) async fn answer(
    State(simulator): State<Simulator>,
    Extension(place): Extension<Place>,
    body: Bytes,
) -> Response {
    let wanted = match Wanted::read(&body) {
        Ok(wanted) => wanted,
        Err(detail) => return analytics(&detail, "application/json", &place),
    };
    let body = streamed("{\"data\":{\"items\":[", "]}}", move |rows| {
        if simulator.0.faults.is_empty(Operation::WbWarehouses) {
            return Ok(());
        }
        let passes = |shelf: &Shelf| {
            !shelf.warehouse.seller && shelf.quantity + shelf.to_client + shelf.from_client > 0
        };
        let now = simulator.now().timestamp();
        wanted.visit(simulator.world(), now, passes, |item, shelf| push(rows, item, shelf))
    });
    with_body(StatusCode::OK, "application/json", body)
}

fn push(rows: &mut Rows, item: &Item, shelf: &Shelf) -> Result<(), Gone> {
    rows.push(&Row {
        nm_id: item.card.nm,
        chrt_id: item.card.chrt(shelf.size),
        warehouse_id: shelf.warehouse.id,
        warehouse_name: shelf.warehouse.name,
        region_name: shelf.warehouse.region,
        quantity: shelf.quantity,
        in_way_to_client: shelf.to_client,
        in_way_from_client: shelf.from_client,
    })
}

//! `GET /api/v1/warehouse_remains` and its task: pieces at the marketplace's warehouses, by name.
//!
//! The task's number holds when it was made and what was asked for, so that nothing is remembered. Three of the names
//! in a row are no warehouses.

use super::rows::{Gone, Rows, body as streamed};
use crate::WarehouseNames;
use crate::problem::{Place, analytics, answer as with_body, gateway, json_answer};
use crate::random::hash;
use crate::truth::HIDDEN_IN_ORDERS;
use crate::world::World;
use crate::world::item::Item;
use crate::{Operation, Simulator};
use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

/// For so long a made report can be fetched, seconds.
const KEPT: i64 = 2 * 3600;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "the marketplace's names")]
pub(crate) struct Wanted {
    #[serde(default)]
    group_by_nm: Option<String>,
    #[serde(default)]
    group_by_size: Option<String>,
    #[serde(default)]
    group_by_barcode: Option<String>,
    #[serde(default)]
    group_by_sa: Option<String>,
}

/// A task as its number tells.
struct Task {
    made_at: i64,
    groups: u64,
}

const BY_NM: u64 = 1;
const BY_SIZE: u64 = 2;
const BY_BARCODE: u64 = 4;
const BY_SA: u64 = 8;

fn id_of(world: &World, task: &Task) -> Uuid {
    let tag = hash([world.seed, 0x7a5c, task.made_at.cast_unsigned(), task.groups]);
    let low = (tag & !0xf) | task.groups;
    Uuid::from_u64_pair(task.made_at.cast_unsigned(), low)
}

fn task_of(world: &World, id: &str, now: i64) -> Option<Task> {
    let id: Uuid = id.parse().ok()?;
    let (made_at, low) = id.as_u64_pair();
    let task = Task { made_at: made_at.cast_signed(), groups: low & 0xf };
    (id_of(world, &task) == id && task.made_at <= now).then_some(task)
}

/// `GET /api/v1/warehouse_remains`.
pub(crate) async fn create(
    State(simulator): State<Simulator>,
    Extension(place): Extension<Place>,
    Query(wanted): Query<Wanted>,
) -> Response {
    let mut groups = 0;
    for (asked, group) in [
        (&wanted.group_by_nm, BY_NM),
        (&wanted.group_by_size, BY_SIZE),
        (&wanted.group_by_barcode, BY_BARCODE),
        (&wanted.group_by_sa, BY_SA),
    ] {
        match asked.as_deref() {
            Some("true") => groups |= group,
            None | Some("false") => {}
            Some(_) => return analytics("groupBy: true or false", "application/json", &place),
        }
    }
    let task = Task { made_at: simulator.now().timestamp(), groups };
    let id = id_of(simulator.world(), &task);
    json_answer(StatusCode::OK, &json!({"data": {"taskId": id}}))
}

/// `GET /api/v1/warehouse_remains/tasks/{task_id}/status`.
pub(crate) async fn status(
    State(simulator): State<Simulator>,
    Extension(place): Extension<Place>,
    Path(id): Path<String>,
) -> Response {
    let now = simulator.now().timestamp();
    let Some(task) = task_of(simulator.world(), &id, now) else { return unknown(&place) };
    let takes = simulator.0.settings.reports_take.num_seconds();
    let status = match now - task.made_at {
        age if age < takes / 3 => "new",
        age if age < takes => "processing",
        age if age < takes + KEPT => "done",
        _ => "purged",
    };
    json_answer(StatusCode::OK, &json!({"data": {"id": id, "status": status}}))
}

/// `GET /api/v1/warehouse_remains/tasks/{task_id}/download`.
pub(crate) async fn download(
    State(simulator): State<Simulator>,
    Extension(place): Extension<Place>,
    Path(id): Path<String>,
) -> Response {
    let now = simulator.now().timestamp();
    let Some(task) = task_of(simulator.world(), &id, now) else { return unknown(&place) };
    let takes = simulator.0.settings.reports_take.num_seconds();
    if !(takes..takes + KEPT).contains(&(now - task.made_at)) {
        return unknown(&place);
    }
    if simulator.0.faults.is_empty(Operation::RemainsDownload) {
        return with_body(StatusCode::NO_CONTENT, "application/json", Body::empty());
    }
    let body = streamed("[", "]", move |rows| {
        let world = simulator.world();
        // The report is of the moment at which it was asked for.
        let at = task.made_at;
        world
            .items()
            .filter(|item| item.created <= at)
            .try_for_each(|item| push(rows, world, &item, &task))
    });
    with_body(StatusCode::OK, "application/json", body)
}

fn unknown(place: &Place) -> Response {
    gateway(StatusCode::NOT_FOUND, "task not found", "task not found", place)
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    brand: &'static str,
    subject_name: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    vendor_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nm_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    barcode: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tech_size: Option<&'static str>,
    volume: f64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warehouses: Vec<Pieces>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Pieces {
    warehouse_name: &'static str,
    quantity: i64,
}

fn push(rows: &mut Rows, world: &World, item: &Item, task: &Task) -> Result<(), Gone> {
    let shelves = item.shelves(task.made_at, world.names);
    for (size, (tech_size, ..)) in item.card.grid.iter().enumerate() {
        let here = shelves.iter().filter(|shelf| shelf.size == size && !shelf.warehouse.seller);
        let mut warehouses = Vec::new();
        let [mut to, mut from, mut all] = [0; 3];
        for shelf in here {
            (to, from, all) =
                (to + shelf.to_client, from + shelf.from_client, all + shelf.quantity);
            let warehouse_name = match world.names {
                WarehouseNames::Hidden => HIDDEN_IN_ORDERS,
                WarehouseNames::Named => shelf.warehouse.name,
            };
            if shelf.quantity > 0 {
                warehouses.push(Pieces { warehouse_name, quantity: shelf.quantity });
            }
        }
        let pseudo = [
            ("В пути до получателей", to),
            ("В пути возвраты на склад WB", from),
            ("Всего находится на складах", all),
        ];
        let mut told: Vec<Pieces> = pseudo
            .into_iter()
            .filter(|(_, quantity)| *quantity > 0)
            .map(|(warehouse_name, quantity)| Pieces { warehouse_name, quantity })
            .collect();
        told.append(&mut warehouses);
        let has = |group| task.groups & group != 0;
        rows.push(&Row {
            brand: item.card.brand,
            subject_name: item.card.subject.name,
            vendor_code: has(BY_SA).then(|| item.card.vendor_code()),
            nm_id: has(BY_NM).then_some(item.card.nm),
            barcode: has(BY_BARCODE).then(|| item.card.barcode(size)),
            tech_size: has(BY_SIZE).then_some(*tech_size),
            volume: 1.33,
            warehouses: told,
        })?;
    }
    Ok(())
}

//! `GET /api/v1/warehouse_remains`, and of its task `/status` and `/download`.

use super::super::lenient::{Int, list, text};
use serde::Deserialize;

#[derive(Deserialize)]
pub(in super::super) struct Made {
    pub data: Task,
}

#[derive(Deserialize)]
pub(in super::super) struct Task {
    #[serde(rename = "taskId")]
    pub task_id: String,
}

#[derive(Deserialize)]
pub(in super::super) struct State {
    pub data: Status,
}

#[derive(Deserialize)]
pub(in super::super) struct Status {
    #[serde(default, deserialize_with = "text")]
    pub status: Option<String>,
}

#[derive(Deserialize)]
pub(in super::super) struct Row {
    #[serde(rename = "nmId")]
    pub nm_id: Int,
    #[serde(default)]
    pub barcode: Option<String>,
    #[serde(default, deserialize_with = "list")]
    pub warehouses: Vec<Place>,
}

#[derive(Deserialize)]
pub(in super::super) struct Place {
    #[serde(rename = "warehouseName", default, deserialize_with = "text")]
    pub warehouse_name: Option<String>,
    pub quantity: Int,
}

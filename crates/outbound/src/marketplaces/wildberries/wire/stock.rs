//! `POST /api/analytics/v1/stocks-report/wb-warehouses`, `GET /api/v3/warehouses`, `POST /api/v3/stocks/{id}`.

use super::super::lenient::{Int, list, text};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

#[derive(Serialize)]
pub(in super::super) struct ReportRequest {
    pub limit: u64,
    pub offset: u64,
}

#[derive(Deserialize)]
pub(in super::super) struct ReportRow {
    #[serde(rename = "chrtId")]
    pub chrt_id: Int,
    #[serde(rename = "warehouseId")]
    pub warehouse_id: Int,
    #[serde(rename = "warehouseName", default, deserialize_with = "text")]
    pub warehouse_name: Option<String>,
    #[serde(rename = "regionName", default, deserialize_with = "text")]
    pub region_name: Option<String>,
    pub quantity: Int,
    #[serde(rename = "inWayToClient", default)]
    pub in_way_to_client: Option<Int>,
    #[serde(rename = "inWayFromClient", default)]
    pub in_way_from_client: Option<Int>,
}

#[derive(Deserialize)]
pub(in super::super) struct Warehouse {
    pub id: Int,
    #[serde(default, deserialize_with = "text")]
    pub name: Option<String>,
    #[serde(rename = "deliveryType", default)]
    pub delivery_type: Option<Int>,
    #[serde(rename = "isDeleting", default)]
    pub is_deleting: Option<bool>,
    #[serde(rename = "isProcessing", default)]
    pub is_processing: Option<bool>,
}

#[derive(Serialize)]
pub(in super::super) struct StocksRequest<'a> {
    #[serde(rename = "chrtIds")]
    pub chrt_ids: &'a [i64],
}

#[derive(Deserialize)]
pub(in super::super) struct StocksAnswer {
    #[serde(deserialize_with = "list")]
    pub stocks: Vec<Box<RawValue>>,
}

#[derive(Deserialize)]
pub(in super::super) struct StocksRow {
    #[serde(rename = "chrtId")]
    pub chrt_id: Int,
    pub amount: Int,
}

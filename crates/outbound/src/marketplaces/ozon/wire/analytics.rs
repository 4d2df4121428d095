//! `POST /v1/analytics/stocks`, `/v1/analytics/turnover/stocks`.

use super::{
    super::super::{
        lenient::{Int, list, text},
        money::Thousandths,
    },
    Ids,
};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

#[derive(Serialize)]
pub(in super::super) struct StocksRequest<'a> {
    pub skus: Ids<'a>,
}

#[derive(Deserialize)]
pub(in super::super) struct StocksAnswer {
    #[serde(default, deserialize_with = "list")]
    pub items: Vec<Box<RawValue>>,
}

#[derive(Deserialize)]
pub(in super::super) struct StocksRow {
    pub sku: Int,
    #[serde(default)]
    pub warehouse_id: Option<Int>,
    #[serde(default, deserialize_with = "text")]
    pub warehouse_name: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub cluster_name: Option<String>,
    #[serde(default)]
    pub available_stock_count: Option<Int>,
    #[serde(default)]
    pub requested_stock_count: Option<Int>,
    #[serde(default)]
    pub transit_stock_count: Option<Int>,
    #[serde(default)]
    pub return_from_customer_stock_count: Option<Int>,
    #[serde(default)]
    pub ads: Thousandths,
    #[serde(default)]
    pub idc: Thousandths,
    #[serde(default)]
    pub days_without_sales: Option<Int>,
    #[serde(default, deserialize_with = "text")]
    pub turnover_grade: Option<String>,
}

#[derive(Serialize)]
pub(in super::super) struct TurnoverRequest {
    pub limit: u64,
    pub offset: u64,
}

#[derive(Deserialize)]
pub(in super::super) struct TurnoverAnswer {
    #[serde(default, deserialize_with = "list")]
    pub items: Vec<Box<RawValue>>,
}

#[derive(Deserialize)]
pub(in super::super) struct TurnoverRow {
    pub sku: Int,
    #[serde(default)]
    pub ads: Thousandths,
    #[serde(default)]
    pub current_stock: Option<Int>,
    #[serde(default)]
    pub idc: Thousandths,
    #[serde(default, deserialize_with = "text")]
    pub idc_grade: Option<String>,
    #[serde(default)]
    pub turnover: Thousandths,
    #[serde(default, deserialize_with = "text")]
    pub turnover_grade: Option<String>,
}

//! `POST /api/v2/stocks-report/products/products`.

use super::super::{
    lenient::{Int, list, text},
    money::{Minor, Thousandths},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in super::super) struct Request<'a> {
    pub current_period: Period,
    /// Empty: the marketplace's warehouses and the seller's.
    pub stock_type: &'a str,
    pub skip_deleted_nm: bool,
    pub order_by: OrderBy<'a>,
    /// Empty: all.
    pub availability_filters: [&'a str; 0],
    pub limit: u64,
    pub offset: u64,
}

#[derive(Serialize)]
pub(in super::super) struct Period {
    pub start: NaiveDate,
    pub end: NaiveDate,
}

#[derive(Serialize)]
pub(in super::super) struct OrderBy<'a> {
    pub field: &'a str,
    pub mode: &'a str,
}

#[derive(Deserialize)]
pub(in super::super) struct Answer {
    #[serde(default)]
    pub data: Option<Data>,
}

#[derive(Deserialize)]
pub(in super::super) struct Data {
    #[serde(default, deserialize_with = "list")]
    pub items: Vec<Box<RawValue>>,
}

#[derive(Deserialize)]
pub(in super::super) struct Item {
    #[serde(rename = "nmID")]
    pub nm_id: Int,
    pub metrics: Metrics,
}

#[derive(Deserialize)]
pub(in super::super) struct Metrics {
    #[serde(rename = "ordersCount", default)]
    pub orders_count: Option<Int>,
    #[serde(rename = "avgOrders", default)]
    pub average_orders: Thousandths,
    #[serde(rename = "stockCount", default)]
    pub stock_count: Option<Int>,
    #[serde(rename = "saleRate", default)]
    pub sale_rate: Option<Span>,
    #[serde(rename = "avgStockTurnover", default)]
    pub turnover: Option<Span>,
    #[serde(rename = "officeMissingTime", default)]
    pub missing_time: Option<Span>,
    #[serde(rename = "lostOrdersCount", default)]
    pub lost_orders_count: Thousandths,
    #[serde(rename = "lostOrdersSum", default)]
    pub lost_orders_sum: Minor,
    #[serde(default, deserialize_with = "text")]
    pub availability: Option<String>,
}

#[derive(Deserialize)]
pub(in super::super) struct Span {
    #[serde(default)]
    pub days: Int,
    pub hours: Int,
}

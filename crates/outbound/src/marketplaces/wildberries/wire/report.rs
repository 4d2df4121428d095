//! `/api/v2/nm-report/downloads`.

use super::super::lenient::{list, text};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in super::super) struct Request<'a> {
    pub id: Uuid,
    pub report_type: &'a str,
    pub user_report_name: &'a str,
    pub params: Params<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in super::super) struct Params<'a> {
    pub current_period: Period,
    /// Empty: the marketplace's warehouses and the seller's.
    pub stock_type: &'a str,
    pub skip_deleted_nm: bool,
}

#[derive(Serialize)]
pub(in super::super) struct Period {
    pub start: NaiveDate,
    pub end: NaiveDate,
}

#[derive(Deserialize)]
pub(in super::super) struct List {
    #[serde(default, deserialize_with = "list")]
    pub data: Vec<Report>,
}

#[derive(Deserialize)]
pub(in super::super) struct Report {
    pub id: Uuid,
    #[serde(default, deserialize_with = "text")]
    pub status: Option<String>,
}

//! `POST /v3/posting/fbo/list`, `/v4/posting/fbs/list`: the same row but for some fields.

use super::super::{
    super::{
        lenient::{Int, list, text},
        money::Minor,
    },
    time::Moment,
};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

#[derive(Serialize)]
pub(in super::super) struct Request<'a> {
    pub filter: Filter,
    pub limit: usize,
    /// Upper case: the examples' lower case is refused.
    pub sort_dir: &'static str,
    pub cursor: &'a str,
    pub with: With,
}

#[derive(Serialize)]
pub(in super::super) struct Filter {
    pub since: String,
    pub to: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_changed_status_date: Option<Period>,
}

#[derive(Serialize)]
pub(in super::super) struct Period {
    pub from: String,
    pub to: String,
}

#[derive(Serialize)]
pub(in super::super) struct With {
    pub analytics_data: bool,
    pub financial_data: bool,
}

#[derive(Deserialize)]
pub(in super::super) struct Answer {
    #[serde(default, deserialize_with = "list")]
    pub postings: Vec<Box<RawValue>>,
    #[serde(default)]
    pub has_next: Option<bool>,
    #[serde(default)]
    pub cursor: Option<String>,
}

#[derive(Deserialize)]
#[expect(clippy::struct_field_names, reason = "the marketplace's names")]
pub(in super::super) struct Posting {
    pub posting_number: String,
    #[serde(default, deserialize_with = "text")]
    pub parent_posting_number: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub status: Option<String>,
    #[serde(default)]
    pub created_at: Moment,
    #[serde(default)]
    pub in_process_at: Moment,
    #[serde(default)]
    pub shipment_date: Moment,
    #[serde(default, deserialize_with = "list")]
    pub products: Vec<Product>,
    #[serde(default)]
    pub analytics_data: Option<AnalyticsData>,
    #[serde(default)]
    pub financial_data: Option<FinancialData>,
    #[serde(default)]
    pub delivery_method: Option<DeliveryMethod>,
}

#[derive(Deserialize)]
pub(in super::super) struct Product {
    pub sku: Int,
    pub quantity: Int,
    #[serde(default)]
    pub price: Option<Price>,
}

#[derive(Deserialize)]
pub(in super::super) struct Price {
    #[serde(default)]
    pub amount: Minor,
    #[serde(default, deserialize_with = "text")]
    pub currency: Option<String>,
}

#[derive(Deserialize)]
pub(in super::super) struct AnalyticsData {
    #[serde(default, deserialize_with = "text")]
    pub city: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub region: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub warehouse_name: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub warehouse: Option<String>,
    #[serde(default)]
    pub client_delivery_date_end: Moment,
}

#[derive(Deserialize)]
pub(in super::super) struct FinancialData {
    #[serde(default, deserialize_with = "text")]
    pub cluster_to: Option<String>,
}

#[derive(Deserialize)]
pub(in super::super) struct DeliveryMethod {
    #[serde(default, deserialize_with = "text")]
    pub warehouse: Option<String>,
}

//! `POST /v1/returns/list`.

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
pub(in super::super) struct Request {
    pub filter: Filter,
    pub limit: usize,
    pub last_id: i64,
}

#[derive(Serialize)]
pub(in super::super) struct Filter {
    pub visual_status_change_moment: Period,
}

#[derive(Serialize)]
pub(in super::super) struct Period {
    pub time_from: String,
    pub time_to: String,
}

#[derive(Deserialize)]
pub(in super::super) struct Answer {
    #[serde(default, deserialize_with = "list")]
    pub returns: Vec<Box<RawValue>>,
    #[serde(default)]
    pub has_next: Option<bool>,
}

#[derive(Deserialize)]
pub(in super::super) struct Return {
    pub id: Int,
    #[serde(rename = "type", default, deserialize_with = "text")]
    pub kind: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub posting_number: Option<String>,
    #[serde(default)]
    pub product: Option<Product>,
    #[serde(default)]
    pub logistic: Option<Logistic>,
    #[serde(default)]
    pub visual: Option<Visual>,
    #[serde(default)]
    pub place: Option<Place>,
}

#[derive(Deserialize)]
pub(in super::super) struct Product {
    pub sku: Int,
    #[serde(default)]
    pub quantity: Option<Int>,
    #[serde(default)]
    pub price: Option<Price>,
}

#[derive(Deserialize)]
pub(in super::super) struct Price {
    #[serde(default)]
    pub price: Minor,
    #[serde(default, deserialize_with = "text")]
    pub currency_code: Option<String>,
}

#[derive(Deserialize)]
pub(in super::super) struct Logistic {
    #[serde(default)]
    pub return_date: Moment,
    #[serde(default)]
    pub final_moment: Moment,
}

#[derive(Deserialize)]
pub(in super::super) struct Visual {
    #[serde(default)]
    pub change_moment: Moment,
}

#[derive(Deserialize)]
pub(in super::super) struct Place {
    #[serde(default, deserialize_with = "text")]
    pub name: Option<String>,
}

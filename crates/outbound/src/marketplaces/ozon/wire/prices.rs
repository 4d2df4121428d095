//! `POST /v5/product/info/prices`.

use super::{
    super::super::{
        lenient::{Int, list, text},
        money::Minor,
    },
    Visible,
};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

#[derive(Serialize)]
pub(in super::super) struct Request<'a> {
    pub filter: Visible,
    pub cursor: &'a str,
    pub limit: usize,
}

#[derive(Deserialize)]
pub(in super::super) struct Answer {
    #[serde(default, deserialize_with = "list")]
    pub items: Vec<Box<RawValue>>,
    #[serde(default)]
    pub cursor: Option<String>,
}

#[derive(Deserialize)]
pub(in super::super) struct Item {
    pub product_id: Int,
    #[serde(default)]
    pub price: Option<Price>,
}

#[derive(Deserialize)]
#[expect(clippy::struct_field_names, reason = "the marketplace's names")]
pub(in super::super) struct Price {
    #[serde(default)]
    pub price: Minor,
    #[serde(default)]
    pub old_price: Minor,
    #[serde(default)]
    pub marketing_seller_price: Minor,
    #[serde(default, deserialize_with = "text")]
    pub currency_code: Option<String>,
}

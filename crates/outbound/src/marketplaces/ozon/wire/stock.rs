//! `POST /v1/product/info/stocks-by-warehouse/fbo`, `/v2/product/info/stocks-by-warehouse/fbs`.

use super::{
    super::super::lenient::{Int, list, text},
    Ids,
};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

#[derive(Serialize)]
pub(in super::super) struct FboRequest<'a> {
    pub skus: Ids<'a>,
    pub limit: usize,
    pub cursor: &'a str,
}

#[derive(Serialize)]
pub(in super::super) struct FbsRequest<'a> {
    pub sku: Ids<'a>,
    pub limit: usize,
    pub cursor: &'a str,
}

#[derive(Deserialize)]
pub(in super::super) struct Answer {
    #[serde(default, deserialize_with = "list")]
    pub products: Vec<Box<RawValue>>,
    #[serde(default)]
    pub has_next: Option<bool>,
    #[serde(default)]
    pub cursor: Option<String>,
}

#[derive(Deserialize)]
pub(in super::super) struct Row {
    pub sku: Int,
    pub warehouse_id: Int,
    #[serde(default, deserialize_with = "text")]
    pub warehouse_name: Option<String>,
    pub present: Int,
    #[serde(default)]
    pub reserved: Option<Int>,
    #[serde(default)]
    pub free_stock: Option<Int>,
}

//! `POST /v3/product/list`, `/v3/product/info/list`, `/v4/product/info/attributes`.

use super::{
    super::{
        super::lenient::{Int, list, text},
        time::Moment,
    },
    Ids, Visible,
};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

#[derive(Serialize)]
pub(in super::super) struct ListRequest<'a> {
    pub filter: Visible,
    pub last_id: &'a str,
    pub limit: usize,
}

#[derive(Deserialize)]
pub(in super::super) struct ListAnswer {
    pub result: ListResult,
}

#[derive(Deserialize)]
pub(in super::super) struct ListResult {
    #[serde(default, deserialize_with = "list")]
    pub items: Vec<Box<RawValue>>,
    #[serde(default)]
    pub total: Option<Int>,
    #[serde(default, deserialize_with = "text")]
    pub last_id: Option<String>,
}

#[derive(Deserialize)]
pub(in super::super) struct ListItem {
    pub product_id: Int,
    #[serde(default)]
    pub archived: Option<bool>,
}

#[derive(Serialize)]
pub(in super::super) struct InfoRequest<'a> {
    pub product_id: Ids<'a>,
}

#[derive(Deserialize)]
pub(in super::super) struct InfoAnswer {
    #[serde(default, deserialize_with = "list")]
    pub items: Vec<Box<RawValue>>,
}

#[derive(Deserialize)]
pub(in super::super) struct Info {
    pub id: Int,
    #[serde(default)]
    pub sku: Option<Int>,
    #[serde(default, deserialize_with = "text")]
    pub offer_id: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub name: Option<String>,
    #[serde(default, deserialize_with = "list")]
    pub barcodes: Vec<String>,
    #[serde(default, deserialize_with = "list")]
    pub primary_image: Vec<String>,
    #[serde(default, deserialize_with = "list")]
    pub images: Vec<String>,
    #[serde(default)]
    pub created_at: Moment,
    #[serde(default)]
    pub updated_at: Moment,
    #[serde(default)]
    pub is_archived: Option<bool>,
    #[serde(default)]
    pub is_autoarchived: Option<bool>,
}

#[derive(Serialize)]
pub(in super::super) struct AttributesRequest<'a> {
    pub filter: AttributesFilter<'a>,
    pub limit: usize,
    pub last_id: &'a str,
}

#[derive(Serialize)]
pub(in super::super) struct AttributesFilter<'a> {
    pub product_id: Ids<'a>,
    pub visibility: &'static str,
}

#[derive(Deserialize)]
pub(in super::super) struct AttributesAnswer {
    #[serde(default, deserialize_with = "list")]
    pub result: Vec<Box<RawValue>>,
}

#[derive(Deserialize)]
pub(in super::super) struct Attributes {
    pub id: Int,
    #[serde(default, deserialize_with = "list")]
    pub attributes: Vec<Attribute>,
}

#[derive(Deserialize)]
pub(in super::super) struct Attribute {
    pub id: Int,
    #[serde(default, deserialize_with = "list")]
    pub values: Vec<Value>,
}

#[derive(Deserialize)]
pub(in super::super) struct Value {
    #[serde(default, deserialize_with = "text")]
    pub value: Option<String>,
}

//! `GET /api/v2/list/goods/filter`.

use super::super::{
    lenient::{Int, list, text},
    money::Minor,
};
use serde::Deserialize;
use serde_json::value::RawValue;

#[derive(Deserialize)]
pub(in super::super) struct Answer {
    #[serde(default)]
    pub data: Option<Data>,
}

#[derive(Deserialize)]
pub(in super::super) struct Data {
    #[serde(rename = "listGoods", default, deserialize_with = "list")]
    pub list_goods: Vec<Box<RawValue>>,
}

#[derive(Deserialize)]
pub(in super::super) struct Goods {
    #[serde(default, deserialize_with = "list")]
    pub sizes: Vec<Size>,
    #[serde(rename = "currencyIsoCode4217", default, deserialize_with = "text")]
    pub currency: Option<String>,
    #[serde(default)]
    pub discount: Option<Int>,
}

#[derive(Deserialize)]
pub(in super::super) struct Size {
    #[serde(rename = "sizeID")]
    pub id: Int,
    #[serde(default)]
    pub price: Minor,
    #[serde(rename = "discountedPrice", default)]
    pub discounted_price: Minor,
}

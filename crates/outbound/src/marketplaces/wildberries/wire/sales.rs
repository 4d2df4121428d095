//! `GET /api/v1/supplier/sales`: one row is one piece that was sold or came back.

use super::super::{
    lenient::{Int, text},
    money::Minor,
    time::Moment,
};
use serde::Deserialize;

#[derive(Deserialize)]
pub(in super::super) struct Sale {
    #[serde(default)]
    pub date: Moment,
    #[serde(rename = "lastChangeDate", default)]
    pub last_change_date: Moment,
    #[serde(rename = "warehouseName", default, deserialize_with = "text")]
    pub warehouse_name: Option<String>,
    #[serde(rename = "countryName", default, deserialize_with = "text")]
    pub country_name: Option<String>,
    #[serde(rename = "oblastOkrugName", default, deserialize_with = "text")]
    pub oblast_okrug_name: Option<String>,
    #[serde(rename = "regionName", default, deserialize_with = "text")]
    pub region_name: Option<String>,
    #[serde(rename = "nmId")]
    pub nm_id: Int,
    #[serde(default, deserialize_with = "text")]
    pub barcode: Option<String>,
    #[serde(rename = "finishedPrice", default)]
    pub finished_price: Minor,
    #[serde(rename = "forPay", default)]
    pub for_pay: Minor,
    #[serde(rename = "saleID")]
    pub id: String,
    #[serde(default, deserialize_with = "text")]
    pub srid: Option<String>,
}

//! `GET /api/v1/seller-info`.

use super::super::lenient::text;
use serde::Deserialize;

#[derive(Deserialize)]
pub(in super::super) struct SellerInfo {
    #[serde(default, deserialize_with = "text")]
    pub name: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub sid: Option<String>,
    #[serde(rename = "tradeMark", default, deserialize_with = "text")]
    pub trade_mark: Option<String>,
}

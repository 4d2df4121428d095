//! `POST /content/v2/get/cards/list`.

use super::super::{
    lenient::{Int, list, text},
    time::Moment,
};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

#[derive(Serialize)]
pub(in super::super) struct Request<'a> {
    pub settings: Settings<'a>,
}

#[derive(Serialize)]
pub(in super::super) struct Settings<'a> {
    pub sort: Sort,
    pub filter: Filter,
    pub cursor: RequestCursor<'a>,
}

#[derive(Serialize)]
pub(in super::super) struct Sort {
    pub ascending: bool,
}

#[derive(Serialize)]
pub(in super::super) struct Filter {
    /// -1: with and without photo. The default (0) has changed its meaning.
    #[serde(rename = "withPhoto")]
    pub with_photo: i8,
}

#[derive(Serialize)]
pub(in super::super) struct RequestCursor<'a> {
    pub limit: u32,
    #[serde(rename = "updatedAt", skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<&'a str>,
    #[serde(rename = "nmID", skip_serializing_if = "Option::is_none")]
    pub nm_id: Option<i64>,
}

#[derive(Deserialize)]
pub(in super::super) struct Answer {
    #[serde(default, deserialize_with = "list")]
    pub cards: Vec<Box<RawValue>>,
    pub cursor: Cursor,
}

#[derive(Deserialize)]
pub(in super::super) struct Cursor {
    #[serde(rename = "updatedAt", default)]
    pub updated_at: Option<String>,
    #[serde(rename = "nmID", default)]
    pub nm_id: Option<Int>,
    pub total: Int,
}

#[derive(Deserialize)]
pub(in super::super) struct Card {
    #[serde(rename = "nmID")]
    pub nm_id: Int,
    #[serde(rename = "vendorCode", default, deserialize_with = "text")]
    pub vendor_code: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub title: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub brand: Option<String>,
    #[serde(rename = "subjectName", default, deserialize_with = "text")]
    pub subject_name: Option<String>,
    #[serde(default, deserialize_with = "list")]
    pub photos: Vec<Photo>,
    #[serde(default, deserialize_with = "list")]
    pub sizes: Vec<Size>,
    #[serde(rename = "createdAt", default)]
    pub created_at: Moment,
    #[serde(rename = "updatedAt", default)]
    pub updated_at: Moment,
}

#[derive(Deserialize)]
pub(in super::super) struct Photo {
    #[serde(default)]
    pub c246x328: Option<String>,
    #[serde(default)]
    pub square: Option<String>,
    #[serde(default)]
    pub tm: Option<String>,
    #[serde(default)]
    pub big: Option<String>,
}

#[derive(Deserialize)]
#[expect(clippy::struct_field_names, reason = "the marketplace's names")]
pub(in super::super) struct Size {
    #[serde(rename = "chrtID")]
    pub chrt_id: Int,
    #[serde(rename = "techSize", default, deserialize_with = "text")]
    pub tech_size: Option<String>,
    #[serde(rename = "wbSize", default, deserialize_with = "text")]
    pub wb_size: Option<String>,
    #[serde(default, deserialize_with = "list")]
    pub skus: Vec<String>,
}

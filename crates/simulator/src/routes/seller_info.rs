//! `GET /api/v1/seller-info`: whose key it is.

use crate::random::{hash, pick};
use crate::tokens::Token;
use axum::{Extension, Json};
use serde_json::{Value, json};

const SELLERS: &[(&str, &str)] = &[
    ("ИП Кружинин В. Р.", "Уютный двор"),
    ("ООО «Северный путь»", "Северный путь"),
    ("ИП Лебедева А. С.", "Лён и Ко"),
    ("ООО «Тёплый дом»", "Тёплый дом"),
];

pub(crate) async fn answer(Extension(token): Extension<Token>) -> Json<Value> {
    let (high, low) = token.sid.as_u64_pair();
    let seed = hash([high, low]);
    let (name, trade_mark) = pick(SELLERS, seed);
    let tin = format!("{:010}", 7_700_000_000 + seed % 99_999_999);
    Json(json!({"name": name, "sid": token.sid, "tin": tin, "tradeMark": trade_mark}))
}

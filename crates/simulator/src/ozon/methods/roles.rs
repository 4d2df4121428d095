//! `/v1/roles`: whether a key works, until when, and which methods it opens.

use super::Answer;
use crate::moscow::utc_text;
use crate::ozon::body::read;
use crate::ozon::method::Ozon;
use crate::ozon::shop::Shop;
use serde::Deserialize;
use serde_json::json;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {}

pub(crate) fn answer(shop: &Shop<'_>, body: &[u8]) -> Answer {
    let Wanted {} = read(body)?;
    let methods: Vec<&str> =
        Ozon::ALL.into_iter().filter(|method| shop.key.opens(*method)).map(Ozon::path).collect();
    let end = shop.key.expires_at(shop.world).timestamp();
    Ok(json!({
        "expires_at": utc_text(end, 296_000),
        "roles": [{"name": shop.key.role(), "methods": methods}],
    }))
}

//! `/v1/seller/info`: who the seller is.

use super::Answer;
use crate::ozon::body::read;
use crate::ozon::shop::Shop;
use serde::Deserialize;
use serde_json::json;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {}

pub(crate) fn answer(shop: &Shop<'_>, body: &[u8]) -> Answer {
    let Wanted {} = read(body)?;
    let number = shop.client_id.unsigned_abs();
    Ok(json!({
        "company": {
            "country": "RU",
            "currency": "RUB",
            "inn": format!("{:012}", 770_000_000_000 + number % 9_999_999_999),
            "legal_name": format!("ИП Иванова {number}"),
            "name": format!("Магазин {number}"),
            "ogrn": format!("{:015}", 320_774_600_000_000 + number % 9_999_999),
            "ownership_form": "ИП",
            "tax_system": "USN",
        },
        "ratings": [],
        "subscription": {"is_premium": false, "type": "UNSPECIFIED"},
    }))
}

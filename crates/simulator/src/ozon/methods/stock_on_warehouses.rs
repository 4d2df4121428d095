//! `/v2/analytics/stock_on_warehouses`: all rows of Ozon's warehouses by name, without a list of
//! products. Older than the others, and to be switched off one day.

use super::Answer;
use crate::ozon::body::{limit, read};
use crate::ozon::problem::Problem;
use crate::ozon::shop::Shop;
use crate::ozon::stock::shelves;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Kind {
    #[default]
    All,
    ExpressDarkStore,
    NotExpressDarkStore,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    limit: i64,
    #[serde(default)]
    offset: i64,
    #[serde(default)]
    warehouse_type: Kind,
}

pub(crate) fn answer(shop: &Shop<'_>, body: &[u8]) -> Answer {
    let wanted: Wanted = read(body)?;
    let limit = limit(Some(wanted.limit), 1000)?;
    let mut skip =
        usize::try_from(wanted.offset).map_err(|_| Problem::invalid("invalid Request.Offset"))?;
    let mut rows: Vec<Value> = Vec::new();
    let express = wanted.warehouse_type == Kind::ExpressDarkStore;
    for item in shop.world.items().filter(|_| !express) {
        if rows.len() == limit {
            break;
        }
        let fbo = (0..item.hold_count).filter(|hold| !item.is_own(*hold)).count();
        let all = fbo * item.card.grid.len();
        if item.created > shop.now || skip >= all {
            skip -= if item.created > shop.now { 0 } else { all };
            continue;
        }
        for shelf in shelves(&item, shop.now).iter().filter(|shelf| shelf.is_fbo()) {
            if skip > 0 {
                skip -= 1;
            } else if rows.len() < limit {
                rows.push(json!({
                    "sku": crate::ozon::product::sku(&item.card, shelf.size),
                    "item_code": crate::ozon::product::offer_id(&item.card, shelf.size),
                    "item_name": crate::ozon::product::name(&item.card, shelf.size),
                    "free_to_sell_amount": shelf.free,
                    "reserved_amount": shelf.reserved,
                    "promised_amount": shelf.transit,
                    "warehouse_name": shelf.warehouse.name,
                }));
            }
        }
    }
    Ok(json!({"result": {"rows": rows}}))
}

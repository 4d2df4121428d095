//! `/v2/warehouse/list`, `/v1/warehouse/ozon/list` and `/v1/warehouse/fbo/seller/list`: where stock can be.

use super::Answer;
use crate::moscow::utc_text;
use crate::ozon::body::{Int, at_most, cursor, limit, read, read_cursor};
use crate::ozon::places::{Scheme, marketplaces, sellers as seller_places};
use crate::ozon::problem::Problem;
use crate::ozon::shop::Shop;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sellers {
    limit: i64,
    #[serde(default)]
    cursor: String,
    #[serde(default)]
    warehouse_ids: Vec<Int>,
}

/// The seller's.
pub(crate) fn sellers(shop: &Shop<'_>, body: &[u8]) -> Answer {
    let wanted: Sellers = read(body)?;
    let limit = limit(Some(wanted.limit), 200)?;
    at_most("WarehouseIds", &wanted.warehouse_ids, 200)?;
    let skip = match read_cursor::<1>(&wanted.cursor)? {
        Some([sent]) => usize::try_from(sent).map_err(|_| Problem::invalid("invalid cursor"))?,
        None => 0,
    };
    let all: Vec<_> = seller_places(shop.world.sellers)
        .iter()
        .filter(|known| {
            wanted.warehouse_ids.is_empty()
                || wanted.warehouse_ids.iter().any(|wanted| wanted.0 == known.id)
        })
        .collect();
    let warehouses: Vec<Value> = all
        .iter()
        .skip(skip)
        .take(limit)
        .map(|known| {
            json!({
                "warehouse_id": known.id,
                "name": known.name,
                "status": "created",
                "is_rfbs": known.scheme == Scheme::Rfbs,
                "is_express": false,
                "is_kgt": false,
                "is_comfort": false,
                "is_auto_assembly": false,
                "is_waybill_enabled": false,
                "has_entrusted_acceptance": false,
                "has_postings_limit": false,
                "min_postings_limit": 0,
                "postings_limit": -1,
                "warehouse_type": "STANDARD",
                "address_info": {
                    "address": known.address,
                    "latitude": 55.9,
                    "longitude": 37.4,
                    "utc": "UTC+03:00",
                },
                "created_at": utc_text(shop.world.opened, 0),
                "updated_at": utc_text(shop.world.opened, 0),
                "pause_at": null,
                "phone": "+70000000000",
                "working_days": ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"],
            })
        })
        .collect();
    let sent = skip + warehouses.len();
    let has_next = sent < all.len();
    let sent = i64::try_from(sent).unwrap_or(0);
    let cursor = if has_next { cursor([sent]) } else { String::new() };
    Ok(json!({"warehouses": warehouses, "has_next": has_next, "cursor": cursor}))
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Ozons {
    warehouse_types: Vec<Kind>,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Kind {
    FullFillment,
    FullFillmentReturns,
    FullFillmentDefect,
    ExpressDarkStore,
    CrossDock,
    SortingCenter,
    Pharmacy,
    DistributionCenter,
    OrdersReceivingPoint,
    OutsourceFf,
    B2b,
    ExternalFf,
}

/// Ozon's.
pub(crate) fn ozons(_: &Shop<'_>, body: &[u8]) -> Answer {
    let wanted: Ozons = read(body)?;
    let kinds = wanted.warehouse_types;
    let warehouses: Vec<Value> = marketplaces()
        .iter()
        .filter(|_| kinds.is_empty() || kinds.contains(&Kind::FullFillment))
        .map(|known| {
            json!({
                "warehouse_id": known.id,
                "name": known.name,
                "short_name": known.name,
                "address": known.address,
                "timezone": "Europe/Moscow",
                "is_active": true,
                "warehouse_type": "FULL_FILLMENT",
                "country_iso_numeric": 643,
                "is_cross_dock": false,
                "is_distribution_center": false,
                "is_edo": false,
                "is_express": false,
                "is_for_supply": true,
            })
        })
        .collect();
    Ok(json!({ "warehouses": warehouses }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

/// Those of the seller that supplies are picked up from.
pub(crate) fn supplied_from(shop: &Shop<'_>, body: &[u8]) -> Answer {
    let Nothing {} = read(body)?;
    let warehouses: Vec<Value> = seller_places(shop.world.sellers)
        .iter()
        .filter(|known| known.scheme == Scheme::Fbs)
        .map(|known| {
            json!({
                "seller_warehouse_id": known.id,
                "seller_warehouse_name": known.name,
                "is_active": true,
                "is_pickup": true,
                "address": {
                    "address": known.address,
                    "macrolocal_cluster_id": known.cluster.macrolocal_id,
                    "country_code": "RU",
                },
                "working_days": [{
                    "day": "MONDAY", "time_from_local": "09:00", "time_to_local": "18:00",
                }],
            })
        })
        .collect();
    Ok(json!({ "warehouses": warehouses }))
}

//! `/v4/posting/fbs/list`, `/v4/posting/fbs/unfulfilled/list` and `/v3/posting/fbs/get`: parcels from the
//! seller's warehouses.
//!
//! A posting that is split when it is packed keeps its number with the rest, the new one names it as
//! its parent.

use super::Answer;
use super::fbo_postings::{Direction, Listed, by_numbers};
use super::posting::{With, analytics, cancellation, financial, old_products, products, time};
use super::product_info::litres;
use crate::moscow::DAY;
use crate::ozon::body::{Int, Period, at_most, cursor, limit, read, read_cursor};
use crate::ozon::places::Scheme;
use crate::ozon::posting::{Posting, Status, of_number, of_order_id};
use crate::ozon::problem::Problem;
use crate::ozon::shop::Shop;
use crate::world::Fate;
use crate::world::cycle::SETTLED_WITHIN;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Filter {
    #[serde(default)]
    delivery_method_ids: Vec<Int>,
    #[serde(default, rename = "is_blr_traceable")]
    _is_blr_traceable: bool,
    #[serde(default)]
    last_changed_status_date: Period,
    #[serde(default)]
    order_id: Option<Int>,
    #[serde(default)]
    order_numbers: Vec<String>,
    #[serde(default)]
    provider_ids: Vec<Int>,
    since: DateTime<Utc>,
    #[serde(default)]
    statuses: Vec<String>,
    to: DateTime<Utc>,
    #[serde(default)]
    warehouse_ids: Vec<Int>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    #[serde(default)]
    cursor: String,
    filter: Filter,
    limit: i64,
    #[serde(default)]
    sort_dir: Direction,
    #[serde(default, rename = "translit")]
    _translit: bool,
    #[serde(default)]
    with: With,
}

/// Who delivers for Ozon.
const PROVIDER: i64 = 24;

fn is_in(ids: &[Int], id: i64) -> bool {
    ids.is_empty() || ids.iter().any(|known| known.0 == id)
}

/// When a posting last changed: its status, or its split.
fn changed(posting: &Posting, now: i64) -> i64 {
    let (_, since) = posting.status(now);
    since.max(posting.split_at.unwrap_or(i64::MIN))
}

pub(crate) fn list(shop: &Shop<'_>, body: &[u8]) -> Answer {
    let wanted: Wanted = read(body)?;
    let limit = limit(Some(wanted.limit), 100)?;
    let filter = &wanted.filter;
    at_most("Filter.OrderNumbers", &filter.order_numbers, 100)?;
    at_most("Filter.WarehouseIds", &filter.warehouse_ids, 1000)?;
    let (from, to) = filter.last_changed_status_date.seconds();
    let passes = |posting: &Posting| {
        let (status, _) = posting.status(shop.now);
        let warehouse = posting.warehouse().id;
        (from..=to).contains(&changed(posting, shop.now))
            && is_in(&filter.warehouse_ids, warehouse)
            && is_in(&filter.delivery_method_ids, warehouse)
            && is_in(&filter.provider_ids, PROVIDER)
            && (filter.statuses.is_empty()
                || filter.statuses.iter().any(|word| word == status.as_str()))
    };
    let listed = Listed {
        period: Period { from: Some(filter.since), to: Some(filter.to) },
        // Nothing changes that was created longer ago.
        created: (from.saturating_sub(SETTLED_WITHIN), to),
        direction: wanted.sort_dir,
        cursor: &wanted.cursor,
        limit,
        fbo: false,
    };
    let (page, next) = if filter.order_id.is_none() && filter.order_numbers.is_empty() {
        listed.page(shop, passes)?
    } else {
        let mut found = by_numbers(shop, &[], &filter.order_numbers);
        let of_order = filter.order_id.and_then(|id| of_order_id(shop.world, id.0, shop.now));
        found.extend(of_order.unwrap_or_default());
        cut(found, &wanted.cursor, limit, |posting| {
            posting.warehouse().scheme != Scheme::Fbo && passes(posting)
        })?
    };
    let postings: Vec<Value> =
        page.iter().map(|posting| listed_posting(shop, posting, wanted.with)).collect();
    Ok(json!({
        "postings": postings,
        "has_next": next.is_some(),
        "cursor": next.unwrap_or_default(),
    }))
}

/// A page of postings that were found without a list.
fn cut(
    mut found: Vec<Posting>,
    after: &str,
    limit: usize,
    passes: impl Fn(&Posting) -> bool,
) -> Result<(Vec<Posting>, Option<String>), Problem> {
    let after = read_cursor::<3>(after)?;
    found.sort_by_key(Posting::key);
    found.retain(|posting| passes(posting) && after.is_none_or(|after| posting.key() > after));
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| more).map(|last| cursor(last.key()));
    Ok((found, next))
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Unfulfilled {
    cutoff_from: Option<DateTime<Utc>>,
    cutoff_to: Option<DateTime<Utc>>,
    delivering_date_from: Option<DateTime<Utc>>,
    delivering_date_to: Option<DateTime<Utc>>,
    delivery_method_ids: Vec<Int>,
    last_changed_status_date: Period,
    provider_ids: Vec<Int>,
    statuses: Vec<String>,
    warehouse_ids: Vec<Int>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct WantedUnfulfilled {
    cursor: String,
    filter: Unfulfilled,
    limit: Option<i64>,
    sort_dir: Direction,
    #[serde(rename = "translit")]
    _translit: bool,
    with: With,
}

pub(crate) fn unfulfilled(shop: &Shop<'_>, body: &[u8]) -> Answer {
    let wanted: WantedUnfulfilled = read(body)?;
    let limit = limit(wanted.limit, 100)?;
    let filter = &wanted.filter;
    let (from, to) = filter.last_changed_status_date.seconds();
    let leaves = [
        Period { from: filter.cutoff_from, to: filter.cutoff_to },
        Period { from: filter.delivering_date_from, to: filter.delivering_date_to },
    ]
    .map(Period::seconds);
    let passes = |posting: &Posting| {
        let (status, _) = posting.status(shop.now);
        let (_, shipped) = posting.way();
        matches!(status, Status::AwaitingPackaging | Status::AwaitingDeliver)
            && leaves.iter().all(|(from, to)| (*from..=*to).contains(&shipped))
            && (from..=to).contains(&changed(posting, shop.now))
            && is_in(&filter.warehouse_ids, posting.warehouse().id)
            && is_in(&filter.delivery_method_ids, posting.warehouse().id)
            && is_in(&filter.provider_ids, PROVIDER)
            && (filter.statuses.is_empty()
                || filter.statuses.iter().any(|word| word == status.as_str()))
    };
    let open = |cursor, limit| Listed {
        period: Period::default(),
        // What is not sent after two days is none of these.
        created: (shop.now - 2 * DAY, shop.now),
        direction: wanted.sort_dir,
        cursor,
        limit,
        fbo: false,
    };
    let (page, next) = open(&wanted.cursor, limit).page(shop, passes)?;
    let (all, _) = open("", usize::MAX).page(shop, passes)?;
    let postings: Vec<Value> =
        page.iter().map(|posting| listed_posting(shop, posting, wanted.with)).collect();
    Ok(json!({
        "postings": postings,
        "count": all.len(),
        "has_next": next.is_some(),
        "cursor": next.unwrap_or_default(),
    }))
}

fn listed_posting(shop: &Shop<'_>, posting: &Posting, with: With) -> Value {
    let mut value = common(shop, posting, with, true);
    let (length, width, height, grams) = posting.item.card.subject.packed;
    let mut products = products(posting);
    for product in &mut products {
        product["imei"] = json!([]);
        product["product_color"] = json!(posting.item.card.colour.0);
        product["weight"] = json!(grams);
    }
    value["products"] = products.into();
    value["external_order"] = json!({"is_external": false, "platform_name": ""});
    value["volume_weight"] = json!(litres(length * width * height));
    value
}

/// What a posting has in lists and alone.
fn common(shop: &Shop<'_>, posting: &Posting, with: With, list: bool) -> Value {
    let (status, _) = posting.status(shop.now);
    let warehouse = posting.warehouse();
    let (_, shipped) = posting.way();
    let (reason_id, reason) = cancellation(posting, status).unwrap_or((0, ""));
    let cancelled = status == Status::Cancelled;
    let late = cancelled && posting.first().fate == Fate::Refused;
    let delivering = matches!(status, Status::Delivering | Status::Delivered) || late;
    let actions = match status {
        Status::AwaitingPackaging => &["ship", "cancel"][..],
        Status::AwaitingDeliver => &["label_download_package", "cancel"],
        _ => &[],
    };
    let mut value = json!({
        "posting_number": posting.posting_number(),
        "parent_posting_number": posting.parent_number(),
        "order_id": posting.order_id(),
        "order_number": posting.order_number(),
        "status": status.as_str(),
        "substatus": status.substatus(),
        "in_process_at": time(posting.first().at),
        "shipment_date": time(shipped),
        "shipment_date_without_delay": time(shipped),
        "delivering_date": delivering.then(|| time(shipped)),
        "available_actions": actions,
        "delivery_method": {
            "id": warehouse.id,
            "name": format!("Доставка Ozon самостоятельно, {}", warehouse.name),
            "tpl_provider": "Доставка Ozon",
            "tpl_provider_id": PROVIDER,
            "warehouse": warehouse.name,
            "warehouse_id": warehouse.id,
        },
        "cancellation": {
            "affect_cancellation_rating": false,
            "cancel_reason": reason,
            "cancel_reason_id": reason_id,
            "cancellation_initiator": if cancelled { "Клиент" } else { "" },
            "cancellation_type": if cancelled { "client" } else { "" },
            "cancelled_after_ship": late,
        },
        "tpl_integration_type": if warehouse.scheme == Scheme::Rfbs { "non_integrated" } else { "ozon" },
        "tracking_number": "",
        "is_express": false,
        "is_multibox": false,
        "multi_box_qty": 1,
        "customer": null,
        "addressee": null,
        "analytics_data": null,
        "financial_data": null,
        "barcodes": null,
        "requirements": {
            "products_requiring_country": [],
            "products_requiring_gtd": [],
            "products_requiring_mandatory_mark": [],
            "products_requiring_rnpt": [],
        },
    });
    if list {
        value["delivery_schema"] = json!(warehouse.scheme.as_str());
    }
    if with.analytics_data {
        value["analytics_data"] = analytics(posting);
        value["analytics_data"]["warehouse"] = json!(warehouse.name);
        value["analytics_data"]["region"] = value["analytics_data"]["city"].clone();
        value["analytics_data"]["tpl_provider"] = json!("Доставка Ozon");
        value["analytics_data"]["tpl_provider_id"] = json!(PROVIDER);
    }
    if with.financial_data {
        value["financial_data"] = financial(posting, list);
    }
    if with.barcodes {
        let code = format!("{:015}", posting.order_id() * 10 + i64::from(posting.number));
        value["barcodes"] = json!({"lower_barcode": code, "upper_barcode": code});
    }
    value
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct One {
    posting_number: String,
    #[serde(default)]
    with: With,
}

pub(crate) fn get(shop: &Shop<'_>, body: &[u8]) -> Answer {
    let wanted: One = read(body)?;
    let posting = of_number(shop.world, &wanted.posting_number, shop.now)
        .filter(|posting| posting.warehouse().scheme != Scheme::Fbo)
        .ok_or_else(|| Problem::not_found("POSTING_NOT_FOUND"))?;
    let mut value = common(shop, &posting, wanted.with, false);
    value["products"] = old_products(&posting).into();
    value["additional_data"] = json!([]);
    if wanted.with.related_postings {
        let all = of_order_id(shop.world, posting.order_id(), shop.now).unwrap_or_default();
        let others: Vec<String> = all
            .iter()
            .map(Posting::posting_number)
            .filter(|number| *number != wanted.posting_number)
            .collect();
        value["related_postings"] = json!({ "related_posting_numbers": others });
    }
    Ok(json!({ "result": value }))
}

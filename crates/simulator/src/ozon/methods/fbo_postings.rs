//! `/v3/posting/fbo/list` and `/v2/posting/fbo/get`: parcels from Ozon's warehouses.
//!
//! The list is in the order of creation and can only be asked for by creation: a changed status is
//! found by asking again.

use super::Answer;
use super::posting::{With, analytics, cancellation, financial, old_products, products, time};
use crate::moscow::{DAY, utc_text};
use crate::ozon::body::{Period, at_most, cursor, limit, read, read_cursor};
use crate::ozon::places::Scheme;
use crate::ozon::posting::{Posting, of_number, of_order_id, read_number};
use crate::ozon::problem::Problem;
use crate::ozon::shop::Shop;
use crate::ozon::timeline::Span;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Value, json};
use std::ops::ControlFlow;

/// The longest period.
const YEAR: i64 = 366 * DAY;

#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "UPPERCASE")]
pub(super) enum Direction {
    #[default]
    Asc,
    Desc,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Filter {
    order_numbers: Vec<String>,
    posting_numbers: Vec<String>,
    since: Option<DateTime<Utc>>,
    statuses: Vec<String>,
    to: Option<DateTime<Utc>>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Wanted {
    cursor: String,
    filter: Filter,
    limit: Option<i64>,
    sort_dir: Direction,
    #[serde(rename = "translit")]
    _translit: bool,
    with: With,
}

/// Which postings a list is of, and where it goes on.
pub(super) struct Listed<'a> {
    pub period: Period,
    /// Within which they were created, if the list knows better than the period.
    pub created: (i64, i64),
    pub direction: Direction,
    pub cursor: &'a str,
    pub limit: usize,
    /// Whether those of Ozon's warehouses are meant, or those of the seller's.
    pub fbo: bool,
}

impl Listed<'_> {
    /// A page and the cursor of the next one.
    pub(super) fn page(
        &self,
        shop: &Shop<'_>,
        passes: impl Fn(&Posting) -> bool,
    ) -> Result<(Vec<Posting>, Option<String>), Problem> {
        let (from, to) = self.period.seconds();
        if self.period.from > self.period.to && self.period.to.is_some() {
            return Err(Problem::invalid("since must be before to"));
        }
        if self.period.from.is_some() && to.min(shop.now) - from > YEAR {
            return Err(Problem::invalid("PERIOD_IS_TOO_LONG"));
        }
        let span = Span {
            from: from.max(self.created.0),
            to: to.min(self.created.1),
            ascending: self.direction == Direction::Asc,
            after: read_cursor(self.cursor)?,
        };
        let (mut page, mut more) = (Vec::new(), false);
        shop.side.timeline.visit(shop.world, shop.now, span, |posting| {
            if (posting.warehouse().scheme == Scheme::Fbo) != self.fbo || !passes(&posting) {
                return ControlFlow::Continue(());
            }
            if page.len() == self.limit {
                more = true;
                return ControlFlow::Break(());
            }
            page.push(posting);
            ControlFlow::Continue(())
        });
        let next = page.last().filter(|_| more).map(|last: &Posting| cursor(last.key()));
        Ok((page, next))
    }
}

/// Postings by their own numbers and their orders', in the order of time.
pub(super) fn by_numbers(shop: &Shop<'_>, postings: &[String], orders: &[String]) -> Vec<Posting> {
    let (world, now) = (shop.world, shop.now);
    let mut found: Vec<Posting> = Vec::new();
    found.extend(postings.iter().filter_map(|number| of_number(world, number, now)));
    for order in orders {
        let id = read_number(order).map(|(id, _)| id);
        found.extend(id.and_then(|id| of_order_id(world, id, now)).unwrap_or_default());
    }
    found.sort_by_key(Posting::key);
    found.dedup_by_key(|posting| posting.key());
    found
}

pub(crate) fn list(shop: &Shop<'_>, body: &[u8]) -> Answer {
    let wanted: Wanted = read(body)?;
    let limit = limit(wanted.limit, 100)?;
    let filter = &wanted.filter;
    at_most("Filter.OrderNumbers", &filter.order_numbers, 1000)?;
    at_most("Filter.PostingNumbers", &filter.posting_numbers, 1000)?;
    let passes = |posting: &Posting| {
        let (status, _) = posting.status(shop.now);
        filter.statuses.is_empty() || filter.statuses.iter().any(|word| word == status.as_str())
    };
    let (page, next) = if filter.order_numbers.is_empty() && filter.posting_numbers.is_empty() {
        let listed = Listed {
            period: Period { from: filter.since, to: filter.to },
            created: (i64::MIN / 4, i64::MAX / 4),
            direction: wanted.sort_dir,
            cursor: &wanted.cursor,
            limit,
            fbo: true,
        };
        listed.page(shop, passes)?
    } else {
        let after = read_cursor::<3>(&wanted.cursor)?;
        let mut found = by_numbers(shop, &filter.posting_numbers, &filter.order_numbers);
        found.retain(|posting| {
            posting.warehouse().scheme == Scheme::Fbo
                && passes(posting)
                && after.is_none_or(|after| posting.key() > after)
        });
        let more = found.len() > limit;
        found.truncate(limit);
        let next = found.last().filter(|_| more).map(|last| cursor(last.key()));
        (found, next)
    };
    let postings: Vec<Value> =
        page.iter().map(|posting| listed(shop, posting, wanted.with)).collect();
    Ok(json!({
        "postings": postings,
        "has_next": next.is_some(),
        "cursor": next.unwrap_or_default(),
    }))
}

/// What a posting has in both answers.
fn common(shop: &Shop<'_>, posting: &Posting) -> Value {
    let (status, _) = posting.status(shop.now);
    let at = posting.first().at;
    json!({
        "posting_number": posting.posting_number(),
        "order_id": posting.order_id(),
        "order_number": posting.order_number(),
        "status": status.as_str(),
        "substatus": status.substatus(),
        "cancel_reason_id": cancellation(posting, status).map_or(0, |(id, _)| id),
        "created_at": time(at),
        "in_process_at": utc_text(at + 16, 716_614),
        "additional_data": [],
        "legal_info": null,
    })
}

fn listed(shop: &Shop<'_>, posting: &Posting, with: With) -> Value {
    let mut value = common(shop, posting);
    let (status, _) = posting.status(shop.now);
    value["cancellation"] = cancellation(posting, status).map_or(Value::Null, |(_, reason)| {
        json!({
            "cancel_reason": reason,
            "cancellation_initiator": "Клиент",
            "cancellation_type": "client",
        })
    });
    let mut products = products(posting);
    for product in &mut products {
        product["digital_codes"] = json!([]);
    }
    value["products"] = products.into();
    value["external_order"] = json!({"is_external": false, "platform_name": ""});
    extras(&mut value, posting, with, true);
    value
}

/// What is only there when it was wanted.
fn extras(value: &mut Value, posting: &Posting, with: With, list: bool) {
    value["analytics_data"] = Value::Null;
    if with.analytics_data {
        value["analytics_data"] = analytics(posting);
        value["analytics_data"]["warehouse_name"] = json!(posting.warehouse().name);
    }
    value["financial_data"] = Value::Null;
    if with.financial_data {
        value["financial_data"] = financial(posting, list);
        let products = value["financial_data"]["products"].as_array_mut();
        for product in products.into_iter().flatten().filter(|_| list) {
            // This list alone doesn't say how many.
            if let Some(product) = product.as_object_mut() {
                product.remove("quantity");
            }
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct One {
    posting_number: String,
    #[serde(default, rename = "translit")]
    _translit: bool,
    #[serde(default)]
    with: With,
}

pub(crate) fn get(shop: &Shop<'_>, body: &[u8]) -> Answer {
    let wanted: One = read(body)?;
    let posting = of_number(shop.world, &wanted.posting_number, shop.now)
        .filter(|posting| posting.warehouse().scheme == Scheme::Fbo)
        .ok_or_else(|| Problem::not_found("POSTING_NOT_FOUND"))?;
    let mut value = common(shop, &posting);
    let mut products = old_products(&posting);
    for product in &mut products {
        product["digital_codes"] = json!([]);
    }
    value["products"] = products.into();
    extras(&mut value, &posting, wanted.with, false);
    Ok(json!({ "result": value }))
}

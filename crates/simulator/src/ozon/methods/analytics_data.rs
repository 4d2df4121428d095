//! `/v1/analytics/data`: pieces and roubles ordered, by product, by day, or both.
//!
//! Of the many measures and dimensions only those that a tracker reads; others are refused.

use super::Answer;
use crate::moscow::{DAY, utc_text};
use crate::ozon::body::{at_most, limit, read};
use crate::ozon::measures::counts;
use crate::ozon::problem::Problem;
use crate::ozon::product::{name, sku};
use crate::ozon::shop::Shop;
use chrono::NaiveDate;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// For so long it is kept.
const KEPT: i64 = 366 * DAY;

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum Dimension {
    Sku,
    Day,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum Metric {
    /// Roubles, cancelled orders too.
    Revenue,
    /// Pieces, cancelled ones too.
    OrderedUnits,
    Cancellations,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    date_from: String,
    date_to: String,
    dimension: Vec<String>,
    #[serde(default)]
    filters: Vec<IgnoredAny>,
    limit: i64,
    metrics: Vec<String>,
    #[serde(default)]
    offset: i64,
    #[serde(default)]
    sort: Vec<IgnoredAny>,
}

/// The start of a day's text.
fn day(text: &str) -> Result<i64, Problem> {
    let date = text.get(..10).and_then(|date| date.parse::<NaiveDate>().ok());
    let start = date.and_then(|date| date.and_hms_opt(0, 0, 0));
    start.map(|at| at.and_utc().timestamp()).ok_or_else(|| Problem::invalid("invalid date"))
}

/// Words of a list that is known here.
fn known<T: for<'de> Deserialize<'de>>(words: &[String], most: usize) -> Result<Vec<T>, Problem> {
    at_most("Metrics", words, most)?;
    let read = |word: &String| {
        serde_json::from_value(json!(word))
            .map_err(|_| Problem::unimplemented(format!("{word} is not simulated")))
    };
    words.iter().map(read).collect()
}

pub(crate) fn answer(shop: &Shop<'_>, body: &[u8]) -> Answer {
    let wanted: Wanted = read(body)?;
    let limit = limit(Some(wanted.limit), 1000)?;
    let offset =
        usize::try_from(wanted.offset).map_err(|_| Problem::invalid("invalid Request.Offset"))?;
    if !wanted.filters.is_empty() || !wanted.sort.is_empty() {
        return Err(Problem::unimplemented("filters and sort are not simulated"));
    }
    let dimensions: Vec<Dimension> = known(&wanted.dimension, 4)?;
    let metrics: Vec<Metric> = known(&wanted.metrics, 14)?;
    let from = day(&wanted.date_from)?.max(shop.now - KEPT);
    let to = (day(&wanted.date_to)? + DAY).min(shop.now + 1);
    let rows = rows(shop, from, to, &dimensions);
    let value = |sums: &[i64; 3]| -> Vec<i64> {
        let one = |metric: &Metric| match metric {
            Metric::Revenue => sums[0],
            Metric::OrderedUnits => sums[1],
            Metric::Cancellations => sums[2],
        };
        metrics.iter().map(one).collect()
    };
    let total = rows
        .values()
        .fold([0; 3], |sum, (_, add)| [sum[0] + add[0], sum[1] + add[1], sum[2] + add[2]]);
    let data: Vec<Value> = rows
        .into_values()
        .skip(offset)
        .take(limit)
        .map(|(dimensions, sums)| json!({"dimensions": dimensions, "metrics": value(&sums)}))
        .collect();
    Ok(json!({
        "result": {"data": data, "totals": value(&total)},
        "timestamp": utc_text(shop.now, 0).replace('T', " ").replace('Z', ""),
    }))
}

type Rows = BTreeMap<(i64, i64), (Vec<Value>, [i64; 3])>;

fn rows(shop: &Shop<'_>, from: i64, to: i64, dimensions: &[Dimension]) -> Rows {
    let mut rows = Rows::new();
    let by = |dimension| dimensions.contains(&dimension);
    for item in shop.world.items() {
        for sale in item.sales(from, to) {
            let size = usize::from(sale.size);
            let number = if by(Dimension::Sku) { sku(&item.card, size) } else { 0 };
            let day = if by(Dimension::Day) { sale.at.div_euclid(DAY) } else { 0 };
            let (_, sums) = rows.entry((number, day)).or_insert_with(|| {
                let words = dimensions.iter().map(|dimension| match dimension {
                    Dimension::Sku => {
                        json!({"id": number.to_string(), "name": name(&item.card, size)})
                    }
                    Dimension::Day => {
                        json!({"id": utc_text(day * DAY, 0)[..10], "name": ""})
                    }
                });
                (words.collect(), [0; 3])
            });
            sums[0] += sale.price(&item).discounted;
            sums[1] += 1;
            sums[2] += i64::from(!counts(&sale, shop.now));
        }
    }
    rows
}

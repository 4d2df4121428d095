//! What came back, by when its state last changed: as far back as we read orders, later only what is new, and once a day
//! once more what an answer may have left out.

use super::{
    super::{aside, halt::Halt, steps, work::Work},
    Remote, ask,
    orders::{EDGE, FIRST_DAYS, LOOK_BACK, WHOLE_EVERY},
};
use crate::days;
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    ProductId,
    observed::{ObservedSale, SaleKind},
    sync::StepKind,
};
use outbound::ozon::{Method, Returned};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use store::{FreshnessRow, NewSale};

/// What a later sync reads once more: rows may become visible a little after their moment.
const OVERLAP: TimeDelta = TimeDelta::minutes(30);

/// Until when changes were read.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Place {
    until: DateTime<Utc>,
    /// When they were last read once more,
    #[serde(default)]
    again_at: Option<DateTime<Utc>>,
    /// and whether that told the same as is kept.
    #[serde(default)]
    past_agreed: bool,
}

/// Where an interrupted reading goes on.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Under {
    from: DateTime<Utc>,
    until: DateTime<Utc>,
    after: i64,
    /// Whether this reading looks back.
    #[serde(default)]
    again: bool,
    /// Rows behind the edge that it told,
    #[serde(default)]
    told: i64,
    /// and those of them that an earlier one should have told.
    #[serde(default)]
    missed: i64,
}

pub(super) async fn step(work: &mut Work<'_>, remote: &Remote) -> Result<(), Halt> {
    let (before, products) = known(work).await?;
    let now = work.now();
    let stored = before.cursor.clone();
    let stored: Option<Place> = stored.and_then(|place| serde_json::from_value(place).ok());
    let oldest = now - TimeDelta::days(FIRST_DAYS);
    let mut under = work.place().unwrap_or_else(|| begin(stored, now, oldest));
    let mut writing = loop {
        let Under { from, until, after, .. } = under;
        let page = ask(work, Method::Returns, || async {
            remote.client.returns(&remote.access(), from, until, after).await
        })
        .await?;
        // A list that changes while it is read may tell one twice.
        let observed: BTreeMap<String, ObservedSale> = page
            .returns
            .into_iter()
            .filter(|row| row.was_sold)
            .map(observed)
            .map(|row| (row.key.clone(), row))
            .collect();
        let marketplace = work.account.marketplace;
        let rows: Vec<NewSale<'_>> = observed
            .values()
            .map(|observed| NewSale {
                observed,
                product: products.get(&observed.article).copied(),
                day: days::number_of(marketplace, observed.happened_at),
            })
            .collect();
        let mut writing = work.begin().await?;
        let keys = observed.keys().map(String::as_str);
        let known = writing.tx.known_sales(work.account.id, keys).await?;
        let read_until = stored.map(|place| place.until - OVERLAP);
        let told = observed.values().filter(|row| row.changed_at >= from + EDGE);
        let missed = told.clone().filter(|row| {
            !known.contains(&row.key) && read_until.is_some_and(|at| row.changed_at < at)
        });
        under.missed += i64::try_from(missed.count()).unwrap_or_default();
        under.told += i64::try_from(told.count()).unwrap_or_default();
        let changed = writing.tx.upsert_sales(work.account.id, &rows).await?;
        aside::write(work, &mut writing, &page.malformed).await?;
        let step = work.step();
        step.rows += i64::try_from(page.rows).unwrap_or_default();
        step.changed += i64::try_from(changed).unwrap_or_default();
        let Some(next) = page.next else { break writing };
        under.after = next;
        work.set_place(&under);
        work.commit(writing).await?;
    };
    let step = work.step();
    step.problem = aside::problem(step.quarantined);
    let quarantined = step.quarantined;
    let place = if under.again {
        let (from, until) = (under.from + EDGE, under.until);
        let kept = writing.tx.returns_between(work.account.id, from, until).await?;
        // Nothing, twice, is no agreement: it costs one request a day to ask again.
        let agrees = under.told > 0 && under.missed == 0 && under.told >= kept && quarantined == 0;
        Place { until, again_at: Some(until), past_agreed: agrees }
    } else {
        let before = stored.map(|place| (place.again_at, place.past_agreed));
        let (again_at, past_agreed) = before.unwrap_or((Some(under.until), false));
        Place { until: under.until, again_at, past_agreed }
    };
    let doubted = under.again && !stored.is_some_and(|place| place.past_agreed);
    let joins =
        !(doubted && under.missed > 0) && stored.is_some_and(|stored| under.from <= stored.until);
    let step = work.step();
    let freshness = FreshnessRow {
        // Not when returns were first read, but how far back that reading went; where it left something out, the one that
        // found it.
        first_as_of: before.first_as_of.filter(|_| joins).or(Some(under.from)),
        as_of: step.started_at,
        rows: step.rows,
        cursor: serde_json::to_value(place).ok(),
        problem: step.problem.clone(),
        ..FreshnessRow::never(StepKind::Returns)
    };
    steps::done(work, writing, freshness).await
}

fn begin(stored: Option<Place>, now: DateTime<Utc>, oldest: DateTime<Utc>) -> Under {
    let again = stored.is_some_and(|place| place.again_at.is_none_or(|at| now - at >= WHOLE_EVERY));
    let from = match stored {
        None => oldest,
        Some(place) if again && !place.past_agreed => oldest,
        Some(place) if again => (place.until - LOOK_BACK).max(oldest),
        Some(place) => (place.until - OVERLAP).max(oldest),
    };
    Under { from, until: now, after: 0, again, told: 0, missed: 0 }
}

async fn known(work: &Work<'_>) -> Result<(FreshnessRow, HashMap<i64, ProductId>), Halt> {
    let mut tx = work.services.store.read(&work.caller).await?;
    let before = tx.freshness_of(work.account.id, StepKind::Returns).await?;
    let offers = tx.known_offers(work.account.id).await?;
    tx.commit().await?;
    Ok((before, offers.into_iter().map(|(number, known)| (number, known.product)).collect()))
}

fn observed(row: Returned) -> ObservedSale {
    ObservedSale {
        key: format!("return/{}", row.id),
        kind: SaleKind::Return,
        order_key: row.posting.map(|posting| format!("{posting}/{}", row.sku)),
        article: row.sku,
        offer: Some(row.sku),
        barcode: None,
        happened_at: row.returned_at,
        changed_at: row.changed_at,
        quantity: row.quantity,
        price_minor: row.price_minor,
        payout_minor: None,
        currency: row.currency,
        warehouse_name: row.place,
        region: None,
    }
}

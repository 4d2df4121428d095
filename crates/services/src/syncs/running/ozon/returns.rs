//! What came back, by when its state last changed: as far back as we read orders, later only what is new.

use super::{
    super::{aside, halt::Halt, steps, work::Work},
    Remote, ask,
    orders::FIRST_DAYS,
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
use std::collections::HashMap;
use store::{FreshnessRow, NewSale};

/// What a later sync reads once more: rows may become visible a little after their moment.
const OVERLAP: TimeDelta = TimeDelta::minutes(30);

/// Until when changes were read.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Place {
    until: DateTime<Utc>,
}

/// Where an interrupted reading goes on.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Under {
    from: DateTime<Utc>,
    until: DateTime<Utc>,
    after: i64,
}

pub(super) async fn step(work: &mut Work<'_>, remote: &Remote) -> Result<(), Halt> {
    let (before, products) = known(work).await?;
    let now = work.now();
    let stored = before.cursor.clone();
    let stored: Option<Place> = stored.and_then(|place| serde_json::from_value(place).ok());
    let oldest = now - TimeDelta::days(FIRST_DAYS);
    let from = stored.map_or(oldest, |place| (place.until - OVERLAP).max(oldest));
    let mut under: Under = work.place().unwrap_or(Under { from, until: now, after: 0 });
    let writing = loop {
        let Under { from, until, after } = under;
        let page = ask(work, Method::Returns, || async {
            remote.client.returns(&remote.access(), from, until, after).await
        })
        .await?;
        let observed: Vec<ObservedSale> =
            page.returns.into_iter().filter(|row| row.was_sold).map(observed).collect();
        let marketplace = work.account.marketplace;
        let rows: Vec<NewSale<'_>> = observed
            .iter()
            .map(|observed| NewSale {
                observed,
                product: products.get(&observed.article).copied(),
                day: days::number_of(marketplace, observed.happened_at),
            })
            .collect();
        let mut writing = work.begin().await?;
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
    let freshness = FreshnessRow {
        // Not when returns were first read, but how far back that reading went.
        first_as_of: before.first_as_of.or(Some(under.from)),
        as_of: step.started_at,
        rows: step.rows,
        cursor: serde_json::to_value(Place { until: under.until }).ok(),
        problem: step.problem.clone(),
        ..FreshnessRow::never(StepKind::Returns)
    };
    steps::done(work, writing, freshness).await
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

//! The past of a new shop: its stock at the end of each of the last ninety days, from a report that is made while one
//! waits, so that velocity without days out of stock is right from the first day on. Once an account; the run gives
//! itself back between asking, looking and fetching.
//!
//! A day's changes are one, at its last minute. What the report has where the first reading of ours found other places
//! ends just before that reading, so that a sum over all places is right on every day.

use super::{
    halt::Halt,
    remains::{GIVEN_UP_AFTER, MOST_ASKED, never_came, preparing},
    remote::Remote,
    steps,
    work::Work,
};
use crate::days;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::{
    ProductId, SyncRunId, WarehouseId,
    observed::ObservedWarehouse,
    product::StockSource,
    sync::{StepKind, StepProblem, StepProblemCode},
};
use outbound::wildberries::{Group, HISTORY_DAYS, PastLevels, ReportState, StockHistory};
use planning::{day_of, day_starts_at};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use store::{FreshnessRow, KnownOffer, LevelChange, PastChange, Pieces};
use uuid::Uuid;

/// Rows of the report a transaction: each may have as many changes as there are days.
const BATCH: usize = 200;

/// A report that was asked for.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Under {
    id: Uuid,
    asked_at: DateTime<Utc>,
    asked: u32,
}

/// What is known of the account's present.
struct Present {
    before: FreshnessRow,
    /// When each source was first read.
    marketplace: FreshnessRow,
    seller: FreshnessRow,
}

impl Present {
    fn first_read(&self, source: StockSource) -> Option<DateTime<Utc>> {
        match source {
            StockSource::Marketplace => self.marketplace.first_as_of,
            StockSource::Seller => self.seller.first_as_of,
        }
    }
}

pub(super) async fn step(work: &mut Work<'_>, remote: &Remote) -> Result<(), Halt> {
    let present = present(work).await?;
    if present.before.as_of.is_some() {
        // An account's past is read once.
        let writing = work.begin().await?;
        let before = FreshnessRow { problem: None, ..present.before };
        return steps::done(work, writing, before).await;
    }
    let first_read = [present.marketplace.first_as_of, present.seller.first_as_of];
    let Some(first_read) = first_read.into_iter().flatten().min() else {
        let detail = "The stock of now was never read: the past has nothing to go before.".into();
        return Err(Halt::Step(StepProblem { code: StepProblemCode::NotPermitted, detail }));
    };
    let marketplace = work.account.marketplace;
    let today = day_of(marketplace, work.now());
    let first = today - TimeDelta::days(HISTORY_DAYS);
    let last = day_of(marketplace, first_read) - TimeDelta::days(1);
    let freshness = |work: &mut Work<'_>, first_as_of| FreshnessRow {
        first_as_of,
        as_of: work.step().started_at,
        rows: work.step().rows,
        ..FreshnessRow::never(StepKind::StockHistory)
    };
    if first > last {
        let writing = work.begin().await?;
        let freshness = freshness(work, Some(first_read));
        return steps::done(work, writing, freshness).await;
    }
    let history = report(work, remote, (first, last)).await?;
    let begins = apply(work, &present, history).await?;
    let mut writing = work.begin().await?;
    if let Some(begins) = begins {
        for row in [&present.marketplace, &present.seller] {
            if let Some(since) = row.first_as_of {
                let row = FreshnessRow { first_as_of: Some(since.min(begins)), ..row.clone() };
                writing.tx.set_freshness(work.account.id, &row).await?;
            }
        }
    }
    let freshness = freshness(work, begins.or(Some(first_read)));
    steps::done(work, writing, freshness).await
}

async fn present(work: &Work<'_>) -> Result<Present, Halt> {
    let account = work.account.id;
    let mut tx = work.services.store.read(&work.caller).await?;
    let present = Present {
        before: tx.freshness_of(account, StepKind::StockHistory).await?,
        marketplace: tx.freshness_of(account, StepKind::MarketplaceStock).await?,
        seller: tx.freshness_of(account, StepKind::SellerStock).await?,
    };
    tx.commit().await?;
    Ok(present)
}

/// The report, when it is there.
async fn report(
    work: &mut Work<'_>,
    remote: &Remote,
    period: (NaiveDate, NaiveDate),
) -> Result<StockHistory, Halt> {
    let under = match work.place::<Under>() {
        Some(under) => under,
        None => ask(work, remote, period, 0).await?,
    };
    let state = work
        .ask(remote, Group::ReportState, || async {
            remote.wildberries.report_state(&remote.access(), under.id).await
        })
        .await?;
    let is_late = work.now() - under.asked_at >= GIVEN_UP_AFTER;
    match state {
        ReportState::Ready => {}
        ReportState::Waiting if !is_late => return Err(preparing(work)),
        ReportState::Waiting | ReportState::Gone => {
            ask(work, remote, period, under.asked).await?;
            return Err(preparing(work));
        }
    }
    work.ask(remote, Group::ReportFile, || async {
        remote.wildberries.stock_history(&remote.access(), under.id).await
    })
    .await
}

/// Asks for a report under a number that is kept before: one that was never asked for is told as gone.
async fn ask(
    work: &mut Work<'_>,
    remote: &Remote,
    period: (NaiveDate, NaiveDate),
    asked: u32,
) -> Result<Under, Halt> {
    if asked >= MOST_ASKED {
        return Err(never_came(asked));
    }
    let id: SyncRunId = work.services.clock.new_id();
    let under = Under { id: id.0, asked_at: work.now(), asked: asked + 1 };
    work.ask(remote, Group::ReportCreate, || async {
        remote.wildberries.ask_for_stock_history(&remote.access(), under.id, period).await
    })
    .await?;
    let writing = work.begin().await?;
    work.set_place(&under);
    work.commit(writing).await?;
    Ok(under)
}

/// Writes the report's changes; the end of its first day, if it tells of any.
async fn apply(
    work: &mut Work<'_>,
    present: &Present,
    mut history: StockHistory,
) -> Result<Option<DateTime<Utc>>, Halt> {
    let offers = known_offers(work).await?;
    let evenings: Vec<DateTime<Utc>> = history
        .days()
        .map(|day| {
            let next = day + TimeDelta::days(1);
            day_starts_at(work.account.marketplace, next) - TimeDelta::minutes(1)
        })
        .collect();
    let misshapen =
        |detail: String| Halt::Step(StepProblem { code: StepProblemCode::UnexpectedShape, detail });
    (work.step().rows, work.step().changed) = (0, 0);
    let mut is_empty = true;
    loop {
        let rows = history.next_batch(BATCH).map_err(misshapen)?;
        if rows.is_empty() {
            break;
        }
        is_empty = false;
        work.step().rows += i64::try_from(rows.len()).unwrap_or_default();
        write(work, present, &offers, &evenings, &rows).await?;
    }
    let (rows, malformed) = history.counts();
    if malformed * 2 > rows {
        return Err(misshapen(format!(
            "{malformed} of {rows} rows of the past could not be read."
        )));
    }
    if malformed > 0 {
        tracing::warn!(account = %work.account.id, malformed, rows, "rows of the past can't be read");
    }
    Ok(evenings.first().copied().filter(|_| !is_empty))
}

async fn known_offers(work: &Work<'_>) -> Result<HashMap<i64, KnownOffer>, Halt> {
    let mut tx = work.services.store.read(&work.caller).await?;
    let offers = tx.known_offers(work.account.id).await?;
    tx.commit().await?;
    Ok(offers)
}

async fn write(
    work: &mut Work<'_>,
    present: &Present,
    offers: &HashMap<i64, KnownOffer>,
    evenings: &[DateTime<Utc>],
    rows: &[PastLevels],
) -> Result<(), Halt> {
    let mut writing = work.begin().await?;
    let places = places(work, &mut writing.tx, rows).await?;
    let mut changes = Vec::new();
    let mut since: HashMap<ProductId, DateTime<Utc>> = HashMap::new();
    for row in rows {
        let source = row.warehouse.source;
        let known = offers.get(&row.offer);
        let warehouse = places.get(&(source, row.warehouse.name.as_str()));
        // A source of which nothing is read now has no past either: the sums of both must tell of the same places.
        let (Some(known), Some(warehouse), Some(first_read)) =
            (known, warehouse, present.first_read(source))
        else {
            continue;
        };
        let told = evenings.iter().zip(&row.levels).find(|(_, level)| level.is_some());
        if let Some((evening, _)) = told {
            let first = since.entry(known.product).or_insert(*evening);
            *first = (*first).min(*evening);
        }
        let (product, place) = (known.product, (known.offer, *warehouse));
        let mut level = 0;
        let ends = (first_read - TimeDelta::microseconds(1), Some(0));
        let told = evenings.iter().copied().zip(row.levels.iter().copied()).chain([ends]);
        for (at, quantity) in told {
            let Some(quantity) = quantity.filter(|quantity| *quantity != level) else { continue };
            let now = Pieces { quantity, ..Pieces::default() };
            let change = LevelChange { place, product, now, delta: quantity - level };
            let day = days::number_of(work.account.marketplace, at);
            changes.push(PastChange { change, at, day });
            level = quantity;
        }
    }
    writing.tx.write_history(&changes).await?;
    let since: Vec<_> = since.into_iter().collect();
    writing.tx.known_before(&since).await?;
    work.step().changed += i64::try_from(changes.len()).unwrap_or_default();
    work.commit(writing).await
}

/// The report names places: those that we know by the same name are the same.
async fn places<'r>(
    work: &Work<'_>,
    tx: &mut store::TenantTx,
    rows: &'r [PastLevels],
) -> Result<HashMap<(StockSource, &'r str), WarehouseId>, Halt> {
    let account = work.account.id;
    let mut places = HashMap::new();
    for source in [StockSource::Marketplace, StockSource::Seller] {
        let named: HashMap<&str, &ObservedWarehouse> = rows
            .iter()
            .map(|row| &row.warehouse)
            .filter(|warehouse| warehouse.source == source)
            .map(|warehouse| (warehouse.name.as_str(), warehouse))
            .collect();
        if named.is_empty() {
            continue;
        }
        let mut ids = tx.warehouses_by_name(account, source).await?;
        let new: Vec<_> = named
            .values()
            .filter(|warehouse| !ids.contains_key(&warehouse.name))
            .map(|warehouse| (work.services.clock.new_id(), *warehouse))
            .collect();
        if !new.is_empty() {
            tx.upsert_warehouses(account, &new).await?;
            ids = tx.warehouses_by_name(account, source).await?;
        }
        places.extend(named.into_keys().filter_map(|name| Some(((source, name), *ids.get(name)?))));
    }
    Ok(places)
}

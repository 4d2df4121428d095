//! A snapshot of stock against the image of the last: only what differs is written, each level with its change. A place
//! that the snapshot leaves out holds nothing now, unless the snapshot leaves out too much, or a row that could not be
//! read may have told of it.

use super::{
    aside,
    differences::{Difference, Part, parts},
    halt::Halt,
    work::{Work, Writing},
};
use crate::days;
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    WarehouseId,
    malformed::Malformed,
    observed::{ObservedWarehouse, StockSnapshot},
    product::StockSource,
    sync::{StepKind, StepProblem},
};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use store::{FreshnessRow, ImageLevel, LevelChange, Pieces, StockImage};

/// Levels a transaction, about.
const BATCH: usize = 5000;

/// A suspicious answer is believed when it still says the same after this long.
const BELIEVED_AFTER: TimeDelta = TimeDelta::hours(2);

/// With fewer sizes in stock, any of them may sell out at once.
const FEW_SIZES: usize = 20;

/// What is kept beside a source's freshness.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Note {
    /// Since when the marketplace tells suspiciously little.
    empty_since: Option<DateTime<Utc>>,
    /// Sizes of the last snapshot that belong to no card we know.
    #[serde(default)]
    unknown_sizes: u64,
}

/// What a source's stock is compared with.
pub(super) struct Before {
    pub(super) freshness: FreshnessRow,
    images: Vec<StockImage>,
    /// Levels that have no image yet.
    loose: Vec<ImageLevel>,
}

pub(super) async fn before(
    work: &Work<'_>,
    kind: StepKind,
    source: StockSource,
) -> Result<Before, Halt> {
    let mut tx = work.services.store.read(&work.caller).await?;
    let freshness = tx.freshness_of(work.account.id, kind).await?;
    let images = tx.stock_images(work.account.id, source).await?;
    let loose = if images.is_empty() {
        tx.stock_image_of_levels(work.account.id, source).await?
    } else {
        Vec::new()
    };
    tx.commit().await?;
    Ok(Before { freshness, images, loose })
}

/// The numbers of the sizes that are listed, in their order.
pub(super) async fn sizes(work: &Work<'_>) -> Result<Vec<i64>, Halt> {
    let mut tx = work.services.store.read(&work.caller).await?;
    let sizes = tx.listed_numbers(work.account.id).await?;
    tx.commit().await?;
    Ok(sizes)
}

/// Writes all of a snapshot but the last batch, which is left open with the freshness that goes with it. Its levels are
/// in the order of their sizes' numbers.
pub(super) async fn apply(
    work: &mut Work<'_>,
    before: Before,
    source: StockSource,
    snapshot: StockSnapshot,
    malformed: &Malformed,
) -> Result<(Writing, FreshnessRow), Halt> {
    let rows = work.step().rows;
    aside::refuse(work, malformed, rows).await?;
    let note = before.freshness.cursor.clone();
    let note: Note = note.and_then(|note| serde_json::from_value(note).ok()).unwrap_or_default();
    let numbers: Vec<i64> = snapshot.warehouses.iter().map(|w| w.number).collect();
    let parts = || parts(&before.images, &before.loose, &snapshot.levels, &numbers, malformed);
    let mut silence = Silence::default();
    for part in parts() {
        silence.add(&part?);
    }
    refuse_silence(work, &before.freshness, &note, &silence, malformed).await?;

    let places = warehouses(work, source, &snapshot.warehouses).await?;
    let mut unknown_sizes = 0;
    let mut batch: Vec<Part> = Vec::new();
    let mut writing = work.begin().await?;
    for part in parts() {
        let part = part?;
        if part.differences.is_empty() && !part.is_new {
            continue;
        }
        batch.push(part);
        if batch.iter().map(|part| part.differences.len()).sum::<usize>() >= BATCH {
            let some = std::mem::take(&mut batch);
            unknown_sizes += write(work, &mut writing, source, &places, some).await?;
            work.commit(writing).await?;
            writing = work.begin().await?;
        }
    }
    unknown_sizes += write(work, &mut writing, source, &places, batch).await?;
    aside::write(work, &mut writing, malformed).await?;
    if unknown_sizes > 0 {
        tracing::warn!(
            account = %work.account.id, unknown_sizes, ?source,
            "sizes in stock belong to no card that the marketplace listed"
        );
    }
    let note = Note { empty_since: None, unknown_sizes };
    let problem: Option<StepProblem> = aside::problem(work.step().quarantined);
    work.step().problem.clone_from(&problem);
    let freshness = FreshnessRow {
        step: work.step().kind,
        first_as_of: before.freshness.first_as_of.or(work.step().started_at),
        as_of: work.step().started_at,
        rows,
        cursor: serde_json::to_value(note).ok(),
        problem,
    };
    Ok((writing, freshness))
}

/// How much of what was known an answer does not mention.
#[derive(Default)]
struct Silence {
    /// Places that held something.
    had: usize,
    /// Places that hold something now.
    has: usize,
    /// Sizes that lay somewhere.
    sizes: usize,
    /// Those of them that the answer does not even mention.
    silent: usize,
}

impl Silence {
    fn add(&mut self, part: &Part) {
        self.had += part.had;
        self.has += part.image.len();
        self.sizes += part.sizes;
        self.silent += part.silent;
    }

    /// Why the answer is not believed.
    fn suspicion(&self) -> Option<String> {
        let Self { had, has, sizes, silent } = *self;
        if had > 0 && has == 0 {
            return Some(format!(
                "The marketplace told of no stock where there was some at {had} places"
            ));
        }
        (sizes >= FEW_SIZES && silent * 2 > sizes).then(|| {
            format!(
                "The marketplace's answer left out {silent} of the {sizes} sizes that were in stock"
            )
        })
    }
}

/// Keeps what is known when the answer tells suspiciously little for the first time, or for too short a time.
async fn refuse_silence(
    work: &mut Work<'_>,
    before: &FreshnessRow,
    note: &Note,
    silence: &Silence,
    malformed: &Malformed,
) -> Result<(), Halt> {
    let Some(suspicion) = silence.suspicion() else { return Ok(()) };
    let now = work.now();
    let since = note.empty_since.unwrap_or(now);
    if now - since >= BELIEVED_AFTER {
        return Ok(());
    }
    let note = Note { empty_since: Some(since), ..note.clone() };
    let freshness = FreshnessRow { cursor: serde_json::to_value(note).ok(), ..before.clone() };
    let mut writing = work.begin().await?;
    aside::write(work, &mut writing, malformed).await?;
    writing.tx.set_freshness(work.account.id, &freshness).await?;
    work.commit(writing).await?;
    Err(Halt::suspicious(format!(
        "{suspicion}: the known levels stay until it says so again in {} hours.",
        BELIEVED_AFTER.num_hours()
    )))
}

/// The id of each warehouse's number, those of before too.
async fn warehouses(
    work: &mut Work<'_>,
    source: StockSource,
    observed: &[ObservedWarehouse],
) -> Result<HashMap<i64, WarehouseId>, Halt> {
    let mut writing = work.begin().await?;
    let account = work.account.id;
    let new: Vec<_> =
        observed.iter().map(|warehouse| (work.services.clock.new_id(), warehouse)).collect();
    writing.tx.upsert_warehouses(account, &new).await?;
    let ids = writing.tx.warehouse_ids(account, source).await?;
    work.commit(writing).await?;
    Ok(ids)
}

/// Writes some parts: their levels, the changes and their new image. How many sizes are not known: these are left out of
/// the image, so that they are looked for again.
async fn write(
    work: &mut Work<'_>,
    writing: &mut Writing,
    source: StockSource,
    places: &HashMap<i64, WarehouseId>,
    mut parts: Vec<Part>,
) -> Result<u64, Halt> {
    let account = work.account.id;
    let differences = || parts.iter().flat_map(|part| &part.differences);
    let mut numbers: Vec<i64> = differences().map(|difference| difference.offer).collect();
    numbers.dedup();
    let offers = writing.tx.offers_of_numbers(account, &numbers).await?;
    let mut changes: Vec<LevelChange> = differences()
        .filter_map(|&Difference { offer, warehouse, old, now }| {
            let &(offer, product) = offers.get(&offer)?;
            let place = (offer, *places.get(&warehouse)?);
            Some(LevelChange { place, product, now, delta: now.quantity - old.quantity })
        })
        .collect();
    let unknown = differences().filter(|d| d.now != Pieces::default()).count()
        - changes.iter().filter(|change| change.now != Pieces::default()).count();
    // Neighbours in the key are written together.
    changes.sort_unstable_by_key(|change| change.place);
    let now = work.now();
    let day = days::number_of(work.account.marketplace, now);
    writing.tx.write_levels(&changes, now, day).await?;
    work.step().changed += i64::try_from(changes.len()).unwrap_or_default();

    if unknown > 0 {
        for part in &mut parts {
            part.forget(|offer, warehouse| {
                !offers.contains_key(&offer) || !places.contains_key(&warehouse)
            });
        }
    }
    let images: Vec<StockImage> =
        parts.iter().map(|part| StockImage::pack(part.first, &part.image)).collect();
    writing.tx.write_stock_images(account, source, &images).await?;
    Ok(u64::try_from(unknown).unwrap_or(u64::MAX))
}

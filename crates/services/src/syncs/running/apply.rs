//! A snapshot of stock against what is known: only what differs is written, each level with its change. A place that
//! the snapshot leaves out holds nothing now.

use super::{
    halt::Halt,
    work::{Work, Writing},
};
use crate::days;
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    WarehouseId,
    observed::{ObservedWarehouse, StockSnapshot},
    product::StockSource,
    sync::StepKind,
};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use store::{FreshnessRow, KnownOffer, LevelChange, Pieces, Place};

/// Levels a transaction.
const BATCH: usize = 5000;

/// An empty answer after a full one is believed when it is still empty after this long.
const BELIEVED_AFTER: TimeDelta = TimeDelta::hours(2);

/// What is kept beside a source's freshness.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Note {
    /// Since when the marketplace says that there is nothing at all.
    empty_since: Option<DateTime<Utc>>,
    /// Sizes of the last snapshot that belong to no card we know.
    #[serde(default)]
    unknown_sizes: u64,
}

/// What a source's stock is compared with.
pub(super) struct Before {
    pub(super) freshness: FreshnessRow,
    pub(super) offers: HashMap<i64, KnownOffer>,
    levels: HashMap<Place, (domain::ProductId, Pieces)>,
}

pub(super) async fn before(
    work: &Work<'_>,
    kind: StepKind,
    source: StockSource,
) -> Result<Before, Halt> {
    let mut tx = work.services.store.read(&work.caller).await?;
    let freshness = tx.freshness_of(work.account.id, kind).await?;
    let offers = tx.known_offers(work.account.id).await?;
    let levels = tx.levels(work.account.id, source).await?;
    tx.commit().await?;
    Ok(Before { freshness, offers, levels })
}

/// Writes all of a snapshot but the last batch, which is left open with the freshness that goes with it.
pub(super) async fn apply(
    work: &mut Work<'_>,
    before: Before,
    source: StockSource,
    snapshot: StockSnapshot,
) -> Result<(Writing, FreshnessRow), Halt> {
    let note = before.freshness.cursor.clone();
    let note: Note = note.and_then(|note| serde_json::from_value(note).ok()).unwrap_or_default();
    refuse_empty(work, &before, &note, &snapshot).await?;

    let places = warehouses(work, source, &snapshot.warehouses).await?;
    let (changes, unknown_sizes) = changes(&before.offers, before.levels, &places, &snapshot);
    if unknown_sizes > 0 {
        tracing::warn!(
            account = %work.account.id, unknown_sizes, ?source,
            "sizes in stock belong to no card that the marketplace listed"
        );
    }
    let now = work.now();
    let day = days::number_of(work.account.marketplace, now);
    let mut rest = changes.as_slice();
    let writing = loop {
        let (batch, more) = rest.split_at(rest.len().min(BATCH));
        let mut writing = work.begin().await?;
        writing.tx.write_levels(batch, now, day).await?;
        work.step().changed += i64::try_from(batch.len()).unwrap_or_default();
        if more.is_empty() {
            break writing;
        }
        work.commit(writing).await?;
        rest = more;
    };
    let rows = work.step().rows;
    let note = Note { empty_since: None, unknown_sizes };
    let freshness = FreshnessRow {
        step: work.step().kind,
        first_as_of: before.freshness.first_as_of.or(work.step().started_at),
        as_of: work.step().started_at,
        rows,
        cursor: serde_json::to_value(note).ok(),
        problem: None,
    };
    Ok((writing, freshness))
}

/// Keeps what is known when the answer is empty for the first time, or for too short a time.
async fn refuse_empty(
    work: &mut Work<'_>,
    before: &Before,
    note: &Note,
    snapshot: &StockSnapshot,
) -> Result<(), Halt> {
    let is_empty = snapshot.levels.iter().all(|level| pieces(level) == Pieces::default());
    let had = before.levels.values().filter(|(_, level)| *level != Pieces::default()).count();
    if !is_empty || had == 0 {
        return Ok(());
    }
    let now = work.now();
    let since = note.empty_since.unwrap_or(now);
    if now - since >= BELIEVED_AFTER {
        return Ok(());
    }
    let note = Note { empty_since: Some(since), ..note.clone() };
    let freshness =
        FreshnessRow { cursor: serde_json::to_value(note).ok(), ..before.freshness.clone() };
    let mut writing = work.begin().await?;
    writing.tx.set_freshness(work.account.id, &freshness).await?;
    work.commit(writing).await?;
    Err(Halt::suspicious(format!(
        "The marketplace told of no stock where there was some at {had} places: the known levels stay until it \
         says so again in {} hours.",
        BELIEVED_AFTER.num_hours()
    )))
}

async fn warehouses(
    work: &mut Work<'_>,
    source: StockSource,
    observed: &[ObservedWarehouse],
) -> Result<Vec<Option<WarehouseId>>, Halt> {
    let mut writing = work.begin().await?;
    let account = work.account.id;
    let new: Vec<_> =
        observed.iter().map(|warehouse| (work.services.clock.new_id(), warehouse)).collect();
    writing.tx.upsert_warehouses(account, &new).await?;
    let ids = writing.tx.warehouse_ids(account, source).await?;
    work.commit(writing).await?;
    Ok(observed.iter().map(|warehouse| ids.get(&warehouse.number).copied()).collect())
}

fn pieces(level: &domain::observed::ObservedLevel) -> Pieces {
    Pieces {
        quantity: level.quantity,
        in_way_to_client: level.in_way_to_client,
        in_way_from_client: level.in_way_from_client,
    }
}

/// What differs, and how many sizes are not known.
fn changes(
    offers: &HashMap<i64, KnownOffer>,
    mut levels: HashMap<Place, (domain::ProductId, Pieces)>,
    places: &[Option<WarehouseId>],
    snapshot: &StockSnapshot,
) -> (Vec<LevelChange>, u64) {
    let mut changes = Vec::new();
    let mut unknown = 0;
    for level in &snapshot.levels {
        let warehouse = places.get(level.warehouse).copied().flatten();
        let (Some(known), Some(warehouse)) = (offers.get(&level.offer), warehouse) else {
            unknown += 1;
            continue;
        };
        let place = (known.offer, warehouse);
        let old = levels.remove(&place).map(|(_, pieces)| pieces).unwrap_or_default();
        let now = pieces(level);
        if now != old {
            let delta = now.quantity - old.quantity;
            changes.push(LevelChange { place, product: known.product, now, delta });
        }
    }
    for (place, (product, old)) in levels {
        if old != Pieces::default() {
            let delta = -old.quantity;
            changes.push(LevelChange { place, product, now: Pieces::default(), delta });
        }
    }
    // Neighbours in the key are written together.
    changes.sort_unstable_by_key(|change| change.place);
    (changes, unknown)
}

//! Cards and their sizes, page after page. Usually only what changed since the last reading; all of them once a day, by
//! night if it can be, and when a person asks. What a full reading from the first page to the last did not see is
//! archived; one that was taken up in the middle did not see all, so it archives nothing.

use super::{aside, halt::Halt, remote::Remote, steps, work::Work};
use crate::{demo::photo_url, plans, product_links::keys};
use chrono::{DateTime, TimeDelta, Timelike, Utc};
use domain::{
    OfferId, Plan, Realm,
    malformed::Malformed,
    observed::ObservedProduct,
    plan::{Limit, LimitReached},
    sync::{StepKind, StepProblem, StepProblemCode},
};
use outbound::wildberries::{CardsCursor, Group};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use store::{FreshnessRow, NewProduct};

/// Cards a transaction: ten pages, and more while they come so quickly that reading them again would cost nothing.
const BATCH: usize = 1000;

/// So many at most.
const BATCH_AT_ONCE: usize = 5000;

/// Not longer than this.
const QUICKLY: TimeDelta = TimeDelta::seconds(1);

/// With fewer cards, any of them may be put into the trash at once.
const FEW_CARDS: i64 = 20;

/// What changed is not all: a card that went to the trash leaves the list without a word.
const FULL_EVERY: TimeDelta = TimeDelta::hours(24);

/// By night a full reading may be as early as this.
const FULL_BY_NIGHT: TimeDelta = TimeDelta::hours(12);

/// And for a person who asks.
const FULL_WHEN_ASKED: TimeDelta = TimeDelta::hours(1);

/// Hours of the night, UTC: from two to six in Moscow.
const NIGHT: std::ops::Range<u32> = 23..27;

/// Where the next reading begins.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Note {
    /// Behind the last card of the last reading.
    cursor: Option<CardsCursor>,
    /// When all were last read.
    full_at: Option<DateTime<Utc>>,
}

/// Where an interrupted reading goes on.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Under {
    cursor: Option<CardsCursor>,
    full: bool,
}

fn is_full(note: &Note, now: DateTime<Utc>, asked: bool) -> bool {
    let (Some(full_at), Some(_)) = (note.full_at, &note.cursor) else { return true };
    let age = now - full_at;
    let is_night = NIGHT.contains(&now.hour()) || NIGHT.contains(&(now.hour() + 24));
    age >= FULL_EVERY || (is_night && age >= FULL_BY_NIGHT) || (asked && age >= FULL_WHEN_ASKED)
}

pub(super) async fn step(work: &mut Work<'_>, remote: &Remote) -> Result<(), Halt> {
    keys::catch_up(work.services, &work.caller).await?;
    let (before, listed) = known(work).await?;
    let note: Note = before
        .cursor
        .clone()
        .and_then(|note| serde_json::from_value(note).ok())
        .unwrap_or_default();
    let place: Option<Under> = work.place();
    let begun = place.is_some();
    let full = match &place {
        Some(under) => under.full,
        None => is_full(&note, work.now(), asked(work).await?),
    };
    let whole = full && !begun;
    let mut cursor = match place {
        Some(under) => under.cursor,
        None if full => None,
        None => note.cursor.clone(),
    };
    let step = work.step();
    step.expected = (full && before.rows > 0).then_some(before.rows);
    if !begun {
        // A reading that begins anew counts anew.
        (step.rows, step.changed, step.quarantined) = (0, 0, 0);
    }
    let mut room = Room::of(work).await?;
    let mut seen = HashSet::new();
    let (mut unread, mut malformed) = (Malformed::default(), Malformed::default());
    let (mut batch, mut written_at) = (Vec::new(), work.now());
    loop {
        let page = work
            .ask(remote, Group::Cards, || async {
                remote.wildberries.cards_page(&remote.access(), cursor.as_ref()).await
            })
            .await?;
        let read = page.products.len() as u64 + page.malformed.count;
        if whole && seen.is_empty() && read == 0 && listed > 0 {
            return Err(Halt::suspicious(format!(
                "The marketplace listed no card where there were {listed}: the known ones stay."
            )));
        }
        seen.extend(page.products.iter().map(|product| product.article));
        let step = work.step();
        step.rows += i64::try_from(read).unwrap_or_default();
        let rows = step.rows;
        unread.extend(page.malformed.clone());
        malformed.extend(page.malformed);
        aside::refuse(work, &unread, rows).await?;
        let demo = work.account.realm == Realm::Demo;
        batch.extend(page.products.into_iter().map(|product| photographed(product, demo)));
        cursor = page.cursor;
        if !page.more {
            break;
        }
        let long_ago = work.now() - written_at >= QUICKLY;
        if batch.len() >= if long_ago { BATCH } else { BATCH_AT_ONCE } {
            let mut writing = work.begin().await?;
            write(work, &mut writing.tx, room.take(std::mem::take(&mut batch))).await?;
            aside::write(work, &mut writing, &std::mem::take(&mut malformed)).await?;
            work.set_place(&Under { cursor: cursor.clone(), full });
            work.commit(writing).await?;
            written_at = work.now();
        } else {
            work.publish();
        }
    }
    let mut writing = work.begin().await?;
    write(work, &mut writing.tx, room.take(batch)).await?;
    aside::write(work, &mut writing, &malformed).await?;
    // What could not be read is not gone; what tells not even its number may be any of them.
    seen.extend(unread.about.iter().copied());
    if whole && leaves_out_too_much(&before, seen.len(), listed) {
        work.commit(writing).await?;
        return Err(Halt::suspicious(format!(
            "The marketplace listed {} cards where there were {listed}: the others stay until it says so again.",
            seen.len()
        )));
    }
    if whole && unread.nameless == 0 {
        let archived =
            writing.tx.archive_products_except(work.account.id, &seen, work.now()).await?;
        work.step().changed += i64::try_from(archived).unwrap_or_default();
    }
    let quarantined = work.step().quarantined;
    let problem = room.problem().or_else(|| aside::problem(quarantined));
    let step = work.step();
    step.problem.clone_from(&problem);
    // A changed card that could not be read is asked for again; among all of them, with the next reading of all.
    let cursor = if full || unread.is_empty() { cursor } else { note.cursor };
    // Cards that had no room are looked for again as soon as there may be some.
    let read_all_at = if room.refused.is_empty() { step.started_at } else { None };
    let note = Note { cursor, full_at: if full { read_all_at } else { note.full_at } };
    let freshness = FreshnessRow {
        problem,
        first_as_of: before.first_as_of.or(step.started_at),
        as_of: step.started_at,
        rows: if full { step.rows } else { before.rows },
        cursor: serde_json::to_value(note).ok(),
        ..FreshnessRow::never(StepKind::Products)
    };
    steps::done(work, writing, freshness).await
}

/// Whether more than half of the cards are missing, for the first time.
fn leaves_out_too_much(before: &FreshnessRow, seen: usize, listed: i64) -> bool {
    let suspected = |problem: &StepProblem| problem.code == StepProblemCode::SuspiciouslyEmpty;
    let confirmed = before.problem.as_ref().is_some_and(suspected);
    listed >= FEW_CARDS && i64::try_from(seen).is_ok_and(|seen| seen * 2 < listed) && !confirmed
}

/// Whether a person asked for this run.
async fn asked(work: &Work<'_>) -> Result<bool, Halt> {
    let mut tx = work.services.store.read(&work.caller).await?;
    let asked = tx.was_asked_for(work.lease.run()).await?;
    tx.commit().await?;
    Ok(asked)
}

/// The demo's photos are made by ourselves.
fn photographed(product: ObservedProduct, demo: bool) -> ObservedProduct {
    if !demo {
        return product;
    }
    let photo_url = product.photo_url.map(|_| photo_url(product.article));
    ObservedProduct { photo_url, ..product }
}

pub(super) async fn known(work: &Work<'_>) -> Result<(FreshnessRow, i64), Halt> {
    let mut tx = work.services.store.read(&work.caller).await?;
    let before = tx.freshness_of(work.account.id, StepKind::Products).await?;
    let listed = tx.listed_products(work.account.id).await?;
    tx.commit().await?;
    Ok((before, listed))
}

pub(super) async fn write(
    work: &mut Work<'_>,
    tx: &mut store::TenantTx,
    batch: Vec<ObservedProduct>,
) -> Result<(), Halt> {
    let clock = &work.services.clock;
    let products = with_ids(batch, || clock.new_id(), || clock.new_id());
    let written = tx.upsert_products(work.account.id, &products, work.now()).await?;
    if written.changed + written.offers_changed > 0 {
        keys::follow(work.services, tx, work.account.id, &products).await?;
    }
    work.step().changed +=
        i64::try_from(written.changed + written.offers_changed).unwrap_or_default();
    Ok(())
}

/// What the company's plan has room for. Cards that are known go on whatever the plan; new ones are taken while there
/// is room, and the others are counted.
pub(super) struct Room {
    plan: Plan,
    left: Option<i64>,
    known: HashSet<i64>,
    refused: HashSet<i64>,
}

impl Room {
    pub(super) async fn of(work: &Work<'_>) -> Result<Self, Halt> {
        let mut tx = work.services.store.read(&work.caller).await?;
        let (plan, left) = plans::room_for_products(&mut tx).await?;
        let known = match left {
            Some(_) => tx.listed_articles(work.account.id).await?,
            None => HashSet::new(),
        };
        tx.commit().await?;
        Ok(Self { plan, left, known, refused: HashSet::new() })
    }

    pub(super) fn take(&mut self, mut batch: Vec<ObservedProduct>) -> Vec<ObservedProduct> {
        let Some(left) = &mut self.left else { return batch };
        batch.retain(|product| {
            if self.known.contains(&product.article) {
                return true;
            }
            if *left == 0 {
                self.refused.insert(product.article);
                return false;
            }
            *left -= 1;
            self.known.insert(product.article)
        });
        batch
    }

    pub(super) fn problem(&self) -> Option<StepProblem> {
        let limit = LimitReached::new(Limit::Products, self.plan)?;
        let refused = self.refused.len();
        (refused > 0).then(|| StepProblem {
            code: StepProblemCode::PlanLimit,
            detail: format!("{refused} new cards were not taken. {limit}"),
        })
    }
}

/// Gives each card and size an id, and leaves one of each: a card that changed while it was being read comes twice, the
/// later is right.
pub(crate) fn with_ids(
    observed: Vec<ObservedProduct>,
    product_id: impl Fn() -> domain::ProductId,
    offer_id: impl Fn() -> OfferId,
) -> Vec<NewProduct> {
    let mut place: HashMap<i64, usize> = HashMap::with_capacity(observed.len());
    let mut products: Vec<NewProduct> = Vec::with_capacity(observed.len());
    for observed in observed {
        let product = NewProduct { id: product_id(), observed, offer_ids: Vec::new() };
        if let Some(&at) = place.get(&product.observed.article) {
            products[at] = product;
        } else {
            place.insert(product.observed.article, products.len());
            products.push(product);
        }
    }
    let mut numbers = HashSet::new();
    for product in products.iter_mut().rev() {
        product.observed.offers.retain(|offer| numbers.insert(offer.number));
        product.offer_ids = product.observed.offers.iter().map(|_| offer_id()).collect();
    }
    products
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_are_read_once_a_day_by_night_or_when_asked() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let cursor = Some(CardsCursor { updated_at: "x".into(), nm_id: 1 });
        let read = |full_at| Note { cursor: cursor.clone(), full_at: Some(at(full_at)) };
        let noon = at("2026-09-15T12:00:00Z");
        assert!(is_full(&Note::default(), noon, false), "never read");
        assert!(!is_full(&read("2026-09-15T02:00:00Z"), noon, false));
        assert!(is_full(&read("2026-09-14T12:00:00Z"), noon, false), "a day old");
        let night = at("2026-09-15T01:00:00Z");
        assert!(is_full(&read("2026-09-14T12:00:00Z"), night, false));
        assert!(is_full(&read("2026-09-14T10:00:00Z"), at("2026-09-14T23:30:00Z"), false));
        assert!(!is_full(&read("2026-09-14T20:00:00Z"), night, false), "this night already");
        assert!(!is_full(&read("2026-09-15T11:30:00Z"), noon, true));
        assert!(is_full(&read("2026-09-15T10:30:00Z"), noon, true));
    }
}

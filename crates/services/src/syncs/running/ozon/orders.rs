//! Postings of both schemes: orders, cancellations, what went over to another posting, and what reached its buyer. As far
//! back as we want them first, later only what may have changed.
//!
//! Ozon tells no moment of a change. What a posting says is therefore compared with what is stored, and a difference
//! is a change of the moment at which it was seen.

use super::{
    super::{
        aside,
        halt::Halt,
        steps,
        work::{Work, Writing},
    },
    Remote, ask, lines,
};
use crate::days;
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    ProductId,
    observed::{ObservedOrder, ObservedSale},
    sync::StepKind,
};
use outbound::ozon::{Method, PostingsFilter, PostingsPage, Scheme};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use store::{FreshnessRow, NewOrder, NewSale};

/// So far back a new shop's past is read.
pub(super) const FIRST_DAYS: i64 = 90;

/// What a later sync reads once more: postings may become visible a little after their moment.
const OVERLAP: TimeDelta = TimeDelta::minutes(30);

/// Of its own postings Ozon can't be asked which ones changed. Those of the last days are read at each sync, where
/// nearly all changes are;
const RECENT: TimeDelta = TimeDelta::days(3);

/// and all from the oldest that is still open, once in so long: of both schemes, whatever they say of their changes.
pub(super) const WHOLE_EVERY: TimeDelta = TimeDelta::hours(20);

/// That reading goes back at least so far: an answer may have left something out, and a list without a total does not
/// say so. What several readings left out the next ones tell.
pub(super) const LOOK_BACK: TimeDelta = TimeDelta::days(7);

/// Where the past begins, readings of it need not tell the same: what is asked for by one moment is kept by another.
pub(super) const EDGE: TimeDelta = TimeDelta::days(2);

/// Where the next reading begins.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
struct Place {
    /// Until when postings were read.
    until: Option<DateTime<Utc>>,
    /// The oldest posting that was still open when all of them were last read.
    open_since: Option<DateTime<Utc>>,
    /// When that was.
    all_open_at: Option<DateTime<Utc>>,
    /// Whether the past is known: two readings of all of it told the same. Until then it is read again, once a day.
    #[serde(default)]
    past_agreed: bool,
}

/// Where an interrupted reading goes on.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Under {
    until: DateTime<Utc>,
    /// From when postings from Ozon's warehouses are read, and the seller's, too, where all that is open is seen.
    since: DateTime<Utc>,
    /// Whether this reading sees all that is open.
    all_open: bool,
    /// Lines behind the edge that it told,
    #[serde(default)]
    told: i64,
    /// and those of them that an earlier reading should have told.
    #[serde(default)]
    missed: i64,
    /// The oldest open posting of it so far.
    open_since: Option<DateTime<Utc>>,
    /// Whether the first scheme is done.
    fbo_done: bool,
    cursor: Option<String>,
}

pub(super) async fn step(work: &mut Work<'_>, remote: &Remote) -> Result<(), Halt> {
    let (before, products) = known(work).await?;
    let stored = before.cursor.clone();
    let stored: Place =
        stored.and_then(|place| serde_json::from_value(place).ok()).unwrap_or_default();
    let now = work.now();
    let oldest = now - TimeDelta::days(FIRST_DAYS);
    let mut under = work.place::<Under>().unwrap_or_else(|| begin(stored, now, oldest));
    adopt(work).await?;
    let writing = loop {
        let scheme = if under.fbo_done { Scheme::Fbs } else { Scheme::Fbo };
        let page = page(work, remote, scheme, &under, &stored, oldest).await?;
        let open = page.postings.iter().filter(|posting| !posting.status.is_final());
        under.open_since = open.map(|posting| posting.ordered_at).chain(under.open_since).min();
        let writing = write(work, &products, &page, &mut under, stored).await?;
        match (page.next, scheme) {
            (Some(next), _) => under.cursor = Some(next),
            (None, Scheme::Fbo) => (under.fbo_done, under.cursor) = (true, None),
            (None, Scheme::Fbs) => break writing,
        }
        work.set_place(&under);
        work.commit(writing).await?;
    };
    finish(work, writing, before, stored, under).await
}

fn begin(stored: Place, now: DateTime<Utc>, oldest: DateTime<Utc>) -> Under {
    let all_open = stored.all_open_at.is_none_or(|at| now - at >= WHOLE_EVERY);
    // Before the first reading all is open.
    let from = match stored.until {
        None => oldest,
        Some(_) if all_open && !stored.past_agreed => oldest,
        Some(until) if all_open => stored.open_since.unwrap_or(until).min(until - LOOK_BACK),
        Some(until) => stored.open_since.unwrap_or(until).max(now - RECENT),
    };
    let last = stored.until.map_or(oldest, |until| until - OVERLAP);
    Under {
        until: now,
        since: from.min(last).max(oldest),
        all_open,
        told: 0,
        missed: 0,
        open_since: None,
        fbo_done: false,
        cursor: None,
    }
}

async fn page(
    work: &mut Work<'_>,
    remote: &Remote,
    scheme: Scheme,
    under: &Under,
    stored: &Place,
    oldest: DateTime<Utc>,
) -> Result<PostingsPage, Halt> {
    let (method, filter) = match scheme {
        Scheme::Fbo => (
            Method::FboPostings,
            PostingsFilter { since: under.since, until: under.until, changed_since: None },
        ),
        Scheme::Fbs if under.all_open => (
            Method::FbsPostings,
            PostingsFilter { since: under.since, until: under.until, changed_since: None },
        ),
        Scheme::Fbs => (
            Method::FbsPostings,
            PostingsFilter {
                since: oldest,
                until: under.until,
                changed_since: stored.until.map(|until| until - OVERLAP),
            },
        ),
    };
    ask(work, method, || async {
        remote.client.postings(&remote.access(), scheme, filter, under.cursor.as_deref()).await
    })
    .await
}

async fn known(work: &Work<'_>) -> Result<(FreshnessRow, HashMap<i64, ProductId>), Halt> {
    let mut tx = work.services.store.read(&work.caller).await?;
    let before = tx.freshness_of(work.account.id, StepKind::Orders).await?;
    let offers = tx.known_offers(work.account.id).await?;
    tx.commit().await?;
    Ok((before, offers.into_iter().map(|(number, known)| (number, known.product)).collect()))
}

/// Orders that came before their product.
async fn adopt(work: &mut Work<'_>) -> Result<(), Halt> {
    let mut writing = work.begin().await?;
    let adopted = writing.tx.adopt_by_offer(work.account.id).await?;
    work.step().changed += i64::try_from(adopted).unwrap_or_default();
    work.commit(writing).await
}

/// Writes what differs, and leaves the transaction open for the place that goes with it.
async fn write(
    work: &mut Work<'_>,
    products: &HashMap<i64, ProductId>,
    page: &PostingsPage,
    under: &mut Under,
    before: Place,
) -> Result<Writing, Halt> {
    let (account, marketplace, now) = (work.account.id, work.account.marketplace, work.now());
    let mut writing = work.begin().await?;
    let postings = lines::once(&page.postings);
    let numbers: Vec<&str> = postings.iter().map(|posting| posting.number.as_str()).collect();
    let stored = writing.tx.order_lines(account, numbers.iter().copied()).await?;
    let changed: Vec<ObservedOrder> = lines::changes(&postings, &stored, now);
    let within = |at: DateTime<Utc>| (under.since + EDGE..under.until).contains(&at);
    let told = postings.iter().filter(|posting| within(posting.ordered_at));
    let told = told.flat_map(|posting| &posting.lines).filter(|line| line.quantity > 0).count();
    let known: HashSet<&str> = stored.iter().map(|line| line.key.as_str()).collect();
    let read_until = before.until.map(|until| until - OVERLAP);
    let missed = changed
        .iter()
        .filter(|line| within(line.ordered_at) && !known.contains(line.key.as_str()))
        .filter(|line| read_until.is_some_and(|until| line.ordered_at < until))
        .count();
    under.told += i64::try_from(told).unwrap_or_default();
    under.missed += i64::try_from(missed).unwrap_or_default();
    let day = |moment| days::number_of(marketplace, moment);
    let orders: Vec<NewOrder<'_>> = changed
        .iter()
        .map(|observed| NewOrder {
            observed,
            product: products.get(&observed.article).copied(),
            day: day(observed.ordered_at),
        })
        .collect();
    let orders = writing.tx.upsert_orders(account, &orders).await?;

    let delivered: Vec<ObservedSale> = lines::sales(&postings, &stored, now);
    let keys: Vec<&str> = delivered.iter().map(|sale| sale.key.as_str()).collect();
    let before = writing.tx.known_sales(account, keys.iter().copied()).await?;
    let sales: Vec<NewSale<'_>> = delivered
        .iter()
        .filter(|sale| !before.contains(&sale.key))
        .map(|observed| NewSale {
            observed,
            product: products.get(&observed.article).copied(),
            day: day(observed.happened_at),
        })
        .collect();
    let sales = writing.tx.upsert_sales(account, &sales).await?;

    aside::write(work, &mut writing, &page.malformed).await?;
    let step = work.step();
    step.rows += i64::try_from(page.postings.len()).unwrap_or_default();
    step.changed += i64::try_from(orders + sales).unwrap_or_default();
    Ok(writing)
}

async fn finish(
    work: &mut Work<'_>,
    mut writing: Writing,
    before: FreshnessRow,
    stored: Place,
    under: Under,
) -> Result<(), Halt> {
    let doubted = under.all_open && !stored.past_agreed;
    let place = if under.all_open {
        let since = under.since + EDGE;
        let kept = writing.tx.order_lines_between(work.account.id, since, under.until).await?;
        let quarantined = work.step().quarantined;
        // The very first reading agrees with none. Nothing, twice, is no agreement either: to ask again costs two requests
        // a day.
        let agrees = stored.until.is_some()
            && under.told > 0
            && under.told >= kept
            && under.missed == 0
            && quarantined == 0;
        Place {
            until: Some(under.until),
            open_since: under.open_since,
            all_open_at: Some(under.until),
            past_agreed: agrees,
        }
    } else {
        // What is open beyond the last days is as it was when all of it was read.
        let open_since = stored.open_since.into_iter().chain(under.open_since).min();
        Place { until: Some(under.until), open_since, ..stored }
    };
    let joins =
        !(doubted && under.missed > 0) && stored.until.is_some_and(|until| under.since <= until);
    let step = work.step();
    step.problem = aside::problem(step.quarantined);
    let freshness = FreshnessRow {
        // Not when orders were first read, but how far back that reading went; where it left something out, the one that
        // found it.
        first_as_of: before.first_as_of.filter(|_| joins).or(Some(under.since)),
        as_of: step.started_at,
        rows: step.rows,
        cursor: serde_json::to_value(place).ok(),
        problem: step.problem.clone(),
        ..FreshnessRow::never(StepKind::Orders)
    };
    let sales = FreshnessRow { step: StepKind::Sales, cursor: None, ..freshness.clone() };
    writing.tx.set_freshness(work.account.id, &sales).await?;
    steps::done(work, writing, freshness).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_reading_begins_where_something_may_have_changed() {
        let now = at("2026-11-20T12:00:00Z");
        let oldest = now - TimeDelta::days(FIRST_DAYS);
        let first = begin(Place::default(), now, oldest);
        assert_eq!((first.since, first.all_open), (oldest, true));

        let until = Some(at("2026-11-20T11:00:00Z"));
        let open_since = Some(at("2026-11-01T00:00:00Z"));
        let soon = Place { until, open_since, all_open_at: until, past_agreed: true };
        let short = begin(soon, now, oldest);
        assert_eq!((short.since, short.all_open), (now - RECENT, false));
        let long_ago = Place { all_open_at: Some(at("2026-11-19T12:00:00Z")), ..soon };
        let long = begin(long_ago, now, oldest);
        assert_eq!((Some(long.since), long.all_open), (open_since, true));
        // Until two readings told the same of it, the past is read again.
        let doubted = Place { past_agreed: false, ..long_ago };
        assert_eq!(begin(doubted, now, oldest).since, oldest);
        assert_eq!(begin(Place { past_agreed: false, ..soon }, now, oldest).since, now - RECENT);
        let all_closed = Place { open_since: None, ..long_ago };
        assert_eq!(begin(all_closed, now, oldest).since, at("2026-11-13T11:00:00Z"));

        // Nothing is open: only what is new, and a little before it.
        let closed = Place { open_since: None, ..soon };
        assert_eq!(begin(closed, now, oldest).since, at("2026-11-20T10:30:00Z"));
        // A shop that slept for half a year reads what we keep.
        let asleep = Place { until: Some(at("2026-05-01T00:00:00Z")), ..Place::default() };
        assert_eq!(begin(asleep, now, oldest).since, oldest);
    }
}

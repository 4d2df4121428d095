//! Ozon's own figures, beside ours: ads, days of cover and grade over 28 days with what is on its way to its warehouses,
//! a hundred skus a request; and turnover over 60 days, which may be asked for once a minute, so that it is read as far
//! as it goes without waiting and gone on with at the next sync.

use super::{
    super::{
        aside,
        halt::Halt,
        steps,
        work::{Work, Writing},
    },
    Remote, ask, told,
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{ProductId, malformed::Malformed, sync::StepKind};
use outbound::ozon::{ANALYTICS_SKUS, Method, TURNOVER_PAGE};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use store::{FreshnessRow, NewFigure};

/// Skus a transaction.
const BATCH: usize = ANALYTICS_SKUS * 10;

/// Turnover is computed once a day.
const TURNOVER_EVERY: TimeDelta = TimeDelta::hours(12);

/// How far turnover was read.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
struct Place {
    /// The next row.
    offset: u64,
    /// When the last of them was read.
    whole_at: Option<DateTime<Utc>>,
}

pub(super) async fn step(work: &mut Work<'_>, remote: &Remote) -> Result<(), Halt> {
    let (before, products) = known(work).await?;
    let stored = before.cursor.clone();
    let place: Place =
        stored.and_then(|place| serde_json::from_value(place).ok()).unwrap_or_default();
    let after: Option<i64> = work.place();
    let step = work.step();
    step.expected = (before.rows > 0).then_some(before.rows);
    if after.is_none() {
        (step.rows, step.changed, step.quarantined) = (0, 0, 0);
    }
    of_stock(work, remote, &products, after).await?;
    forget(work, after).await?;
    let (writing, place) = turnover(work, remote, &products, place).await?;
    let step = work.step();
    step.problem = aside::problem(step.quarantined);
    let freshness = FreshnessRow {
        first_as_of: before.first_as_of.or(step.started_at),
        as_of: step.started_at,
        rows: step.rows,
        cursor: serde_json::to_value(place).ok(),
        problem: step.problem.clone(),
        ..FreshnessRow::never(StepKind::Figures)
    };
    steps::done(work, writing, freshness).await
}

/// What a whole reading does not tell any more is no longer so; a row that could not be read may have told it.
async fn forget(work: &mut Work<'_>, after: Option<i64>) -> Result<(), Halt> {
    let step = work.step();
    let begun = step.started_at.filter(|_| after.is_none() && step.quarantined == 0);
    let Some(begun) = begun else { return Ok(()) };
    let mut writing = work.begin().await?;
    let account = work.account.id;
    writing.tx.drop_figures_named_before(account, &told::OF_STOCK, begun).await?;
    work.commit(writing).await
}

async fn known(work: &Work<'_>) -> Result<(FreshnessRow, HashMap<i64, ProductId>), Halt> {
    let mut tx = work.services.store.read(&work.caller).await?;
    let before = tx.freshness_of(work.account.id, StepKind::Figures).await?;
    let offers = tx.known_offers(work.account.id).await?;
    tx.commit().await?;
    let listed = offers.into_iter().filter(|(_, known)| known.listed);
    Ok((before, listed.map(|(number, known)| (number, known.product)).collect()))
}

async fn of_stock(
    work: &mut Work<'_>,
    remote: &Remote,
    products: &HashMap<i64, ProductId>,
    after: Option<i64>,
) -> Result<(), Halt> {
    let mut skus: Vec<i64> =
        products.keys().copied().filter(|sku| after.is_none_or(|after| *sku > after)).collect();
    skus.sort_unstable();
    for batch in skus.chunks(BATCH) {
        let (mut rows, mut malformed) = (Vec::new(), Malformed::default());
        for some in batch.chunks(ANALYTICS_SKUS) {
            let (page, unread) = ask(work, Method::StockAnalytics, || async {
                remote.client.stock_figures(&remote.access(), some).await
            })
            .await?;
            rows.extend(page);
            malformed.extend(unread);
        }
        let rows_read = i64::try_from(rows.len()).unwrap_or_default();
        aside::refuse(work, &malformed, rows_read + malformed_rows(&malformed)).await?;
        let figures = told::of_stock(&rows, products);
        let writing = write(work, &figures, &malformed).await?;
        work.step().rows += rows_read;
        if let Some(last) = batch.last() {
            work.set_place(last);
        }
        work.commit(writing).await?;
    }
    Ok(())
}

/// Leaves its last transaction open for the freshness that goes with it.
async fn turnover(
    work: &mut Work<'_>,
    remote: &Remote,
    products: &HashMap<i64, ProductId>,
    mut place: Place,
) -> Result<(Writing, Place), Halt> {
    let now = work.now();
    if place.whole_at.is_some_and(|at| now - at < TURNOVER_EVERY) {
        return Ok((work.begin().await?, place));
    }
    loop {
        let offset = place.offset;
        let page = ask(work, Method::Turnover, || async {
            remote.client.turnover(&remote.access(), offset).await
        })
        .await;
        let (rows, malformed) = match page {
            // Its limit is no reason to keep everything else waiting.
            Err(Halt::Wait(..)) => return Ok((work.begin().await?, place)),
            page => page?,
        };
        let count = rows.len() as u64 + malformed.count;
        let figures = told::turnover(&rows, products);
        let writing = write(work, &figures, &malformed).await?;
        work.step().rows += i64::try_from(rows.len()).unwrap_or_default();
        if count < TURNOVER_PAGE {
            return Ok((writing, Place { offset: 0, whole_at: Some(now) }));
        }
        place.offset += count;
        work.commit(writing).await?;
    }
}

async fn write(
    work: &mut Work<'_>,
    figures: &[NewFigure<'_>],
    malformed: &Malformed,
) -> Result<Writing, Halt> {
    let now = work.now();
    let mut writing = work.begin().await?;
    // A figure that is told anew is no change of the shop.
    writing.tx.write_figures(work.account.id, figures, now).await?;
    aside::write(work, &mut writing, malformed).await?;
    Ok(writing)
}

fn malformed_rows(malformed: &Malformed) -> i64 {
    i64::try_from(malformed.count).unwrap_or(i64::MAX)
}

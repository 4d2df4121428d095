//! The marketplace's own figures of the last four weeks, a thousand cards a page: turnover, hours without stock, lost
//! orders. Kept beside ours as they are told; asked for no more often than they are computed.

use super::{aside, halt::Halt, remote::Remote, steps, work::Work};
use chrono::{NaiveDate, TimeDelta};
use domain::{ProductId, malformed::Malformed, sync::StepKind};
use outbound::wildberries::{FiguresPage, Group};
use planning::{WINDOW_DAYS, Window};
use std::collections::HashMap;
use store::{FreshnessRow, NewFigure};

/// The marketplace computes them once in this time.
const FRESH_FOR: TimeDelta = TimeDelta::hours(2);

pub(super) async fn step(work: &mut Work<'_>, remote: &Remote) -> Result<(), Halt> {
    let (before, products) = known(work).await?;
    let now = work.now();
    let offset: Option<u64> = work.place();
    if offset.is_none() && before.as_of.is_some_and(|as_of| now - as_of < FRESH_FOR) {
        let writing = work.begin().await?;
        return steps::done(work, writing, FreshnessRow { problem: None, ..before }).await;
    }
    let step = work.step();
    step.expected = (before.rows > 0).then_some(before.rows);
    if offset.is_none() {
        (step.rows, step.changed, step.quarantined) = (0, 0, 0);
    }
    let days = days(work);
    let mut next = Some(offset.unwrap_or_default());
    let mut unread = Malformed::default();
    let mut writing = None;
    while let Some(offset) = next {
        let page = work
            .ask(remote, Group::Figures, || async {
                remote.wildberries.figures_page(&remote.access(), days, offset).await
            })
            .await?;
        let told = page.cards.len() as u64 + page.malformed.count;
        if told == 0 && offset == 0 && before.rows > 0 {
            return Err(Halt::suspicious(format!(
                "The marketplace told no figure where there were those of {} cards: they stay.",
                before.rows
            )));
        }
        let step = work.step();
        step.rows += i64::try_from(told).unwrap_or_default();
        let rows = step.rows;
        unread.extend(page.malformed.clone());
        aside::refuse(work, &unread, rows).await?;
        next = page.next_offset;
        let mut page_writing = work.begin().await?;
        let written = write(work, &mut page_writing.tx, &products, &page).await?;
        aside::write(work, &mut page_writing, &page.malformed).await?;
        work.step().changed += i64::try_from(written).unwrap_or_default();
        let Some(next) = next else {
            writing = Some(page_writing);
            break;
        };
        work.set_place(&next);
        work.commit(page_writing).await?;
    }
    let mut writing = match writing {
        Some(writing) => writing,
        None => work.begin().await?,
    };
    // What a whole reading does not tell any more is no longer so; a row that could not be read may have told it.
    if let Some(begun) = work.step().started_at.filter(|_| unread.is_empty()) {
        writing.tx.drop_figures_before(work.account.id, begun).await?;
    }
    let step = work.step();
    step.problem = aside::problem(step.quarantined);
    let freshness = FreshnessRow {
        first_as_of: before.first_as_of.or(step.started_at),
        as_of: step.started_at,
        rows: step.rows,
        problem: step.problem.clone(),
        ..FreshnessRow::never(StepKind::Figures)
    };
    steps::done(work, writing, freshness).await
}

/// The whole days over which our own measures look, too.
fn days(work: &Work<'_>) -> (NaiveDate, NaiveDate) {
    let length = u32::try_from(WINDOW_DAYS).unwrap_or_default();
    let window = Window::whole_days(work.account.marketplace, work.now(), length);
    (window.first, window.last)
}

async fn known(work: &Work<'_>) -> Result<(FreshnessRow, HashMap<i64, ProductId>), Halt> {
    let mut tx = work.services.store.read(&work.caller).await?;
    let before = tx.freshness_of(work.account.id, StepKind::Figures).await?;
    let products = tx.product_ids(work.account.id).await?;
    tx.commit().await?;
    Ok((before, products))
}

/// Figures of cards that we know, one of each.
async fn write(
    work: &Work<'_>,
    tx: &mut store::TenantTx,
    products: &HashMap<i64, ProductId>,
    page: &FiguresPage,
) -> Result<u64, Halt> {
    let cards: HashMap<ProductId, _> = page
        .cards
        .iter()
        .filter_map(|card| Some((*products.get(&card.article)?, &card.figures)))
        .collect();
    let mut figures: Vec<NewFigure<'_>> = cards
        .into_iter()
        .flat_map(|(product, figures)| figures.iter().map(move |figure| (product, figure)))
        .map(|(product, figure)| NewFigure {
            product,
            name: figure.name,
            place: "",
            value: figure.value,
            unit: figure.value.map(|_| figure.unit),
            word: figure.word.as_deref(),
        })
        .collect();
    // Neighbours in the key are written together.
    figures.sort_by_key(|figure| (figure.product, figure.name));
    Ok(tx.write_figures(work.account.id, &figures, work.now()).await?)
}

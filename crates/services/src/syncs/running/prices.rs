//! Prices, a thousand cards a page until a page is empty; only what differs is written, with its change. A card that is
//! no longer in the list keeps its last price.

use super::{aside, halt::Halt, remote::Remote, steps, work::Work};
use domain::{malformed::Malformed, observed::ObservedPrice, sync::StepKind};
use outbound::wildberries::Group;
use std::collections::HashMap;
use store::{FreshnessRow, KnownOffer, NewPrice};

pub(super) async fn step(work: &mut Work<'_>, remote: &Remote) -> Result<(), Halt> {
    let (before, offers) = known(work).await?;
    let step = work.step();
    step.expected = (before.rows > 0).then_some(before.rows);
    let mut offset: u64 = work.place().unwrap_or_default();
    if offset == 0 {
        let step = work.step();
        (step.rows, step.changed, step.quarantined) = (0, 0, 0);
    }
    let mut unread = Malformed::default();
    loop {
        let page = work
            .ask(remote, Group::Prices, || async {
                remote.wildberries.prices_page(&remote.access(), offset).await
            })
            .await?;
        let Some(next) = page.next_offset else { break };
        let step = work.step();
        step.rows += i64::try_from(page.cards).unwrap_or_default();
        let rows = step.rows;
        unread.extend(page.malformed.clone());
        aside::refuse(work, &unread, rows).await?;
        let prices = one_each(&page.prices, &offers);
        let now = work.now();
        let mut writing = work.begin().await?;
        let changed = writing.tx.upsert_prices(&prices, now).await?;
        aside::write(work, &mut writing, &page.malformed).await?;
        work.step().changed += i64::try_from(changed).unwrap_or_default();
        work.set_place(&next);
        work.commit(writing).await?;
        offset = next;
    }
    if offset == 0 && before.rows > 0 {
        return Err(Halt::suspicious(format!(
            "The marketplace told no price where there were those of {} cards: the known ones stay.",
            before.rows
        )));
    }
    let writing = work.begin().await?;
    let step = work.step();
    step.problem = aside::problem(step.quarantined);
    let freshness = FreshnessRow {
        first_as_of: before.first_as_of.or(step.started_at),
        as_of: step.started_at,
        rows: step.rows,
        problem: step.problem.clone(),
        ..FreshnessRow::never(StepKind::Prices)
    };
    steps::done(work, writing, freshness).await
}

async fn known(work: &Work<'_>) -> Result<(FreshnessRow, HashMap<i64, KnownOffer>), Halt> {
    let mut tx = work.services.store.read(&work.caller).await?;
    let before = tx.freshness_of(work.account.id, StepKind::Prices).await?;
    let offers = tx.known_offers(work.account.id).await?;
    tx.commit().await?;
    Ok((before, offers))
}

/// The prices of sizes that we know, one of each, in the order in which they are kept.
fn one_each<'p>(
    prices: &'p [ObservedPrice],
    offers: &HashMap<i64, KnownOffer>,
) -> Vec<NewPrice<'p>> {
    let mut new: Vec<NewPrice<'p>> = prices
        .iter()
        .filter_map(|observed| {
            let known = offers.get(&observed.offer)?;
            Some(NewPrice { offer: known.offer, product: known.product, observed })
        })
        .collect();
    new.sort_by_key(|price| price.offer);
    // The list moves while it is read: of two rows of a size the later is right.
    new.reverse();
    new.dedup_by_key(|price| price.offer);
    new.reverse();
    new
}

//! Orders and cancellations: as far back as the marketplace keeps them, later only what changed since.

use super::{
    aside,
    changes::{LAST_PAGE_BELOW, Place, Under},
    halt::Halt,
    remote::Remote,
    steps,
    work::Work,
};
use crate::days;
use domain::{ProductId, malformed::Malformed, observed::ObservedOrder, sync::StepKind};
use outbound::{
    Paced,
    wildberries::{Group, orders_since},
};
use std::collections::{HashMap, hash_map::Entry};
use store::{FreshnessRow, NewOrder};

pub(super) async fn step(work: &mut Work<'_>, remote: &Remote) -> Result<(), Halt> {
    let (before, products) = known(work).await?;
    let stored = before.cursor.clone();
    let stored: Place =
        stored.and_then(|place| serde_json::from_value(place).ok()).unwrap_or_default();
    let mut under: Under = work
        .place()
        .unwrap_or_else(|| Under::from(orders_since(work.now(), stored.latest_change), stored));
    adopt(work).await?;
    let mut malformed = Malformed::default();
    loop {
        let since = under.since;
        let mut page = work
            .ask(remote, Group::Orders, || async {
                let page = remote.wildberries.orders_page(&remote.access(), since).await?;
                let pace = page.pace();
                Ok(Paced { value: page, pace })
            })
            .await?;
        while let Some(batch) = page.next_batch().await.map_err(|failure| Halt::of(&failure))? {
            write(work, &products, &batch).await?;
            let end = page.end();
            under.latest_change = under.latest_change.max(end.latest_change);
            under.since = end.next_since.unwrap_or(under.since);
            under.unread_since = under.unread_since.or(page.unread_since());
            let mut writing = work.begin().await?;
            aside::write(work, &mut writing, &page.take_malformed()).await?;
            work.set_place(&under);
            work.commit(writing).await?;
        }
        let end = page.end();
        under.latest_change = under.latest_change.max(end.latest_change);
        under.unread_since = under.unread_since.or(page.unread_since());
        malformed.extend(page.take_malformed());
        match end.next_since {
            Some(next) if end.rows >= LAST_PAGE_BELOW => under.since = next,
            _ => break,
        }
    }
    let mut writing = work.begin().await?;
    aside::write(work, &mut writing, &malformed).await?;
    let now = work.now();
    let step = work.step();
    let problem = aside::problem(step.quarantined);
    step.problem.clone_from(&problem);
    let freshness = FreshnessRow {
        // Not when orders were first read, but how far back that reading went.
        first_as_of: before
            .first_as_of
            .filter(|_| under.joins(stored, before.as_of))
            .or(Some(under.first)),
        as_of: step.started_at,
        rows: step.rows,
        cursor: serde_json::to_value(under.end(stored, now)).ok(),
        problem,
        ..FreshnessRow::never(StepKind::Orders)
    };
    steps::done(work, writing, freshness).await
}

async fn known(work: &Work<'_>) -> Result<(FreshnessRow, HashMap<i64, ProductId>), Halt> {
    let mut tx = work.services.store.read(&work.caller).await?;
    let before = tx.freshness_of(work.account.id, StepKind::Orders).await?;
    let products = tx.product_ids(work.account.id).await?;
    tx.commit().await?;
    Ok((before, products))
}

/// Orders that came before their card.
async fn adopt(work: &mut Work<'_>) -> Result<(), Halt> {
    let mut writing = work.begin().await?;
    let adopted = writing.tx.adopt_orders(work.account.id).await?;
    work.step().changed += i64::try_from(adopted).unwrap_or_default();
    work.commit(writing).await
}

async fn write(
    work: &mut Work<'_>,
    products: &HashMap<i64, ProductId>,
    batch: &[ObservedOrder],
) -> Result<(), Halt> {
    let marketplace = work.account.marketplace;
    let orders: Vec<NewOrder<'_>> = latest(batch)
        .into_iter()
        .map(|observed| NewOrder {
            observed,
            product: products.get(&observed.article).copied(),
            day: days::number_of(marketplace, observed.ordered_at),
        })
        .collect();
    let mut writing = work.begin().await?;
    let changed = writing.tx.upsert_orders(work.account.id, &orders).await?;
    let step = work.step();
    step.rows += i64::try_from(batch.len()).unwrap_or_default();
    step.changed += i64::try_from(changed).unwrap_or_default();
    work.commit(writing).await
}

/// One of each key, the latest, in the order of the keys: neighbours in the index are written together.
pub(crate) fn latest(batch: &[ObservedOrder]) -> Vec<&ObservedOrder> {
    let mut of: HashMap<&str, &ObservedOrder> = HashMap::with_capacity(batch.len());
    for order in batch {
        match of.entry(&order.key) {
            Entry::Vacant(free) => {
                free.insert(order);
            }
            Entry::Occupied(mut taken) => {
                if order.changed_at > taken.get().changed_at {
                    taken.insert(order);
                }
            }
        }
    }
    let mut orders: Vec<&ObservedOrder> = of.into_values().collect();
    orders.sort_unstable_by(|a, b| a.key.cmp(&b.key));
    orders
}

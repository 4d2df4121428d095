//! Sales and returns: as far back as the marketplace keeps them, later only what changed since, and what still lacks an
//! amount once more.

use super::{
    aside,
    changes::{LAST_PAGE_BELOW, Place, Under},
    halt::Halt,
    remote::Remote,
    steps,
    work::Work,
};
use crate::days;
use chrono::{DateTime, TimeDelta, Utc};
use domain::{ProductId, observed::ObservedSale, sync::StepKind};
use outbound::{
    Paced,
    wildberries::{Group, sales_since, settle},
};
use std::collections::{HashMap, hash_map::Entry};
use store::{FreshnessRow, NewSale};

/// So long an amount is looked for. Behind a day the first reading that tells its sale settles it, so this is for a shop
/// that could not be read for days; a sale that is never told again is given up.
const LOOKED_FOR: TimeDelta = TimeDelta::days(14);

struct Known {
    before: FreshnessRow,
    products: HashMap<i64, ProductId>,
    untold_since: Option<DateTime<Utc>>,
}

pub(super) async fn step(work: &mut Work<'_>, remote: &Remote) -> Result<(), Halt> {
    let Known { before, products, untold_since } = known(work).await?;
    let stored = before.cursor.clone();
    let stored: Place =
        stored.and_then(|place| serde_json::from_value(place).ok()).unwrap_or_default();
    let mut under: Under = work.place().unwrap_or_else(|| {
        Under::from(sales_since(work.now(), stored.latest_change, untold_since), stored)
    });
    adopt(work).await?;
    loop {
        let since = under.since;
        let mut page = work
            .ask(remote, Group::Sales, || async {
                let page = remote.wildberries.sales_page(&remote.access(), since).await?;
                let pace = page.pace();
                Ok(Paced { value: page, pace })
            })
            .await?;
        loop {
            let batch = page.next_batch().await.map_err(|failure| Halt::of(&failure))?;
            let malformed = page.take_malformed();
            let is_over = batch.is_none();
            let end = page.end();
            under.latest_change = under.latest_change.max(end.latest_change);
            under.unread_since = under.unread_since.or(page.unread_since());
            if is_over && malformed.is_empty() {
                break;
            }
            let mut writing = work.begin().await?;
            aside::write(work, &mut writing, &malformed).await?;
            write(work, &mut writing.tx, &products, batch.unwrap_or_default()).await?;
            under.since = end.next_since.unwrap_or(under.since);
            work.set_place(&under);
            work.commit(writing).await?;
            if is_over {
                break;
            }
        }
        match page.end().next_since {
            Some(next) if page.end().rows >= LAST_PAGE_BELOW => under.since = next,
            _ => break,
        }
    }
    let writing = work.begin().await?;
    let now = work.now();
    let step = work.step();
    step.problem = aside::problem(step.quarantined);
    let freshness = FreshnessRow {
        // Not when sales were first read, but how far back that reading went.
        first_as_of: before
            .first_as_of
            .filter(|_| under.joins(stored, before.as_of))
            .or(Some(under.first)),
        as_of: step.started_at,
        rows: step.rows,
        cursor: serde_json::to_value(under.end(stored, now)).ok(),
        problem: step.problem.clone(),
        ..FreshnessRow::never(StepKind::Sales)
    };
    steps::done(work, writing, freshness).await
}

async fn known(work: &Work<'_>) -> Result<Known, Halt> {
    let account = work.account.id;
    let mut tx = work.services.store.read(&work.caller).await?;
    let known = Known {
        before: tx.freshness_of(account, StepKind::Sales).await?,
        products: tx.product_ids(account).await?,
        untold_since: tx.untold_since(account, work.now() - LOOKED_FOR).await?,
    };
    tx.commit().await?;
    Ok(known)
}

/// Sales that came before their card.
async fn adopt(work: &mut Work<'_>) -> Result<(), Halt> {
    let mut writing = work.begin().await?;
    let adopted = writing.tx.adopt_sales(work.account.id).await?;
    work.step().changed += i64::try_from(adopted).unwrap_or_default();
    work.commit(writing).await
}

async fn write(
    work: &mut Work<'_>,
    tx: &mut store::TenantTx,
    products: &HashMap<i64, ProductId>,
    batch: Vec<ObservedSale>,
) -> Result<(), Halt> {
    let (marketplace, now) = (work.account.marketplace, work.now());
    let read = batch.len();
    let batch = latest(batch, now);
    let sales: Vec<NewSale<'_>> = batch
        .iter()
        .map(|observed| NewSale {
            observed,
            product: products.get(&observed.article).copied(),
            day: days::number_of(marketplace, observed.happened_at),
        })
        .collect();
    let changed = tx.upsert_sales(work.account.id, &sales).await?;
    let step = work.step();
    step.rows += i64::try_from(read).unwrap_or_default();
    step.changed += i64::try_from(changed).unwrap_or_default();
    Ok(())
}

/// One of each key, the latest, in the order of the keys: neighbours in the index are written together. Amounts of zero
/// are as settled as they are by now.
fn latest(batch: Vec<ObservedSale>, now: DateTime<Utc>) -> Vec<ObservedSale> {
    let mut of: HashMap<String, ObservedSale> = HashMap::with_capacity(batch.len());
    for mut sale in batch {
        settle(&mut sale, now);
        match of.entry(sale.key.clone()) {
            Entry::Vacant(free) => {
                free.insert(sale);
            }
            Entry::Occupied(mut taken) => {
                if sale.changed_at > taken.get().changed_at {
                    taken.insert(sale);
                }
            }
        }
    }
    let mut sales: Vec<ObservedSale> = of.into_values().collect();
    sales.sort_unstable_by(|a, b| a.key.cmp(&b.key));
    sales
}

//! Cards and their sizes, page after page. What a full reading from the first page to the last did not see is
//! archived; one that was taken up in the middle did not see all, so it archives nothing.

use super::{halt::Halt, remote::Remote, steps, work::Work};
use crate::{demo::photo_url, plans};
use domain::{
    OfferId, Plan, Realm,
    observed::ObservedProduct,
    plan::{Limit, LimitReached},
    sync::{StepKind, StepProblem, StepProblemCode},
};
use outbound::wildberries::{CardsCursor, Group};
use std::collections::{HashMap, HashSet};
use store::{FreshnessRow, NewProduct};

/// Cards a transaction: ten pages.
const BATCH: usize = 1000;

pub(super) async fn step(work: &mut Work<'_>, remote: &Remote) -> Result<(), Halt> {
    let (before, listed) = known(work).await?;
    let step = work.step();
    step.expected = (before.rows > 0).then_some(before.rows);
    let mut cursor: Option<CardsCursor> = work.place();
    let whole = cursor.is_none();
    if whole {
        // A reading that begins anew counts anew.
        let step = work.step();
        (step.rows, step.changed) = (0, 0);
    }
    let mut room = Room::of(work).await?;
    let mut seen = HashSet::new();
    let mut batch = Vec::new();
    loop {
        let page = work
            .ask(remote, Group::Cards, || async {
                remote.wildberries.cards_page(&remote.access(), cursor.as_ref()).await
            })
            .await?;
        if whole && seen.is_empty() && page.products.is_empty() && listed > 0 {
            return Err(Halt::suspicious(format!(
                "The marketplace listed no card where there were {listed}: the known ones stay."
            )));
        }
        seen.extend(page.products.iter().map(|product| product.article));
        work.step().rows += i64::try_from(page.products.len()).unwrap_or_default();
        let demo = work.account.realm == Realm::Demo;
        batch.extend(page.products.into_iter().map(|product| {
            if demo {
                ObservedProduct {
                    photo_url: product.photo_url.map(|_| photo_url(product.article)),
                    ..product
                }
            } else {
                product
            }
        }));
        cursor = page.cursor;
        if !page.more {
            break;
        }
        if batch.len() >= BATCH {
            let mut writing = work.begin().await?;
            write(work, &mut writing.tx, room.take(std::mem::take(&mut batch))).await?;
            work.set_place(&cursor);
            work.commit(writing).await?;
        } else {
            work.publish();
        }
    }
    let mut writing = work.begin().await?;
    write(work, &mut writing.tx, room.take(batch)).await?;
    if whole {
        let archived =
            writing.tx.archive_products_except(work.account.id, &seen, work.now()).await?;
        work.step().changed += i64::try_from(archived).unwrap_or_default();
    }
    let problem = room.problem();
    let step = work.step();
    step.problem.clone_from(&problem);
    let freshness = FreshnessRow {
        problem,
        first_as_of: before.first_as_of.or(step.started_at),
        as_of: step.started_at,
        rows: step.rows,
        ..FreshnessRow::never(StepKind::Products)
    };
    steps::done(work, writing, freshness).await
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

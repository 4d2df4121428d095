//! Prices, a thousand products a page; only what differs is written, with its change.

use super::{
    super::{aside, halt::Halt, steps, work::Work},
    Remote, ask,
};
use domain::{OfferId, ProductId, malformed::Malformed, observed::ObservedPrice, sync::StepKind};
use outbound::ozon::{Method, ProductPrice};
use std::collections::HashMap;
use store::{FreshnessRow, NewPrice};

/// The one size of a product.
struct Size {
    number: i64,
    offer: OfferId,
    product: ProductId,
}

pub(super) async fn step(work: &mut Work<'_>, remote: &Remote) -> Result<(), Halt> {
    let (before, sizes) = known(work).await?;
    let step = work.step();
    step.expected = (before.rows > 0).then_some(before.rows);
    let mut cursor: Option<String> = work.place();
    if cursor.is_none() {
        let step = work.step();
        (step.rows, step.changed, step.quarantined) = (0, 0, 0);
    }
    let mut unread = Malformed::default();
    let writing = loop {
        let page = ask(work, Method::Prices, || async {
            remote.client.prices(&remote.access(), cursor.as_deref()).await
        })
        .await?;
        let step = work.step();
        step.rows += i64::try_from(page.rows).unwrap_or_default();
        let rows = step.rows;
        unread.extend(page.malformed.clone());
        aside::refuse(work, &unread, rows).await?;
        let observed: HashMap<i64, ObservedPrice> =
            page.prices.into_iter().filter_map(|price| observed(&sizes, price)).collect();
        let prices: Vec<NewPrice<'_>> = observed
            .iter()
            .filter_map(|(product, observed)| {
                let Size { offer, product, .. } = sizes.get(product)?;
                Some(NewPrice { offer: *offer, product: *product, observed })
            })
            .collect();
        let now = work.now();
        let mut writing = work.begin().await?;
        let changed = writing.tx.upsert_prices(&prices, now).await?;
        aside::write(work, &mut writing, &page.malformed).await?;
        work.step().changed += i64::try_from(changed).unwrap_or_default();
        let Some(next) = page.next else { break writing };
        work.set_place(&next);
        cursor = Some(next);
        work.commit(writing).await?;
    };
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

async fn known(work: &Work<'_>) -> Result<(FreshnessRow, HashMap<i64, Size>), Halt> {
    let mut tx = work.services.store.read(&work.caller).await?;
    let before = tx.freshness_of(work.account.id, StepKind::Prices).await?;
    let offers = tx.known_offers(work.account.id).await?;
    let products = tx.product_ids(work.account.id).await?;
    tx.commit().await?;
    let mut of: HashMap<ProductId, (i64, OfferId)> = offers
        .into_iter()
        .filter(|(_, known)| known.listed)
        .map(|(number, known)| (known.product, (number, known.offer)))
        .collect();
    let sizes = products
        .into_iter()
        .filter_map(|(article, product)| {
            let (number, offer) = of.remove(&product)?;
            Some((article, Size { number, offer, product }))
        })
        .collect();
    Ok((before, sizes))
}

fn observed(sizes: &HashMap<i64, Size>, price: ProductPrice) -> Option<(i64, ObservedPrice)> {
    let size = sizes.get(&price.product)?;
    let observed = ObservedPrice {
        offer: size.number,
        price_minor: price.full_minor,
        discount_percent: None,
        discounted_minor: price.seller_minor,
        buyer_minor: None,
        currency: price.currency,
    };
    Some((price.product, observed))
}

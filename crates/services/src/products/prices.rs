//! What a product costs, and every price that it had.

use crate::{Caller, Result, Services};
use domain::{
    ApiError, FieldError, ProductId,
    product::Offer,
    sale::{OfferPrice, ProductPrices},
    sync::StepKind,
};
use store::{Price, PricePlace};

/// `None`: not there, or another tenant's. 422 for a cursor that is none.
pub async fn prices(
    services: &Services,
    caller: &Caller,
    id: ProductId,
    limit: u32,
    cursor: Option<&str>,
) -> Result<Option<ProductPrices>> {
    let before = cursor.map(PricePlace::from_text);
    if before == Some(None) {
        let hint = "use next_cursor of a page of the same product";
        let wrong = FieldError::query("cursor", "unknown", hint);
        return Err(ApiError::validation(vec![wrong]).into());
    }
    let mut tx = services.store.read(caller).await?;
    let Some(row) = tx.listed_product(id).await? else { return Ok(None) };
    let fresh = tx.freshness_of(row.summary.account_id, StepKind::Prices).await?;
    let offers = tx.offers(id, false).await?;
    let now = tx.prices_of(id).await?;
    // One more than asked for: whether it goes on.
    let mut past = tx.price_changes(id, before.flatten(), i64::from(limit) + 1).await?;
    tx.commit().await?;
    let more = past.len() > limit as usize;
    past.truncate(limit as usize);
    let next = past.last().filter(|_| more).map(|last| PricePlace::of(last).to_text());
    let told = |prices: Vec<Price>| prices.into_iter().map(|price| told(price, &offers)).collect();
    Ok(Some(ProductPrices {
        product_id: id,
        marketplace: row.summary.marketplace,
        as_of: fresh.as_of,
        now: told(now),
        history: told(past),
        next_cursor: next,
    }))
}

fn told(price: Price, offers: &[Offer]) -> OfferPrice {
    let offer = offers.iter().find(|offer| offer.id == price.offer_id);
    OfferPrice {
        offer_id: price.offer_id,
        size: offer.and_then(|offer| offer.size.clone()),
        since: price.since,
        price_minor: price.price_minor,
        discount_percent: price.discount_percent,
        discounted_minor: price.discounted_minor,
        buyer_minor: price.buyer_minor,
        currency: price.currency,
    }
}

//! A page of pairs that may be one thing.

use crate::{Caller, Result, Services};
use domain::{
    ApiError, FieldError, ProductId,
    links::{LinkQuery, LinkSuggestion, LinkSuggestionPage, LinkedProduct},
};
use std::collections::HashMap;
use store::SuggestedPair;

/// Errors: 422 for a question that breaks the contract's rules, a cursor that is none among them.
pub async fn suggestions(
    services: &Services,
    caller: &Caller,
    query: &LinkQuery,
) -> Result<LinkSuggestionPage> {
    let mut errors = query.check();
    let after = query.cursor.as_deref().map(SuggestedPair::place);
    if after == Some(None) {
        let hint = "use next_cursor of a page with the same filter";
        errors.push(FieldError::query("cursor", "unknown", hint));
    }
    if !errors.is_empty() {
        return Err(ApiError::validation(errors).into());
    }
    let limit = query.limit as usize;
    let mut tx = services.store.read(caller).await?;
    // One more than asked for: whether it goes on.
    let mut pairs =
        tx.suggested_pairs(query.by, after.flatten(), i64::from(query.limit) + 1).await?;
    let more = pairs.len() > limit;
    pairs.truncate(limit);
    let mut ids: Vec<ProductId> = pairs.iter().flat_map(|p| [p.first, p.second]).collect();
    ids.sort_unstable();
    ids.dedup();
    let products = tx.linked_products(&ids).await?;
    let open = tx.count_suggestions(query.by).await?;
    tx.commit().await?;

    let products: HashMap<ProductId, LinkedProduct> =
        products.into_iter().map(|product| (product.id, product)).collect();
    let next_cursor = pairs.last().filter(|_| more).map(SuggestedPair::cursor);
    let items = pairs.into_iter().filter_map(|pair| {
        Some(LinkSuggestion {
            first: products.get(&pair.first)?.clone(),
            second: products.get(&pair.second)?.clone(),
            by: pair.by,
            found_at: pair.found_at,
        })
    });
    Ok(LinkSuggestionPage { items: items.collect(), open, next_cursor })
}

//! A page of orders, the newest first.

use crate::{Caller, Result, Services};
use domain::{
    ApiError, FieldError,
    order::{OrderPage, OrderQuery},
};
use store::OrderKey;

/// Errors: 422 for a question that breaks the contract's rules, a cursor that is none among them.
pub async fn list(services: &Services, caller: &Caller, query: &OrderQuery) -> Result<OrderPage> {
    let mut errors = query.check();
    let after = query.cursor.as_deref().map(OrderKey::from_text);
    if after == Some(None) {
        let hint = "use next_cursor of a page with the same filter";
        errors.push(FieldError::query("cursor", "unknown", hint));
    }
    if !errors.is_empty() {
        return Err(ApiError::validation(errors).into());
    }
    let mut tx = services.store.read(caller).await?;
    let (items, next) = tx.list_orders(query, after.flatten()).await?;
    tx.commit().await?;
    Ok(OrderPage { items, next_cursor: next.map(|key| key.to_text()) })
}

//! A page of sales and returns, the newest first.

use super::sources::sources;
use crate::{Caller, Result, Services};
use domain::{
    ApiError, FieldError,
    sale::{SalePage, SaleQuery},
};
use store::OrderKey;

/// Errors: 422 for a question that breaks the contract's rules, a cursor that is none among them.
pub async fn list(services: &Services, caller: &Caller, query: &SaleQuery) -> Result<SalePage> {
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
    let (items, next) = tx.list_sales(query, after.flatten()).await?;
    let sources = sources(&mut tx, query.account).await?;
    tx.commit().await?;
    Ok(SalePage { items, next_cursor: next.map(|key| key.to_text()), sources })
}

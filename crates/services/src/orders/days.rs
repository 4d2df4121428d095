//! What the orders of a question add up to, day by day.

use super::period;
use crate::{Caller, Result, Services};
use domain::{
    ApiError,
    order::{OrderDays, OrderQuery},
};

/// Errors: 422 for a question that breaks the contract's rules or adds up too long a time.
pub async fn days(services: &Services, caller: &Caller, query: &OrderQuery) -> Result<OrderDays> {
    let mut errors = query.check();
    let (from, to) = period(services, query.from, query.to, &mut errors);
    if !errors.is_empty() {
        return Err(ApiError::validation(errors).into());
    }
    let query = OrderQuery { from: Some(from), to: Some(to), ..query.clone() };
    let mut tx = services.store.read(caller).await?;
    let days = tx.order_days(&query).await?;
    tx.commit().await?;
    Ok(OrderDays { from, to, days })
}

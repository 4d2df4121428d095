//! What the orders of a question add up to, day by day.

use crate::{Caller, Result, Services};
use chrono::TimeDelta;
use domain::{
    ApiError, FieldError, Marketplace,
    order::{MAX_ORDER_DAYS, OrderDays, OrderQuery},
};

/// Days that are added up when none are named.
const USUAL_DAYS: i64 = 28;

/// Errors: 422 for a question that breaks the contract's rules or adds up too long a time.
pub async fn days(services: &Services, caller: &Caller, query: &OrderQuery) -> Result<OrderDays> {
    let mut errors = query.check();
    // Moscow's day begins before that of UTC: whatever is today anywhere is included.
    let today = planning::day_of(Marketplace::Wildberries, services.clock.now());
    let to = query.to.unwrap_or(today);
    let usual = to.checked_sub_signed(TimeDelta::days(USUAL_DAYS - 1)).unwrap_or(to);
    let from = query.from.unwrap_or(usual);
    if (to - from).num_days() >= MAX_ORDER_DAYS {
        let hint = format!("use at most {MAX_ORDER_DAYS} days");
        errors.push(FieldError::query("from", "out_of_range", hint));
    }
    if !errors.is_empty() {
        return Err(ApiError::validation(errors).into());
    }
    let query = OrderQuery { from: Some(from), to: Some(to), ..query.clone() };
    let mut tx = services.store.read(caller).await?;
    let days = tx.order_days(&query).await?;
    tx.commit().await?;
    Ok(OrderDays { from, to, days })
}

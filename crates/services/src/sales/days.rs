//! What the sales and returns of a question add up to, day by day.

use super::sources::sources;
use crate::{Caller, Result, Services, orders};
use domain::{
    ApiError,
    sale::{SaleDays, SaleQuery},
};

/// Errors: 422 for a question that breaks the contract's rules or adds up too long a time.
pub async fn days(services: &Services, caller: &Caller, query: &SaleQuery) -> Result<SaleDays> {
    let mut errors = query.check();
    let (from, to) = orders::period(services, query.from, query.to, &mut errors);
    if !errors.is_empty() {
        return Err(ApiError::validation(errors).into());
    }
    let query = SaleQuery { from: Some(from), to: Some(to), ..query.clone() };
    let mut tx = services.store.read(caller).await?;
    let days = tx.sale_days(&query).await?;
    let sources = sources(&mut tx, query.account).await?;
    tx.commit().await?;
    Ok(SaleDays { from, to, days, sources })
}

//! The morning page and the warehouses as they were: what was counted last before a moment. Counted again, with what is
//! known by now, they would say what nobody saw.

use super::{
    morning::{gather, hide_costs},
    warehouses::lines,
};
use crate::{Caller, Result, Services, days, past, plans};
use chrono::{DateTime, Utc};
use domain::{
    AccountId, ApiError, Permission,
    today::{Today, WarehouseLines},
};
use store::TenantTx;

/// Rows of each list that are kept.
const ROWS: u32 = 5;

/// Keeps what was just counted as that of its day.
pub(crate) async fn keep(
    tx: &mut TenantTx,
    account: AccountId,
    now: DateTime<Utc>,
) -> std::result::Result<(), store::Error> {
    let day = days::number(now.date_naive());
    tx.keep_warehouses(account, day, now).await?;
    let today = gather(tx, ROWS, true).await?;
    tx.keep_morning(day, now, &today).await
}

/// The morning as it was last counted before a moment; `None`: none was kept. Errors: 422 for a moment to come, and
/// the plan's limit of history.
pub async fn morning_at(
    services: &Services,
    caller: &Caller,
    at: DateTime<Utc>,
) -> Result<Option<Today>> {
    let mut tx = opened(services, caller, at).await?;
    let kept = tx.kept_morning(at).await?;
    tx.commit().await?;
    Ok(kept.map(|mut today| {
        if !caller.may(Permission::Costs) {
            hide_costs(&mut today);
            // The rows of the dead were chosen by cost.
            today.dead.rows.sort_by_key(|row| std::cmp::Reverse(row.revenue_minor));
        }
        today
    }))
}

/// The warehouses as they were last counted before a moment; those that were not yet have no line. Errors: the same.
pub async fn warehouses_at(
    services: &Services,
    caller: &Caller,
    at: DateTime<Utc>,
) -> Result<WarehouseLines> {
    let mut tx = opened(services, caller, at).await?;
    let (measured_at, rows) = tx.kept_warehouses(at).await?;
    tx.commit().await?;
    Ok(lines(measured_at, rows))
}

async fn opened(services: &Services, caller: &Caller, at: DateTime<Utc>) -> Result<TenantTx> {
    if !caller.may(Permission::Read) {
        return Err(ApiError::denied().into());
    }
    let ago = past::days_ago("at", at, services.clock.now())?;
    let mut tx = services.store.read(caller).await?;
    plans::check_history(&mut tx, ago).await?;
    Ok(tx)
}

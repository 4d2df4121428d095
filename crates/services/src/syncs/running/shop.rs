//! The sums of the whole shop at the end of a synchronisation: what its products want together, its days, classes and
//! warehouses.

use super::measures::Known;
use crate::{days, products::past, today};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::{AccountId, Marketplace};
use planning::{WINDOW_DAYS, Window, closing_levels};
use std::collections::{BTreeMap, HashMap};
use store::{ShopDayRow, TenantTx};

/// The longest past that is kept day by day: a year and the days to compare it with.
const DAYS: u32 = 400;

/// Counts it all; the products' measures must be written by now.
pub(crate) async fn measure_shop(
    tx: &mut TenantTx,
    account: AccountId,
    marketplace: Marketplace,
    known: Known,
    now: DateTime<Utc>,
) -> Result<(), store::Error> {
    tx.count_shop(account, now, now - TimeDelta::days(1)).await?;
    let length = u32::try_from(WINDOW_DAYS).unwrap_or_default();
    let weeks = Window::whole_days(marketplace, now, length);
    tx.count_warehouses(account, (days::number(weeks.first), days::number(weeks.last))).await?;
    let window = Window::whole_days(marketplace, now, DAYS);
    let shop_days = shop_days(tx, account, marketplace, known, window).await?;
    tx.write_shop_days(account, &shop_days).await?;
    today::keep(tx, account, now).await
}

async fn shop_days(
    tx: &mut TenantTx,
    account: AccountId,
    marketplace: Marketplace,
    known: Known,
    window: Window,
) -> Result<Vec<ShopDayRow>, store::Error> {
    let Some(orders_from) = known.orders_since.map(|at| past::first_whole_day(marketplace, at))
    else {
        return Ok(Vec::new());
    };
    let inputs = tx.shop_day_inputs(account, days::number(window.first)).await?;
    let deltas: BTreeMap<NaiveDate, i64> =
        inputs.deltas.into_iter().map(|(day, delta)| (days::date(day), delta)).collect();
    let stock = known.stock_as_of.map(|_| inputs.stock);
    let since = known.stock_since.map(|at| planning::day_of(marketplace, at));
    let length = usize::try_from(window.length()).unwrap_or_default();
    let closing = closing_levels(stock, &deltas, since, window.last, length);
    let back_from =
        known.came_back_since(marketplace).map(|at| past::first_whole_day(marketplace, at));
    let sales: HashMap<i64, (i64, i64, i64, i64)> = inputs
        .sales
        .into_iter()
        .map(|(day, ordered, cancelled, revenue, returned)| {
            (day, (ordered, cancelled, revenue, returned))
        })
        .collect();
    Ok(window
        .days()
        .zip(closing)
        .filter(|(day, _)| *day >= orders_from)
        .map(|(day, stock)| {
            let is_told = back_from.is_some_and(|from| day >= from);
            let day = days::number(day);
            let (ordered, cancelled, revenue_minor, returned) =
                sales.get(&day).copied().unwrap_or_default();
            let returned = is_told.then_some(returned);
            ShopDayRow { day, ordered, cancelled, revenue_minor, stock, returned }
        })
        .collect())
}

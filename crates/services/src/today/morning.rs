//! What runs out, what to order, what lies dead, what changed: the first of each by money.

use super::{USUAL_CURRENCY, lost};
use crate::{Caller, Result, Services, days};
use chrono::Days;
use domain::{
    ApiError, Permission,
    today::{MoneyAtCost, ShopDay, Today, TodayChanges, TodayList, TodayProduct},
};
use store::{CompanyDay, ShopSums, TenantTx, Wanting};

/// The most rows of a list that can be asked for.
pub const MAX_ROWS: u32 = 50;

/// The morning, with so many rows of each list.
pub async fn morning(services: &Services, caller: &Caller, rows: u32) -> Result<Today> {
    if !caller.may(Permission::Read) {
        return Err(ApiError::denied().into());
    }
    let rows = rows.min(MAX_ROWS);
    let mut tx = services.store.read(caller).await?;
    let today = gather(&mut tx, rows, caller.may(Permission::Costs)).await?;
    tx.commit().await?;
    Ok(today)
}

/// The morning as it is counted now, for one who sees costs or one who does not.
pub(super) async fn gather(
    tx: &mut TenantTx,
    rows: u32,
    sees_costs: bool,
) -> std::result::Result<Today, store::Error> {
    let sums = tx.shop_sums().await?;
    let rules = tx.planning_rules().await?;
    let at_risk = tx.wanting(Wanting::AtRisk, rows).await?;
    let order = tx.wanting(Wanting::Order, rows).await?;
    let dead = if sees_costs { Wanting::Frozen } else { Wanting::Dead };
    let dead = tx.wanting(dead, rows).await?;
    let days = last_days(tx, &sums).await?;
    let currency = tx.usual_currency().await?;
    let mut today = Today {
        measured_at: sums.measured_at,
        rules,
        currency: currency.unwrap_or_else(|| USUAL_CURRENCY.to_owned()),
        products: sums.products,
        unknown: sums.unknown,
        runs_out: list(
            sums.at_risk_products,
            sums.at_risk_units,
            sums.at_risk_minor,
            sums.at_risk_unpriced,
            at_risk,
        ),
        order: list(
            sums.order_products,
            sums.order_units,
            sums.order_minor,
            sums.order_unpriced,
            order,
        ),
        dead: list(sums.dead_products, sums.dead_units, sums.dead_minor, sums.dead_unpriced, dead),
        lost: lost(&sums),
        changes: TodayChanges {
            days,
            ran_out: sums.ran_out,
            came_back: sums.came_back,
            new_products: sums.new_products,
            archived_products: sums.archived_products,
            repriced: sums.repriced,
            stock_change: sums.stock_change,
        },
        frozen: Some(MoneyAtCost { minor: sums.frozen_minor, at_price: sums.frozen_at_price }),
        missed: Some(MoneyAtCost { minor: sums.missed_minor, at_price: sums.missed_at_price }),
    };
    if !sees_costs {
        hide_costs(&mut today);
    }
    Ok(today)
}

/// What tells of costs is not for everybody.
pub(super) fn hide_costs(today: &mut Today) {
    (today.frozen, today.missed) = (None, None);
    for list in [&mut today.runs_out, &mut today.order, &mut today.dead] {
        for row in &mut list.rows {
            row.cost_minor = None;
        }
    }
}

fn list(
    products: i64,
    units: i64,
    revenue_minor: i64,
    unpriced: i64,
    rows: Vec<TodayProduct>,
) -> TodayList {
    TodayList { products, units, revenue_minor, unpriced, rows }
}

/// The last whole day before the numbers were computed and the one before it, the newest first.
async fn last_days(
    tx: &mut TenantTx,
    sums: &ShopSums,
) -> std::result::Result<Vec<ShopDay>, store::Error> {
    let Some(measured) = sums.measured_at else { return Ok(Vec::new()) };
    // A day of slack for calendars that are ahead of UTC's.
    let from = measured.date_naive().checked_sub_days(Days::new(3)).unwrap_or_default();
    let mut found: Vec<ShopDay> =
        tx.company_days(days::number(from)).await?.into_iter().map(shop_day).collect();
    found.reverse();
    found.truncate(2);
    Ok(found)
}

pub(super) fn shop_day(row: CompanyDay) -> ShopDay {
    ShopDay {
        day: days::date(row.day),
        ordered: row.ordered,
        cancelled: row.cancelled,
        revenue_minor: row.revenue_minor,
        stock: row.stock,
        returned: row.returned,
    }
}

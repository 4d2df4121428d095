//! The company over a period: its days, their sums beside those of the period before, turnover, classes of products.

use super::{USUAL_CURRENCY, lost, morning::shop_day};
use crate::{Caller, Result, Services, days as calendar, plans};
use chrono::{Days, NaiveDate};
use domain::{
    ApiError, FieldError, Permission,
    today::{PeriodTotals, ShopDay, ShopPeriod},
};

/// The longest that is kept.
const MAX_DAYS: u32 = 365;

/// The last `days` whole days. Errors: 422 for more than a year, 403 for more than the plan shows.
pub async fn period(services: &Services, caller: &Caller, days: u32) -> Result<ShopPeriod> {
    if !caller.may(Permission::Read) {
        return Err(ApiError::denied().into());
    }
    if !(1..=MAX_DAYS).contains(&days) {
        let error = FieldError::query("days", "out_of_range", format!("use 1 to {MAX_DAYS}"));
        return Err(ApiError::validation(vec![error]).into());
    }
    let now = services.clock.now();
    let mut tx = services.store.read(caller).await?;
    plans::check_history(&mut tx, days).await?;
    let sums = tx.shop_sums().await?;
    let slack = now.date_naive().checked_sub_days(Days::new(2 * u64::from(days) + 3));
    let all = tx.company_days(calendar::number(slack.unwrap_or_default())).await?;
    let classes = tx.class_cells().await?;
    let currency = tx.usual_currency().await?;
    tx.commit().await?;

    let all: Vec<ShopDay> = all.into_iter().map(shop_day).collect();
    let length = usize::try_from(days).unwrap_or_default();
    let last = all.last().map(|day| day.day);
    let of = |last: Option<NaiveDate>| -> Vec<ShopDay> {
        let Some(last) = last else { return Vec::new() };
        let window = planning::Window::ending(last, days);
        all.iter().filter(|day| window.contains(day.day)).copied().collect()
    };
    let now_days = of(last);
    let before = of(last.and_then(|last| last.checked_sub_days(Days::new(days.into()))));
    Ok(ShopPeriod {
        measured_at: sums.measured_at,
        currency: currency.unwrap_or_else(|| USUAL_CURRENCY.to_owned()),
        totals: totals(&now_days),
        // Half a period beside a whole one would look like growth.
        before: (before.len() == length && now_days.len() == length).then(|| totals(&before)),
        days: now_days,
        classes,
        lost: lost(&sums),
    })
}

fn totals(days: &[ShopDay]) -> PeriodTotals {
    let sum = |of: fn(&ShopDay) -> i64| days.iter().map(of).sum::<i64>();
    let ordered = sum(|day| day.ordered);
    PeriodTotals {
        days: i64::try_from(days.len()).unwrap_or_default(),
        ordered,
        cancelled: sum(|day| day.cancelled),
        revenue_minor: sum(|day| day.revenue_minor),
        turnover_tenths: turnover_tenths(days, ordered),
    }
}

/// Average stock / (units ordered / days), in tenths, halves up (formulas: turnover). Days cancel out: the sum of the
/// days' stock over the units.
fn turnover_tenths(days: &[ShopDay], ordered: i64) -> Option<i64> {
    if ordered <= 0 {
        return None;
    }
    let stock: i64 = days.iter().map(|day| day.stock).sum::<Option<i64>>()?;
    let (over, under) = (i128::from(stock) * 10, i128::from(ordered));
    i64::try_from((over * 2 + under) / (under * 2)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(n: u32, ordered: i64, stock: Option<i64>) -> ShopDay {
        let day = NaiveDate::from_ymd_opt(2026, 3, n).unwrap_or_default();
        ShopDay { day, ordered, cancelled: 1, revenue_minor: ordered * 100, stock, returned: None }
    }

    #[test]
    fn turnover_is_average_stock_over_daily_sales() {
        // 300 pieces on average, 10 a day: thirty days.
        let days = [day(1, 8, Some(200)), day(2, 12, Some(400))];
        let sums = totals(&days);
        assert_eq!(sums.turnover_tenths, Some(300));
        assert_eq!((sums.days, sums.ordered, sums.cancelled, sums.revenue_minor), (2, 20, 2, 2000));
        assert_eq!(totals(&[day(1, 0, Some(9))]).turnover_tenths, None, "nothing sold");
        assert_eq!(totals(&[day(1, 3, None), day(2, 3, Some(9))]).turnover_tenths, None, "a gap");
        assert_eq!(totals(&[]).turnover_tenths, None);
    }
}

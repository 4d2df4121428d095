//! The days that are added up: as they were asked for, or the last four weeks.

use crate::Services;
use chrono::{NaiveDate, TimeDelta};
use domain::{FieldError, Marketplace, order::MAX_ORDER_DAYS};

/// Days that are added up when none are named.
const USUAL_DAYS: i64 = 28;

/// Both ends; too long a time is an error.
pub(crate) fn period(
    services: &Services,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    errors: &mut Vec<FieldError>,
) -> (NaiveDate, NaiveDate) {
    // Moscow's day begins before that of UTC: whatever is today anywhere is included.
    let today = planning::day_of(Marketplace::Wildberries, services.clock.now());
    let to = to.unwrap_or(today);
    let usual = to.checked_sub_signed(TimeDelta::days(USUAL_DAYS - 1)).unwrap_or(to);
    let from = from.unwrap_or(usual);
    if (to - from).num_days() >= MAX_ORDER_DAYS {
        let hint = format!("use at most {MAX_ORDER_DAYS} days");
        errors.push(FieldError::query("from", "out_of_range", hint));
    }
    (from, to)
}

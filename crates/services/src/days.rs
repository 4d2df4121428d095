//! Days of a marketplace's calendar as the store counts them: since 1970-01-01.

use chrono::{DateTime, NaiveDate, Utc};
use domain::Marketplace;

/// The number of the day on which a moment falls.
pub(crate) fn number_of(marketplace: Marketplace, moment: DateTime<Utc>) -> i64 {
    number(planning::day_of(marketplace, moment))
}

/// A day's number.
pub(crate) fn number(day: NaiveDate) -> i64 {
    day.to_epoch_days().into()
}

/// The day with a number; one outside of every calendar is the last there is.
pub(crate) fn date(number: i64) -> NaiveDate {
    i32::try_from(number).ok().and_then(NaiveDate::from_epoch_days).unwrap_or(NaiveDate::MAX)
}

//! Days as each marketplace's own cabinet counts them, and windows of whole days. Never asks what time it is.

use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveTime, TimeDelta, Utc};
use domain::Marketplace;

/// Moscow has kept UTC+3 without summer time since 2014.
const MOSCOW_SECONDS: i32 = 3 * 3600;

/// How far the marketplace's clock is ahead of UTC: Moscow for Wildberries, nothing for Ozon.
pub const fn ahead_of_utc(marketplace: Marketplace) -> TimeDelta {
    match marketplace {
        Marketplace::Wildberries => TimeDelta::seconds(MOSCOW_SECONDS as i64),
        Marketplace::Ozon => TimeDelta::zero(),
    }
}

/// The day on which a moment falls in the marketplace's calendar.
pub fn day_of(marketplace: Marketplace, moment: DateTime<Utc>) -> NaiveDate {
    match marketplace {
        Marketplace::Wildberries => FixedOffset::east_opt(MOSCOW_SECONDS).map_or_else(
            || moment.date_naive(),
            |moscow| moment.with_timezone(&moscow).date_naive(),
        ),
        Marketplace::Ozon => moment.date_naive(),
    }
}

/// The moment at which a day of the marketplace's calendar begins.
pub fn day_starts_at(marketplace: Marketplace, day: NaiveDate) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN).and_utc();
    midnight.checked_sub_signed(ahead_of_utc(marketplace)).unwrap_or(midnight)
}

/// Consecutive days, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The oldest day.
    pub first: NaiveDate,
    /// The newest day.
    pub last: NaiveDate,
}

impl Window {
    /// The last `days` whole days before the day of `now`: today is not over, so it does not count.
    pub fn whole_days(marketplace: Marketplace, now: DateTime<Utc>, days: u32) -> Self {
        Self::ending(before(day_of(marketplace, now), 1), days)
    }

    /// `days` days, the last of which is `last`; no days are read as one.
    pub fn ending(last: NaiveDate, days: u32) -> Self {
        Self { first: before(last, days.saturating_sub(1)), last }
    }

    /// How many days.
    pub fn length(&self) -> i64 {
        (self.last - self.first).num_days() + 1
    }

    /// Whether a day lies in it.
    pub fn contains(&self, day: NaiveDate) -> bool {
        (self.first..=self.last).contains(&day)
    }

    /// Its days, oldest first.
    pub fn days(&self) -> impl Iterator<Item = NaiveDate> + use<> {
        let last = self.last;
        self.first.iter_days().take_while(move |day| *day <= last)
    }

    /// Its moments: from the first (included) to the second (not included).
    pub fn moments(&self, marketplace: Marketplace) -> (DateTime<Utc>, DateTime<Utc>) {
        let after = self.last.checked_add_days(Days::new(1)).unwrap_or(self.last);
        (day_starts_at(marketplace, self.first), day_starts_at(marketplace, after))
    }

    /// The sum of the units whose day lies in it.
    pub fn sum(&self, units_by_day: impl IntoIterator<Item = (NaiveDate, i64)>) -> i64 {
        units_by_day
            .into_iter()
            .filter(|(day, _)| self.contains(*day))
            .map(|(_, units)| units)
            .sum()
    }
}

fn before(day: NaiveDate, days: u32) -> NaiveDate {
    day.checked_sub_days(Days::new(days.into())).unwrap_or(NaiveDate::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_moscow_day_begins_three_hours_before_utc() {
        let late = at("2026-08-18T20:59:59Z");
        let next = at("2026-08-18T21:00:00Z");
        assert_eq!(day_of(Marketplace::Wildberries, late), day("2026-08-18"));
        assert_eq!(day_of(Marketplace::Wildberries, next), day("2026-08-19"));
        assert_eq!(day_of(Marketplace::Ozon, next), day("2026-08-18"));
        assert_eq!(day_starts_at(Marketplace::Wildberries, day("2026-08-19")), next);
    }

    #[test]
    fn today_is_not_a_whole_day() {
        let window = Window::whole_days(Marketplace::Wildberries, at("2026-08-18T21:00:00Z"), 7);
        assert_eq!(window, Window { first: day("2026-08-12"), last: day("2026-08-18") });
        assert_eq!(window.length(), 7);
        assert_eq!(
            window.moments(Marketplace::Wildberries),
            (at("2026-08-11T21:00:00Z"), at("2026-08-18T21:00:00Z"))
        );
    }

    #[test]
    fn a_sum_takes_both_ends_and_nothing_beyond() {
        let window = Window::ending(day("2026-08-18"), 3);
        let units = [("2026-08-15", 1), ("2026-08-16", 2), ("2026-08-18", 4), ("2026-08-19", 8)];
        assert_eq!(window.sum(units.map(|(text, n)| (day(text), n))), 6);
    }

    proptest! {
        #[test]
        fn a_window_holds_exactly_the_moments_of_its_days(
            seconds in 1_600_000_000_i64..1_900_000_000, length in 1_u32..120, shift in -20_000_000_i64..20_000_000,
            ozon: bool,
        ) {
            let marketplace = if ozon { Marketplace::Ozon } else { Marketplace::Wildberries };
            let now = DateTime::from_timestamp(seconds, 0).unwrap();
            let other = DateTime::from_timestamp(seconds + shift, 0).unwrap();
            let window = Window::whole_days(marketplace, now, length);
            let (from, until) = window.moments(marketplace);
            prop_assert_eq!(window.days().count(), length as usize);
            prop_assert_eq!(window.length(), i64::from(length));
            prop_assert_eq!(window.contains(day_of(marketplace, other)), from <= other && other < until);
            prop_assert!(until <= now && now - until < TimeDelta::days(1));
        }
    }
}

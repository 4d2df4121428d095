//! Dates, times and ages as people say them. Times are Moscow's, as in the sellers' cabinets.
//!
//! Moscow has been at UTC+3 all year since 2014, so an offset is enough and no time zone tables
//! travel to the browser.

use super::plural;
use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, Timelike, Utc};
use domain::Locale;

const MONTHS_RU: [&str; 12] = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const SHORT_RU: [&str; 12] =
    ["янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"];
const WEEKDAYS_RU: [&str; 7] = ["пн", "вт", "ср", "чт", "пт", "сб", "вс"];
const WEEKDAYS_EN: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// A moment on Moscow's clock.
pub fn moscow(moment: DateTime<Utc>) -> NaiveDateTime {
    moment.naive_utc() + Duration::hours(3)
}

fn month(locale: Locale, day: NaiveDate) -> &'static str {
    let names = if locale == Locale::Ru { &MONTHS_RU } else { &MONTHS_EN };
    names[day.month0() as usize]
}

/// `3 марта`, `3 March`.
pub fn day(locale: Locale, day: NaiveDate) -> String {
    format!("{}\u{a0}{}", day.day(), month(locale, day))
}

/// `3 марта 2026`.
pub fn full(locale: Locale, date: NaiveDate) -> String {
    format!("{}\u{a0}{}", day(locale, date), date.year())
}

/// `3 мар` under an axis.
pub fn short(locale: Locale, day: NaiveDate) -> String {
    let name = match locale {
        Locale::Ru => SHORT_RU[day.month0() as usize],
        Locale::En => &MONTHS_EN[day.month0() as usize][..3],
    };
    format!("{}\u{a0}{name}", day.day())
}

/// `вт, 3 марта` in a tooltip.
pub fn weekday(locale: Locale, date: NaiveDate) -> String {
    let index = date.weekday().num_days_from_monday() as usize;
    let name = if locale == Locale::Ru { WEEKDAYS_RU[index] } else { WEEKDAYS_EN[index] };
    format!("{name}, {}", day(locale, date))
}

/// `3 марта, 14:32`: the zone is said where it matters, beside it.
pub fn moment(locale: Locale, at: DateTime<Utc>) -> String {
    let local = moscow(at);
    format!("{}, {}", day(locale, local.date()), clock(at))
}

/// `14:32` in Moscow.
pub fn clock(at: DateTime<Utc>) -> String {
    let local = moscow(at);
    format!("{:02}:{:02}", local.hour(), local.minute())
}

/// `2026-03-03T11:32:00Z`, for machines.
pub fn iso(at: DateTime<Utc>) -> String {
    let at = at.naive_utc();
    let (date, time) = (at.date(), at.time());
    format!("{date}T{:02}:{:02}:{:02}Z", time.hour(), time.minute(), time.second())
}

/// `12 мин назад`; beyond a week the date says more.
pub fn age(locale: Locale, then: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let minutes = (now - then).num_minutes();
    let (hours, days) = (minutes / 60, minutes / (24 * 60));
    match (locale, minutes) {
        (Locale::Ru, ..1) => "только что".into(),
        (Locale::En, ..1) => "just now".into(),
        (Locale::Ru, ..60) => format!("{minutes}\u{a0}мин назад"),
        (Locale::En, ..60) => format!("{minutes}\u{a0}min ago"),
        (Locale::Ru, ..1440) => format!("{hours}\u{a0}ч назад"),
        (Locale::En, ..1440) => format!("{hours}\u{a0}h ago"),
        (Locale::Ru, ..10_080) => {
            format!("{days}\u{a0}{} назад", plural::ru(days, "день", "дня", "дней"))
        }
        (Locale::En, ..10_080) => format!("{days}\u{a0}{} ago", plural::en(days, "day", "days")),
        _ => day(locale, moscow(then).date()),
    }
}

/// How long something took: `0,4 с`, `12 с`, `3 мин 20 с`, `2 ч 5 мин`.
pub fn length(locale: Locale, ms: i64) -> String {
    let seconds = ms.max(0) / 1000;
    let ru = locale == Locale::Ru;
    let (h, min, s) = if ru { ("ч", "мин", "с") } else { ("h", "min", "s") };
    match seconds {
        ..10 => format!("{}\u{a0}{s}", super::number::tenths(locale, ms.max(0) / 100)),
        10..60 => format!("{seconds}\u{a0}{s}"),
        60..3600 => match seconds % 60 {
            0 => format!("{}\u{a0}{min}", seconds / 60),
            rest => format!("{}\u{a0}{min} {rest}\u{a0}{s}", seconds / 60),
        },
        _ => format!("{}\u{a0}{h} {}\u{a0}{min}", seconds / 3600, seconds % 3600 / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Locale::{En, Ru};

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn dates_are_moscows() {
        assert_eq!(moment(Ru, at("2026-03-02T22:05:00Z")), "3\u{a0}марта, 01:05");
        assert_eq!(moment(En, at("2026-03-02T11:32:00Z")), "2\u{a0}March, 14:32");
        let third = NaiveDate::from_ymd_opt(2026, 3, 3).unwrap();
        assert_eq!(full(Ru, third), "3\u{a0}марта\u{a0}2026");
        assert_eq!(short(Ru, third), "3\u{a0}мар");
        assert_eq!(weekday(Ru, third), "вт, 3\u{a0}марта");
    }

    #[test]
    fn ages() {
        let now = at("2026-03-10T12:00:00Z");
        for (then, ru, en) in [
            ("2026-03-10T11:59:40Z", "только что", "just now"),
            ("2026-03-10T12:00:40Z", "только что", "just now"),
            ("2026-03-10T11:48:00Z", "12\u{a0}мин назад", "12\u{a0}min ago"),
            ("2026-03-10T09:00:00Z", "3\u{a0}ч назад", "3\u{a0}h ago"),
            ("2026-03-08T09:00:00Z", "2\u{a0}дня назад", "2\u{a0}days ago"),
            ("2026-02-08T09:00:00Z", "8\u{a0}февраля", "8\u{a0}February"),
        ] {
            assert_eq!(age(Ru, at(then), now), ru);
            assert_eq!(age(En, at(then), now), en);
        }
    }

    #[test]
    fn lengths() {
        assert_eq!(length(Ru, 420), "0,4\u{a0}с");
        assert_eq!(length(Ru, 12_900), "12\u{a0}с");
        assert_eq!(length(Ru, 200_000), "3\u{a0}мин 20\u{a0}с");
        assert_eq!(length(En, 7_500_000), "2\u{a0}h 5\u{a0}min");
    }
}

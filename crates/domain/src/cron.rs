//! Schedules of five fields: minute, hour, day of the month, month, day of the week (0 and 7 are Sunday). A field is
//! `*`, a number, a range `a-b`, steps `*/n` or `a-b/n`, or several of them with commas. As in cron, a day is meant when
//! either of its two fields means it, unless one of them is `*`.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, TimeDelta, TimeZone, Timelike, Utc};
use std::str::FromStr;

/// Moments that come again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cron {
    minutes: u64,
    hours: u64,
    days: u64,
    months: u64,
    weekdays: u64,
    /// Whether the field of days, of weekdays, is `*`.
    any: (bool, bool),
}

/// The text is no schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotASchedule;

/// So many days ahead there is a moment, or there is none (30 February): eight years have every leap day.
const HORIZON_DAYS: u64 = 366 * 8;

impl FromStr for Cron {
    type Err = NotASchedule;

    fn from_str(text: &str) -> Result<Self, NotASchedule> {
        let fields: Vec<&str> = text.split_ascii_whitespace().collect();
        let [minutes, hours, days, months, weekdays] = fields[..] else { return Err(NotASchedule) };
        let week = field(weekdays, 0, 7)?;
        let cron = Self {
            minutes: field(minutes, 0, 59)?,
            hours: field(hours, 0, 23)?,
            days: field(days, 1, 31)?,
            months: field(months, 1, 12)?,
            // 7 is Sunday, too.
            weekdays: (week | week >> 7) & 0b111_1111,
            any: (days.starts_with('*'), weekdays.starts_with('*')),
        };
        // One that never comes is a mistake.
        let offset = FixedOffset::east_opt(0).ok_or(NotASchedule)?;
        cron.next(DateTime::UNIX_EPOCH, offset).map(|_| cron).ok_or(NotASchedule)
    }
}

impl Cron {
    /// The first moment after this one, by the clocks of an offset; `None`: there is none.
    pub fn next(&self, after: DateTime<Utc>, offset: FixedOffset) -> Option<DateTime<Utc>> {
        let local = after.with_timezone(&offset).naive_local() + TimeDelta::minutes(1);
        let from = u64::from(local.hour() * 60 + local.minute());
        for (n, date) in
            local.date().iter_days().take(usize::try_from(HORIZON_DAYS).ok()?).enumerate()
        {
            if !self.means(date) {
                continue;
            }
            let earliest = if n == 0 { from } else { 0 };
            let moment = (earliest..24 * 60)
                .find(|minute| has(self.hours, minute / 60) && has(self.minutes, minute % 60));
            if let Some(minute) = moment {
                let minute = u32::try_from(minute).ok()?;
                let time = date.and_hms_opt(minute / 60, minute % 60, 0)?;
                return Some(offset.from_local_datetime(&time).single()?.with_timezone(&Utc));
            }
        }
        None
    }

    fn means(&self, date: NaiveDate) -> bool {
        let day = has(self.days, date.day().into());
        let weekday = has(self.weekdays, date.weekday().num_days_from_sunday().into());
        let of_days = match self.any {
            (true, _) => weekday,
            (_, true) => day,
            _ => day || weekday,
        };
        // `*/2` restricts, although it begins with a star.
        let of_days = of_days && (!self.any.0 || day) && (!self.any.1 || weekday);
        of_days && has(self.months, date.month().into())
    }
}

fn has(set: u64, number: u64) -> bool {
    set >> number & 1 == 1
}

fn field(text: &str, least: u64, most: u64) -> Result<u64, NotASchedule> {
    let mut set = 0;
    for part in text.split(',') {
        let (range, step) = match part.split_once('/') {
            Some((range, step)) => (range, number(step, 1, most)?),
            None => (part, 1),
        };
        let (first, last) = if range == "*" {
            (least, most)
        } else if let Some((first, last)) = range.split_once('-') {
            (number(first, least, most)?, number(last, least, most)?)
        } else {
            let only = number(range, least, most)?;
            // `5/10` has no meaning that everybody shares.
            if step != 1 {
                return Err(NotASchedule);
            }
            (only, only)
        };
        if first > last {
            return Err(NotASchedule);
        }
        let mut at = first;
        while at <= last {
            set |= 1 << at;
            at += step;
        }
    }
    Ok(set)
}

fn number(text: &str, least: u64, most: u64) -> Result<u64, NotASchedule> {
    let digits = !text.is_empty() && text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit());
    let number: u64 = digits.then(|| text.parse().ok()).flatten().ok_or(NotASchedule)?;
    if (least..=most).contains(&number) { Ok(number) } else { Err(NotASchedule) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(cron: &str, after: &str) -> String {
        let moscow = FixedOffset::east_opt(3 * 3600).unwrap();
        let after: DateTime<Utc> = after.parse().unwrap();
        let next = cron.parse::<Cron>().unwrap().next(after, moscow).unwrap();
        next.with_timezone(&moscow).format("%Y-%m-%d %H:%M").to_string()
    }

    #[test]
    fn the_next_moment_is_found() {
        // 2026-09-15 is a Tuesday; 09:00 UTC is noon in Moscow.
        for (cron, expected) in [
            ("30 7 * * *", "2026-09-16 07:30"),
            ("0 12 * * *", "2026-09-16 12:00"),
            ("1 12 * * *", "2026-09-15 12:01"),
            ("*/15 * * * *", "2026-09-15 12:15"),
            ("0 8-20/4 * * *", "2026-09-15 16:00"),
            ("0 6 * * 1-5", "2026-09-16 06:00"),
            ("0 6 * * 0", "2026-09-20 06:00"),
            ("0 6 * * 7", "2026-09-20 06:00"),
            ("0 6 1 * *", "2026-10-01 06:00"),
            // Either day, as in cron.
            ("0 6 1 * 5", "2026-09-18 06:00"),
            ("0 6 29 2 *", "2028-02-29 06:00"),
            ("59 23 31 12 *", "2026-12-31 23:59"),
            ("0 0,6,18 * * *", "2026-09-15 18:00"),
            ("0 6 */2 * *", "2026-09-17 06:00"),
        ] {
            assert_eq!(next(cron, "2026-09-15T09:00:00Z"), expected, "{cron}");
        }
        assert_eq!(next("0 0 * * *", "2026-09-15T20:59:59Z"), "2026-09-16 00:00");
    }

    #[test]
    fn what_is_no_schedule_is_refused() {
        for text in [
            "",
            "* * * *",
            "* * * * * *",
            "60 * * * *",
            "* 24 * * *",
            "* * 0 * *",
            "* * * 13 *",
            "* * * * 8",
            "a * * * *",
            "-1 * * * *",
            "5-1 * * * *",
            "*/0 * * * *",
            "1/5 * * * *",
            "0 0 30 2 *",
            "1,,2 * * * *",
            "+1 * * * *",
            "100 * * * *",
            "@daily",
        ] {
            assert_eq!(text.parse::<Cron>(), Err(NotASchedule), "{text:?}");
        }
    }
}

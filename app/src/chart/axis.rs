//! Marks on the axes: round numbers up, recognisable days across.

use chrono::{Datelike, NaiveDate};

/// Round values from 0 to the top of the axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticks {
    /// The axis ends here; never 0.
    pub top: i64,
    /// Where to draw lines, 0 first.
    pub values: Vec<i64>,
}

impl Ticks {
    /// Height of a value in per cent of the axis.
    #[expect(clippy::cast_precision_loss, reason = "pixels don't need 53 bits")]
    pub fn height(&self, value: i64) -> f64 {
        value as f64 * 100.0 / self.top as f64
    }
}

/// About `count` steps of 1, 2 or 5 times a power of ten that reach over `max`.
pub fn ticks(max: i64, count: i64) -> Ticks {
    let max = max.max(1);
    let wanted = (max + count - 1) / count.max(1);
    let mut power = 1;
    let step = 'found: loop {
        for factor in [1, 2, 5] {
            if factor * power >= wanted {
                break 'found factor * power;
            }
        }
        power *= 10;
    };
    let steps = (max + step - 1) / step;
    Ticks { top: steps * step, values: (0..=steps).map(|i| i * step).collect() }
}

/// Indexes of the days worth a word: each of a few, Mondays for a month, every second Monday for a quarter,
/// firsts of months beyond.
pub fn day_marks(days: &[NaiveDate]) -> Vec<usize> {
    let monday = |day: &NaiveDate| day.weekday().num_days_from_monday() == 0;
    let weeks = |day: &NaiveDate| day.num_days_from_ce() / 7;
    let is_marked = |day: &NaiveDate| match days.len() {
        ..=10 => true,
        11..=45 => monday(day),
        46..=120 => monday(day) && weeks(day) % 2 == 0,
        _ => day.day() == 1,
    };
    // A word in the last twentieth would stand out over the edge.
    let edge = days.len() - days.len() / 20;
    days.iter().enumerate().take(edge).filter(|(_, day)| is_marked(day)).map(|(i, _)| i).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_round_and_reach_over_the_largest() {
        for (max, top, step) in [
            (0, 1, 1),
            (1, 1, 1),
            (3, 3, 1),
            (7, 8, 2),
            (23, 30, 10),
            (148, 150, 50),
            (1001, 1500, 500),
        ] {
            let made = ticks(max, 4);
            assert_eq!((made.top, made.values[1] - made.values[0]), (top, step), "{max}");
            assert!(made.values.len() <= 6, "{made:?}");
        }
        assert!((ticks(148, 4).height(75) - 50.0).abs() < 1e-9);
    }

    #[test]
    fn days_are_marked_where_people_look() {
        let first = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
        let days = |n| first.iter_days().take(n).collect::<Vec<_>>();
        assert_eq!(day_marks(&days(4)), [0, 1, 2, 3]);
        assert_eq!(day_marks(&days(28)), [1, 8, 15, 22]);
        assert_eq!(day_marks(&days(90)), [1, 15, 29, 43, 57, 71, 85]);
        assert_eq!(day_marks(&days(365)).len(), 12);
        assert_eq!(day_marks(&days(365))[1], 31);
    }
}

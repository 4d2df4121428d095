//! How many pieces buyers want: a rate a day, by weekday, season, promotion, age and luck.
//!
//! Knows nothing of stock: what is wanted while there is none is lost in `cycle`.

use super::item::{Item, roll};
use crate::moscow::{DAY, day_of};
use crate::random::hash;

/// Monday to Sunday; 1 on average.
const WEEKDAYS: [f64; 7] = [1.08, 1.02, 0.98, 0.97, 0.93, 0.96, 1.06];
/// The luckiest day and the luckiest week.
const LUCK: f64 = 1.45 * 1.25;
/// Promotions run a week of each four.
const PROMOTION_BLOCK: i64 = 28;
const PROMOTION_DAYS: i64 = 7;
/// The best that a promotion does.
const LIFT: f64 = 2.6;
/// The share of cards in a promotion.
const JOINED: f64 = 0.35;

impl Item {
    /// Pieces wanted on a Moscow day.
    pub(crate) fn rate(&self, day: i64) -> f64 {
        let weekday = usize::try_from((day + 3).rem_euclid(7)).unwrap_or(0);
        let luck = (0.55 + 0.9 * roll(self.key, 10, day))
            * (0.75 + 0.5 * roll(self.key, 11, (day + 3).div_euclid(7)));
        let lift = self.promotion(day).unwrap_or(1.0);
        self.base * WEEKDAYS[weekday] * self.season(day) * luck * lift * self.ramp(day)
    }

    /// What `rate` never exceeds between two days.
    pub(crate) fn ceiling(&self, from: i64, to: i64) -> f64 {
        let (_, swing) = self.card.subject.season;
        self.base * WEEKDAYS[0] * (1.0 + swing) * LUCK * self.best_promotion(from, to)
    }

    /// Pieces wanted in a time of average luck.
    #[expect(clippy::cast_precision_loss, reason = "days of a cycle")]
    pub(crate) fn expected(&self, from: i64, to: i64) -> f64 {
        let middle = i64::midpoint(from, to);
        self.base * self.season(middle) * (to - from) as f64 * 1.08
    }

    /// By how much a promotion lifts it on that day, when it takes part in one.
    pub(crate) fn promotion(&self, day: i64) -> Option<f64> {
        let block = day.div_euclid(PROMOTION_BLOCK);
        let start = (hash([0x9205, block.cast_unsigned()]) % 21).cast_signed();
        let running = (start..start + PROMOTION_DAYS).contains(&day.rem_euclid(PROMOTION_BLOCK));
        if running { self.joined(block) } else { None }
    }

    fn joined(&self, block: i64) -> Option<f64> {
        (roll(self.key, 12, block) < JOINED).then(|| 1.4 + (LIFT - 1.4) * roll(self.key, 13, block))
    }

    fn best_promotion(&self, from: i64, to: i64) -> f64 {
        (from.div_euclid(PROMOTION_BLOCK)..=to.div_euclid(PROMOTION_BLOCK))
            .filter_map(|block| self.joined(block))
            .fold(1.0, f64::max)
    }

    #[expect(clippy::cast_precision_loss, reason = "days of a year")]
    fn season(&self, day: i64) -> f64 {
        let (peak, swing) = self.card.subject.season;
        let turn = ((day as f64 - peak) / 365.2425).fract();
        1.0 + swing * (turn * std::f64::consts::TAU).cos()
    }

    /// A new card is found by and by.
    #[expect(clippy::cast_precision_loss, reason = "days since a birth")]
    fn ramp(&self, day: i64) -> f64 {
        let age = day - day_of(self.first_delivery);
        (0.4 + 0.6 * age.max(0) as f64 / 28.0).min(1.0)
    }
}

/// The moment of a day: few buy at night, most in the evening. Keeps the order of its argument,
/// which is in `0..1`.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "a fraction of a day"
)]
pub(crate) fn second_of_day(part: f64) -> i64 {
    // The share of orders before 0, 3, 6, 9, 12, 15, 18, 21 and 24 o'clock.
    const UNTIL: [f64; 9] = [0.0, 0.05, 0.08, 0.16, 0.30, 0.45, 0.61, 0.82, 1.0];
    let hour = UNTIL.windows(2).position(|ends| part < ends[1]).unwrap_or(7);
    let within = (part - UNTIL[hour]) / (UNTIL[hour + 1] - UNTIL[hour]);
    ((hour as f64 + within) * 3.0 * 3600.0).min((DAY - 1) as f64) as i64
}

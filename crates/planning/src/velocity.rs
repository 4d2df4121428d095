//! How fast a product sells on a day on which it can be bought. Never a float, never a guess below three such days.

use domain::product::VelocityInputs;

/// Days of the window of velocity: Ozon's own.
pub const WINDOW_DAYS: i64 = 28;

/// Fewer days with stock than this say nothing.
pub const FEWEST_DAYS_IN_STOCK: i64 = 3;

/// Velocity (formulas: units ordered / days with stock in the window), in thousandths of a unit a day, halves up.
///
/// `units` and `days_in_stock` must speak of the same days: see [`known_days`].
pub fn velocity(units: Option<i64>, days_in_stock: Option<i64>) -> VelocityInputs {
    let per_day_thousandths = match (units, days_in_stock) {
        (Some(units), Some(days)) if units >= 0 && days >= FEWEST_DAYS_IN_STOCK => {
            rounded(i128::from(units) * 1000, i128::from(days))
        }
        _ => None,
    };
    VelocityInputs { window_days: WINDOW_DAYS, units, days_in_stock, per_day_thousandths }
}

/// What velocity may be computed from: units ordered on the days whose closing stock is known, and how many of
/// these days ended with stock. Both slices hold the same days in the same order.
///
/// The marketplace tells orders of 90 days back, but stock only of now: on the fourth day after a shop was
/// connected, 28 days of orders over 4 days of stock would be seven times too fast.
///
/// A day that ended empty still counts its units: they were sold before it ran out.
pub fn known_days(closing: &[Option<i64>], ordered: &[Option<i64>]) -> (Option<i64>, Option<i64>) {
    let mut units = None;
    let mut days = None;
    for (closing, ordered) in closing.iter().zip(ordered) {
        let (Some(level), Some(count)) = (closing, ordered) else { continue };
        *units.get_or_insert(0) += count;
        *days.get_or_insert(0) += i64::from(*level > 0);
    }
    // One of the two may be known where the other is not: say so, instead of "both unknown".
    let units = units.or_else(|| ordered.iter().flatten().copied().reduce(|a, b| a + b));
    (units, days.or_else(|| crate::closing::days_in_stock(closing)))
}

/// `over / under` rounded to the nearest, halves up; `None` when it does not fit. Both are >= 0, `under` > 0.
pub(crate) fn rounded(over: i128, under: i128) -> Option<i64> {
    i64::try_from(over.saturating_mul(2).saturating_add(under) / (under * 2)).ok()
}

/// `over / under` rounded up, at most what fits. Both are >= 0, `under` > 0.
pub(crate) fn rounded_up(over: i128, under: i128) -> i64 {
    i64::try_from(over.saturating_add(under - 1) / under).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn it_divides_by_days_with_stock_not_by_days() {
        let inputs = velocity(Some(70), Some(14));
        assert_eq!(inputs.per_day_thousandths, Some(5000));
        assert_eq!(
            (inputs.window_days, inputs.units, inputs.days_in_stock),
            (28, Some(70), Some(14))
        );
    }

    #[test]
    fn halves_go_up_and_nothing_sold_is_zero() {
        assert_eq!(velocity(Some(1), Some(16)).per_day_thousandths, Some(63));
        assert_eq!(velocity(Some(0), Some(28)).per_day_thousandths, Some(0));
    }

    #[test]
    fn too_few_days_or_unknowns_give_no_number() {
        for (units, days) in
            [(Some(9), Some(2)), (None, Some(20)), (Some(9), None), (Some(-1), Some(9))]
        {
            assert_eq!(velocity(units, days).per_day_thousandths, None, "{units:?} {days:?}");
        }
    }

    #[test]
    fn orders_before_the_first_reading_of_stock_do_not_count() {
        let closing = [None, None, Some(5), Some(0), Some(3)];
        let ordered = [Some(100), Some(100), Some(1), Some(2), Some(4)];
        assert_eq!(known_days(&closing, &ordered), (Some(7), Some(2)));
        assert_eq!(known_days(&[None, None], &[Some(3), Some(4)]), (Some(7), None));
        assert_eq!(known_days(&[Some(3), Some(0)], &[None, None]), (None, Some(1)));
    }

    proptest! {
        #[test]
        fn the_number_is_within_half_a_thousandth(units in 0_i64..10_000_000, days in 3_i64..400) {
            let thousandths = velocity(Some(units), Some(days)).per_day_thousandths.unwrap();
            // |t/1000 - units/days| <= 1/2000, cleared of fractions.
            prop_assert!((2 * (thousandths * days - units * 1000)).abs() <= days);
        }

        #[test]
        fn no_input_makes_it_panic(units: i64, days: i64) {
            let _ = velocity(Some(units), Some(days));
        }
    }
}

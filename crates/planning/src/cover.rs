//! How long the stock lasts. "Not known" is a state with a reason, never 0.

use crate::velocity::rounded;
use domain::{
    demand::{Cover, UnknownReason},
    product::VelocityInputs,
};

/// Days of cover (formulas: available / velocity), in tenths, halves up.
///
/// Computed from the units and the days, not from the rounded velocity, so that what is shown can be
/// computed again from what is shown beside it. An empty shelf is out of stock whatever else is unknown.
pub fn cover(stock: Option<i64>, velocity: &VelocityInputs) -> Cover {
    let Some(stock) = stock else { return unknown(UnknownReason::NoStock) };
    if stock <= 0 {
        return Cover::OutOfStock;
    }
    let Some(units) = velocity.units else { return unknown(UnknownReason::NoOrders) };
    let (Some(_), Some(days)) = (velocity.per_day_thousandths, velocity.days_in_stock) else {
        return unknown(UnknownReason::TooFewDaysInStock);
    };
    if units == 0 {
        return Cover::Infinite;
    }
    let tenths =
        rounded((i128::from(stock) * i128::from(days)).saturating_mul(10), i128::from(units));
    Cover::Days { tenths: tenths.unwrap_or(i64::MAX) }
}

/// How long the stock of several lasts at what all of them sell: each with its pieces and its velocity in thousandths
/// of a unit a day. What is not known of one is not known of the whole.
pub fn cover_together(parts: &[(Option<i64>, Option<i64>)]) -> Cover {
    let Some(stock) = parts.iter().map(|(stock, _)| *stock).sum::<Option<i64>>() else {
        return unknown(UnknownReason::NoStock);
    };
    if stock <= 0 {
        return Cover::OutOfStock;
    }
    let Some(velocity) = parts.iter().map(|(_, velocity)| *velocity).sum::<Option<i64>>() else {
        return unknown(UnknownReason::TooFewDaysInStock);
    };
    if velocity <= 0 {
        return Cover::Infinite;
    }
    let tenths = rounded(i128::from(stock) * 10_000, i128::from(velocity));
    Cover::Days { tenths: tenths.unwrap_or(i64::MAX) }
}

const fn unknown(reason: UnknownReason) -> Cover {
    Cover::Unknown { reason }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::velocity::velocity;
    use proptest::prelude::*;

    #[test]
    fn stock_over_velocity() {
        assert_eq!(cover(Some(63), &velocity(Some(280), Some(28))), Cover::Days { tenths: 63 });
        assert_eq!(cover(Some(1), &velocity(Some(28_000), Some(28))), Cover::Days { tenths: 0 });
    }

    #[test]
    fn several_last_as_long_as_all_of_them_sell() {
        let of = |parts: &[(Option<i64>, Option<i64>)]| cover_together(parts);
        assert_eq!(
            of(&[(Some(40), Some(2_000)), (Some(0), Some(500))]),
            Cover::Days { tenths: 160 }
        );
        assert_eq!(of(&[(Some(0), Some(2_000)), (Some(0), None)]), Cover::OutOfStock);
        assert_eq!(of(&[(Some(4), Some(0)), (Some(1), Some(0))]), Cover::Infinite);
        assert_eq!(of(&[(Some(4), Some(1)), (None, Some(0))]), unknown(UnknownReason::NoStock));
        let unread = of(&[(Some(4), Some(1)), (Some(2), None)]);
        assert_eq!(unread, unknown(UnknownReason::TooFewDaysInStock));
    }

    #[test]
    fn each_unknown_says_why() {
        let sold = velocity(Some(5), Some(10));
        assert_eq!(cover(None, &sold), unknown(UnknownReason::NoStock));
        assert_eq!(cover(Some(5), &velocity(None, Some(10))), unknown(UnknownReason::NoOrders));
        assert_eq!(
            cover(Some(5), &velocity(Some(5), Some(2))),
            unknown(UnknownReason::TooFewDaysInStock)
        );
        assert_eq!(
            cover(Some(5), &velocity(Some(5), None)),
            unknown(UnknownReason::TooFewDaysInStock)
        );
    }

    #[test]
    fn nothing_left_and_nobody_buys() {
        assert_eq!(cover(Some(0), &velocity(None, None)), Cover::OutOfStock);
        assert_eq!(cover(Some(5), &velocity(Some(0), Some(28))), Cover::Infinite);
    }

    proptest! {
        #[test]
        fn within_half_a_tenth_of_the_naive_quotient(
            stock in 1_i64..1_000_000, units in 1_i64..1_000_000, days in 3_i64..29,
        ) {
            let Cover::Days { tenths } = cover(Some(stock), &velocity(Some(units), Some(days))) else {
                return Err(TestCaseError::fail("not a number of days"));
            };
            prop_assert!((2 * (tenths * units - stock * days * 10)).abs() <= units);
        }

        #[test]
        fn no_input_makes_it_panic(stock: i64, units: i64, days: i64) {
            let _ = cover(Some(stock), &velocity(Some(units), Some(days)));
        }
    }
}

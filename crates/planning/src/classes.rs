//! ABC by revenue, XYZ and the class of demand by how evenly a product sells. Never classes what is not known.

use domain::today::{Abc, DemandClass, Xyz};

/// The borders of ABC: the cumulative share of revenue in per cent at which A and B end.
const A_UNTIL: i128 = 80;
const B_UNTIL: i128 = 95;

/// Days of a bucket of XYZ.
pub const BUCKET_DAYS: usize = 7;
/// Buckets that are looked at: twelve weeks.
pub const BUCKETS: usize = 12;
/// Fewer usable buckets than this say nothing.
const FEWEST_BUCKETS: usize = 4;
/// A bucket with fewer days in stock than this is left out.
const FEWEST_DAYS_IN_STOCK: i128 = 3;

/// The class of each revenue (minor units), in the order given. `None` stays `None`.
///
/// From the largest down, a product is A while those before it made less than 80 % of the whole, B while less than
/// 95 %, C beyond; what made nothing is C. Equals share the class of the first of them.
pub fn abc(revenue: &[Option<i64>]) -> Vec<Option<Abc>> {
    let mut ranked: Vec<(usize, i128)> = revenue
        .iter()
        .enumerate()
        .filter_map(|(at, money)| Some((at, i128::from((*money)?.max(0)))))
        .collect();
    ranked.sort_by(|(a, left), (b, right)| right.cmp(left).then(a.cmp(b)));
    let whole: i128 = ranked.iter().map(|(_, money)| money).sum();
    let mut classes = vec![None; revenue.len()];
    let (mut before, mut last) = (0_i128, None);
    for (at, money) in ranked {
        let class = match last {
            Some((same, class)) if same == money => class,
            _ if money == 0 => Abc::C,
            _ if before * 100 < whole * A_UNTIL => Abc::A,
            _ if before * 100 < whole * B_UNTIL => Abc::B,
            _ => Abc::C,
        };
        if let Some(slot) = classes.get_mut(at) {
            *slot = Some(class);
        }
        last = Some((money, class));
        before += money;
    }
    classes
}

/// How evenly a product sells, by the coefficient of variation of its weekly demand: X up to 0.5, Y up to 1, Z above.
///
/// Both slices hold the same days, oldest first. A week's demand is what was ordered by a day with stock, times seven;
/// weeks with fewer than three such days are left out. `None`: fewer than four weeks are left, or nothing was sold.
pub fn xyz(closing: &[Option<i64>], ordered: &[Option<i64>]) -> Option<Xyz> {
    let weeks = weekly(closing, ordered)?;
    let (excess, whole) = unevenness(&weeks);
    Some(match excess {
        e if e.saturating_mul(4) <= whole => Xyz::X,
        e if e <= whole => Xyz::Y,
        _ => Xyz::Z,
    })
}

/// The class of demand by Syntetos and Boylan, over the same weeks: how many weeks there are to one with demand (1.32),
/// and how much the demand of those weeks differs (a squared coefficient of variation of 0.49).
pub fn demand_class(closing: &[Option<i64>], ordered: &[Option<i64>]) -> Option<DemandClass> {
    let weeks = weekly(closing, ordered)?;
    let with_demand: Vec<i128> = weeks.iter().copied().filter(|units| *units > 0).collect();
    let (all, some) = (i128::try_from(weeks.len()).ok()?, i128::try_from(with_demand.len()).ok()?);
    let (excess, whole) = unevenness(&with_demand);
    let is_rare = all * 100 >= some * 132;
    let is_uneven = excess.saturating_mul(100) >= whole.saturating_mul(49);
    Some(match (is_rare, is_uneven) {
        (false, false) => DemandClass::Smooth,
        (false, true) => DemandClass::Erratic,
        (true, false) => DemandClass::Intermittent,
        (true, true) => DemandClass::Lumpy,
    })
}

/// The demand of each week that can be used; `None`: too few weeks, or nothing was sold.
fn weekly(closing: &[Option<i64>], ordered: &[Option<i64>]) -> Option<Vec<i128>> {
    let mut weeks: Vec<i128> = Vec::with_capacity(BUCKETS);
    for (levels, units) in closing.chunks(BUCKET_DAYS).zip(ordered.chunks(BUCKET_DAYS)) {
        if levels.len() < BUCKET_DAYS {
            continue;
        }
        let (mut days, mut sold) = (0_i128, 0_i128);
        for (level, units) in levels.iter().zip(units) {
            let (Some(level), Some(units)) = (level, units) else { continue };
            days += i128::from(*level > 0);
            sold += i128::from((*units).max(0));
        }
        if days >= FEWEST_DAYS_IN_STOCK {
            weeks.push(sold * 7000 / days);
        }
    }
    (weeks.len() >= FEWEST_BUCKETS && weeks.iter().any(|units| *units > 0)).then_some(weeks)
}

/// A squared coefficient of variation as a fraction, CV² = n·Σx² / (Σx)² − 1: what stands over the line and below it.
fn unevenness(weeks: &[i128]) -> (i128, i128) {
    let count = i128::try_from(weeks.len()).unwrap_or(i128::MAX);
    let sum: i128 = weeks.iter().sum();
    let squares: i128 = weeks.iter().map(|x| x.saturating_mul(*x)).fold(0, i128::saturating_add);
    let whole = sum.saturating_mul(sum);
    (count.saturating_mul(squares).saturating_sub(whole), whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn abc_ends_at_eighty_and_ninety_five() {
        let revenue = [Some(5), Some(80), None, Some(10), Some(0), Some(5)];
        // 80 | 90 | 95: the two fives begin at 90, below 95.
        let (a, b, c) = (Some(Abc::A), Some(Abc::B), Some(Abc::C));
        let expected = [b, a, None, b, c, b];
        assert_eq!(abc(&revenue), expected);
        assert_eq!(abc(&[Some(0), Some(0)]), [Some(Abc::C), Some(Abc::C)]);
        assert_eq!(abc(&[Some(7)]), [Some(Abc::A)], "alone it is the whole");
        assert!(abc(&[]).is_empty());
    }

    fn weeks(sold: &[i64], stock: i64) -> (Vec<Option<i64>>, Vec<Option<i64>>) {
        let ordered =
            sold.iter().flat_map(|n| (0..7).map(move |day| Some(if day == 0 { *n } else { 0 })));
        (vec![Some(stock); sold.len() * 7], ordered.collect())
    }

    #[test]
    fn even_is_x_uneven_y_and_bursts_z() {
        let class = |sold: &[i64]| {
            let (closing, ordered) = weeks(sold, 9);
            xyz(&closing, &ordered)
        };
        assert_eq!(class(&[10, 10, 11, 9]), Some(Xyz::X));
        // Mean 10, deviation 5: exactly one half.
        assert_eq!(class(&[5, 15, 5, 15]), Some(Xyz::X));
        assert_eq!(class(&[4, 16, 4, 16]), Some(Xyz::Y));
        assert_eq!(class(&[0, 20, 0, 20]), Some(Xyz::Y));
        assert_eq!(class(&[0, 0, 0, 40]), Some(Xyz::Z));
        assert_eq!(class(&[0, 0, 0, 0]), None, "nothing was sold");
        assert_eq!(class(&[10, 10, 10]), None, "three weeks say nothing");
    }

    #[test]
    fn demand_is_rare_or_uneven_or_neither_or_both() {
        let class = |sold: &[i64]| {
            let (closing, ordered) = weeks(sold, 9);
            demand_class(&closing, &ordered)
        };
        assert_eq!(class(&[10, 12, 9, 11]), Some(DemandClass::Smooth));
        // Three weeks of four are 1.33.
        assert_eq!(class(&[10, 0, 9, 11]), Some(DemandClass::Intermittent));
        assert_eq!(class(&[1, 1, 1, 9]), Some(DemandClass::Erratic));
        assert_eq!(class(&[1, 0, 1, 90]), Some(DemandClass::Lumpy));
        // Mean 10, deviation 7: exactly 0.49.
        assert_eq!(class(&[3, 17, 3, 17]), Some(DemandClass::Erratic));
        assert_eq!(class(&[0, 0, 0, 40]), Some(DemandClass::Intermittent), "alone it is even");
        assert_eq!(class(&[0, 0, 0, 0]), None);
        assert_eq!(class(&[10, 10, 10]), None);
    }

    #[test]
    fn a_week_without_stock_is_left_out() {
        let (mut closing, ordered) = weeks(&[10, 10, 0, 10, 10], 9);
        for day in closing.iter_mut().skip(14).take(7) {
            *day = Some(0);
        }
        assert_eq!(xyz(&closing, &ordered), Some(Xyz::X));
    }

    proptest! {
        #[test]
        fn classes_follow_the_order_of_revenue(revenue in prop::collection::vec(0_i64..1000, 0..60)) {
            let known: Vec<_> = revenue.iter().copied().map(Some).collect();
            let classes = abc(&known);
            for (left, a) in revenue.iter().zip(&classes) {
                for (right, b) in revenue.iter().zip(&classes) {
                    prop_assert!(left < right || a <= b, "{left} {a:?} {right} {b:?}");
                }
            }
        }

        #[test]
        fn xyz_agrees_with_the_textbook(sold in prop::collection::vec(0_i64..500, 4..13)) {
            let (closing, ordered) = weeks(&sold, 1);
            #[expect(clippy::cast_precision_loss, reason = "small numbers")]
            let x: Vec<f64> = sold.iter().map(|n| *n as f64).collect();
            #[expect(clippy::cast_precision_loss, reason = "small numbers")]
            let n = x.len() as f64;
            let mean = x.iter().sum::<f64>() / n;
            let cv = (x.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n).sqrt() / mean;
            prop_assume!(mean > 0.0 && (cv - 0.5).abs() > 1e-9 && (cv - 1.0).abs() > 1e-9);
            let expected = if cv < 0.5 { Xyz::X } else if cv < 1.0 { Xyz::Y } else { Xyz::Z };
            prop_assert_eq!(xyz(&closing, &ordered), Some(expected));
        }

        #[test]
        fn no_input_makes_it_panic(level: i64, units: i64) {
            let _ = xyz(&[Some(level); 84], &[Some(units); 84]);
            let _ = abc(&[Some(level), Some(units)]);
        }
    }
}

//! What an empty shelf and a full one that nobody buys from cost. Units only: money needs a price, and profit a cost.

/// Units that were not ordered because there were none, by the velocity of the days with stock.
///
/// A day counts when it began and ended empty; what was ordered on it all the same is taken off. Capped: a product is
/// never said to have missed more than it sold in the same days, since nobody knows how long demand waits.
/// `None`: the velocity is not known (too few days with stock), hence nothing is lost that could be named.
pub fn lost_units(
    closing: &[Option<i64>],
    ordered: &[Option<i64>],
    per_day_thousandths: Option<i64>,
) -> Option<i64> {
    let rate = i128::from(per_day_thousandths?.max(0));
    let (mut lost, mut sold) = (0_i128, 0_i128);
    let mut began_empty = false;
    for (level, units) in closing.iter().zip(ordered) {
        let ended_empty = level.is_some_and(|level| level <= 0);
        let units = i128::from(units.unwrap_or(0).max(0)).saturating_mul(1000);
        if ended_empty && began_empty {
            lost = lost.saturating_add((rate - units).max(0));
        }
        if level.is_some() {
            sold = sold.saturating_add(units);
        }
        began_empty = ended_empty;
    }
    i64::try_from(lost.min(sold) / 1000).ok()
}

/// Pieces of a product that lies dead: in stock now and on every day of the window, and not one ordered. 0: it does
/// not. `None`: a day is not known.
pub fn dead_units(
    stock: Option<i64>,
    closing: &[Option<i64>],
    ordered: &[Option<i64>],
) -> Option<i64> {
    let stock = stock?;
    let is_sold = ordered.iter().flatten().any(|units| *units > 0);
    let was_empty = closing.iter().flatten().any(|level| *level <= 0);
    if stock <= 0 || is_sold || was_empty {
        return Some(0);
    }
    let is_known = closing.iter().chain(ordered).all(Option::is_some) && !closing.is_empty();
    is_known.then_some(stock)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn known(values: &[i64]) -> Vec<Option<i64>> {
        values.iter().copied().map(Some).collect()
    }

    #[test]
    fn days_that_began_and_ended_empty_cost_the_velocity() {
        // Sold 12 in four days, then nothing for three: the day it ran out does not count.
        let closing = known(&[9, 6, 3, 0, 0, 0, 0]);
        let ordered = known(&[3, 3, 3, 3, 0, 1, 0]);
        assert_eq!(lost_units(&closing, &ordered, Some(4000)), Some(4 + 3 + 4));
    }

    #[test]
    fn never_more_than_was_sold() {
        let closing = known(&[5, 5, 1, 0, 0, 0, 0, 0, 0]);
        let ordered = known(&[1, 1, 4, 1, 0, 0, 0, 0, 0]);
        assert_eq!(lost_units(&closing, &ordered, Some(2333)), Some(7));
    }

    #[test]
    fn unknown_days_and_velocities_lose_nothing() {
        assert_eq!(lost_units(&known(&[0, 0]), &known(&[0, 0]), None), None);
        assert_eq!(lost_units(&[None, Some(0), None], &[None, Some(3), None], Some(9000)), Some(0));
    }

    #[test]
    fn dead_is_in_stock_all_along_and_never_ordered() {
        let (full, none) = (known(&[4; 28]), known(&[0; 28]));
        assert_eq!(dead_units(Some(4), &full, &none), Some(4));
        assert_eq!(dead_units(Some(0), &full, &none), Some(0), "sold out is not dead");
        assert_eq!(dead_units(None, &full, &none), None);
        let mut one = none.clone();
        one[27] = Some(1);
        assert_eq!(dead_units(Some(4), &full, &one), Some(0));
        let mut young = full.clone();
        young[3] = None;
        assert_eq!(dead_units(Some(4), &young, &none), None, "too young to say");
        young[4] = Some(0);
        assert_eq!(dead_units(Some(4), &young, &none), Some(0), "it was out: that is known");
    }

    proptest! {
        #[test]
        fn lost_is_within_its_bounds(
            days in prop::collection::vec((0_i64..9, 0_i64..9), 0..40), rate in 0_i64..20_000,
        ) {
            let closing: Vec<_> = days.iter().map(|(level, _)| Some(*level)).collect();
            let ordered: Vec<_> = days.iter().map(|(_, units)| Some(*units)).collect();
            let lost = lost_units(&closing, &ordered, Some(rate)).unwrap();
            let empty = days.iter().filter(|(level, _)| *level == 0).count();
            prop_assert!(lost >= 0);
            prop_assert!(lost <= days.iter().map(|(_, units)| units).sum());
            prop_assert!(lost * 1000 <= rate * i64::try_from(empty).unwrap());
        }

        #[test]
        fn no_input_makes_it_panic(level: i64, units: i64, rate: i64) {
            let _ = lost_units(&[Some(level); 3], &[Some(units); 3], Some(rate));
            let _ = dead_units(Some(level), &[Some(level)], &[Some(units)]);
        }
    }
}

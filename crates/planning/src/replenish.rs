//! When to order and how much, from velocity and a stated lead time. Says nothing of service levels: until forecasts
//! are calibrated the buffer is days of demand, and nobody calls it a probability.

use crate::velocity::rounded_up;
use domain::today::PlanningRules;

/// What an order of one product must keep to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Packing {
    /// Pieces of a pack; an order is a whole number of packs.
    pub pack: i64,
    /// The fewest pieces that can be ordered.
    pub minimum: i64,
}

impl Default for Packing {
    fn default() -> Self {
        Self { pack: 1, minimum: 1 }
    }
}

/// Pieces to order today (formulas: order-up-to). 0: there is enough for now.
///
/// It is time once what is available lasts no longer than lead time and buffer together (the reorder point); then it
/// is filled up to lead time, review period and buffer. `available` is what can be sold; a shelf below nothing counts
/// as empty. `None`: the velocity is not known.
pub fn order_units(
    available: Option<i64>,
    per_day_thousandths: Option<i64>,
    rules: PlanningRules,
    packing: Packing,
) -> Option<i64> {
    let (available, rate) = (available?.max(0), per_day_thousandths?);
    let reorder_point = demand(rate, rules.lead_days.saturating_add(rules.buffer_days));
    if rate <= 0 || available > reorder_point {
        return Some(0);
    }
    let up_to = demand(rate, rules.protection_days());
    let wanted = up_to.saturating_sub(available);
    Some(if wanted <= 0 { 0 } else { packed(wanted, packing) })
}

/// Units expected to be ordered before a delivery that is ordered today can arrive, and that are not there.
pub fn units_at_risk(
    available: Option<i64>,
    per_day_thousandths: Option<i64>,
    rules: PlanningRules,
) -> Option<i64> {
    let (available, rate) = (available?.max(0), per_day_thousandths?);
    Some(demand(rate, rules.lead_days).saturating_sub(available).max(0))
}

/// Whole packs, at least the minimum.
pub fn packed(units: i64, packing: Packing) -> i64 {
    let pack = packing.pack.max(1);
    let units = units.max(packing.minimum);
    let rest = units % pack;
    if rest == 0 { units } else { units.saturating_add(pack - rest) }
}

/// Units of so many days, rounded up: half a piece can't be sold.
fn demand(per_day_thousandths: i64, days: i64) -> i64 {
    rounded_up(i128::from(per_day_thousandths.max(0)) * i128::from(days.max(0)), 1000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const RULES: PlanningRules = PlanningRules { lead_days: 14, review_days: 7, buffer_days: 7 };

    fn order(available: i64, rate: i64) -> Option<i64> {
        order_units(Some(available), Some(rate), RULES, Packing::default())
    }

    #[test]
    fn it_orders_below_the_reorder_point_and_up_to_the_level() {
        // Two a day: order at 42 pieces (21 days) and below, up to 56 (28 days).
        assert_eq!(order(43, 2000), Some(0));
        assert_eq!(order(42, 2000), Some(14));
        assert_eq!(order(0, 2000), Some(56));
        assert_eq!(order(-3, 2000), Some(56), "below nothing is nothing");
    }

    #[test]
    fn what_nobody_buys_is_not_ordered_and_the_unknown_is_not_guessed() {
        assert_eq!(order(0, 0), Some(0));
        assert_eq!(order_units(Some(5), None, RULES, Packing::default()), None);
        assert_eq!(order_units(None, Some(5), RULES, Packing::default()), None);
        assert_eq!(units_at_risk(Some(5), None, RULES), None);
    }

    #[test]
    fn packs_are_whole_and_the_minimum_is_kept() {
        let packing = Packing { pack: 12, minimum: 20 };
        for (units, expected) in [(1, 24), (20, 24), (24, 24), (25, 36)] {
            assert_eq!(packed(units, packing), expected, "{units}");
        }
        assert_eq!(order_units(Some(42), Some(2000), RULES, packing), Some(24));
        assert_eq!(packed(7, Packing { pack: 0, minimum: 0 }), 7, "no pack is a pack of one");
    }

    #[test]
    fn what_is_at_risk_is_what_the_lead_time_asks_and_the_shelf_has_not() {
        assert_eq!(units_at_risk(Some(10), Some(2000), RULES), Some(18));
        assert_eq!(units_at_risk(Some(28), Some(2000), RULES), Some(0));
        assert_eq!(units_at_risk(Some(0), Some(1), RULES), Some(1), "a part of a piece is one");
    }

    proptest! {
        #[test]
        fn an_order_never_leaves_less_than_the_level(
            available in 0_i64..10_000, rate in 1_i64..100_000, lead in 0_i64..90, review in 0_i64..30,
            buffer in 0_i64..30, pack in 1_i64..50, minimum in 0_i64..200,
        ) {
            let rules = PlanningRules { lead_days: lead, review_days: review, buffer_days: buffer };
            let order = order_units(Some(available), Some(rate), rules, Packing { pack, minimum }).unwrap();
            prop_assert_eq!(order % pack, 0);
            let after = i128::from(available + order) * 1000;
            let (point, level) = (lead + buffer, lead + review + buffer);
            if order > 0 {
                prop_assert!(order >= minimum);
                prop_assert!(after >= i128::from(rate) * i128::from(level));
            } else {
                prop_assert!(after >= i128::from(rate) * i128::from(point));
            }
        }

        #[test]
        fn no_input_makes_it_panic(available: i64, rate: i64, lead: i64, review: i64, buffer: i64, pack: i64, minimum: i64) {
            let rules = PlanningRules { lead_days: lead, review_days: review, buffer_days: buffer };
            let _ = order_units(Some(available), Some(rate), rules, Packing { pack, minimum });
            let _ = units_at_risk(Some(available), Some(rate), rules);
        }
    }
}

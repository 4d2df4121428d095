//! What holds for a product of what is said at several places. Never guesses: a number that nobody has said is none.

use domain::ordering::{Inherited, SettingScope, SettingValues};

/// One number of all places.
///
/// The nearest place that says it wins, whatever their order here; `usual` is what holds when nobody does.
pub fn inherited(
    layers: &[(SettingScope, SettingValues)],
    of: impl Fn(&SettingValues) -> Option<i64>,
    usual: Option<i64>,
) -> Inherited {
    let nearest = layers
        .iter()
        .filter_map(|(scope, values)| Some((*scope, of(values)?)))
        .max_by_key(|(scope, _)| *scope);
    match nearest {
        Some((scope, value)) => Inherited { value: Some(value), from: Some(scope) },
        None => Inherited { value: usual, from: None },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lead(days: Option<i64>) -> SettingValues {
        SettingValues { lead_days: days, ..SettingValues::default() }
    }

    #[test]
    fn the_nearest_place_wins_and_the_usual_is_last() {
        let layers = [
            (SettingScope::Product, lead(None)),
            (SettingScope::Tenant, lead(Some(30))),
            (SettingScope::Brand, lead(Some(10))),
            (SettingScope::Account, lead(Some(20))),
        ];
        let of = |values: &SettingValues| values.lead_days;
        let found = inherited(&layers, of, Some(14));
        assert_eq!(found, Inherited { value: Some(10), from: Some(SettingScope::Brand) });
        assert_eq!(
            inherited(&layers[..1], of, Some(14)),
            Inherited { value: Some(14), from: None }
        );
        assert_eq!(inherited(&[], |v| v.cost_minor, None), Inherited::default());
    }

    proptest! {
        /// What a place says of one number never changes another.
        #[test]
        fn numbers_are_inherited_apart(lead in prop::option::of(1_i64..365), pack in prop::option::of(1_i64..99)) {
            let values = SettingValues { lead_days: lead, pack, ..SettingValues::default() };
            let layers = [(SettingScope::Product, values)];
            prop_assert_eq!(inherited(&layers, |v| v.lead_days, Some(14)).value, lead.or(Some(14)));
            prop_assert_eq!(inherited(&layers, |v| v.pack, Some(1)).value, pack.or(Some(1)));
        }
    }
}

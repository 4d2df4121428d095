//! By which rules each product of a shop is ordered: the company's, unless the shop, the brand or the product itself
//! says otherwise.

use domain::{
    AccountId, ProductId,
    ordering::{SettingScope, SettingValues},
    today::PlanningRules,
};
use planning::{Packing, settings::inherited};
use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
};
use store::TenantTx;

/// What is said at each place that concerns a shop.
#[derive(Debug, Default)]
pub(super) struct Terms {
    rules: PlanningRules,
    /// The company's and the shop's.
    wide: Vec<(SettingScope, SettingValues)>,
    brands: HashMap<String, SettingValues>,
    products: HashMap<String, SettingValues>,
    /// Differs when anything that is said differs.
    pub(super) fingerprint: u64,
    /// Only when a brand says anything.
    brand_of: HashMap<ProductId, String>,
}

impl Terms {
    pub(super) async fn read(tx: &mut TenantTx, account: AccountId) -> Result<Self, store::Error> {
        let mut terms = Self { rules: tx.planning_rules().await?, ..Self::default() };
        let said = tx.all_settings().await?;
        // Told by its words, so that it is the same in every process: settled measures remember it.
        let mut hasher = DefaultHasher::new();
        format!("{:?} {said:?}", terms.rules).hash(&mut hasher);
        terms.fingerprint = hasher.finish();
        for (scope, target, values) in said {
            match scope {
                SettingScope::Tenant => terms.wide.push((scope, values)),
                SettingScope::Account if target == account.to_string() => {
                    terms.wide.push((scope, values));
                }
                SettingScope::Account => {}
                SettingScope::Brand => drop(terms.brands.insert(target, values)),
                SettingScope::Product => drop(terms.products.insert(target, values)),
            }
        }
        if !terms.brands.is_empty() {
            terms.brand_of = tx.brands_of(account).await?.into_iter().collect();
        }
        Ok(terms)
    }

    /// What a piece of a product costs; `None`: nobody has said.
    pub(super) fn cost(&self, product: ProductId) -> Option<i64> {
        inherited(&self.layers(product), |values| values.cost_minor, None).value
    }

    /// What is said of a product, from the widest to the nearest.
    fn layers(&self, product: ProductId) -> Vec<(SettingScope, SettingValues)> {
        let mut layers = self.wide.clone();
        let brand = self.brand_of.get(&product).and_then(|brand| self.brands.get(brand));
        layers.extend(brand.map(|values| (SettingScope::Brand, *values)));
        if !self.products.is_empty() {
            let own = self.products.get(&product.to_string());
            layers.extend(own.map(|values| (SettingScope::Product, *values)));
        }
        layers
    }

    /// What holds for a product.
    pub(super) fn of(&self, product: ProductId) -> (PlanningRules, Packing) {
        let layers = self.layers(product);
        let lead = inherited(&layers, |values| values.lead_days, None).value;
        let usual = Packing::default();
        let packing = Packing {
            pack: inherited(&layers, |values| values.pack, None).value.unwrap_or(usual.pack),
            minimum: inherited(&layers, |values| values.minimum, None)
                .value
                .unwrap_or(usual.minimum),
        };
        let lead_days = lead.unwrap_or(self.rules.lead_days);
        (PlanningRules { lead_days, ..self.rules }, packing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_place_wins() {
        let [cup, other]: [ProductId; 2] = [1, 2].map(|n| {
            format!("00000000-0000-7000-8000-00000000000{n}")
                .parse()
                .unwrap_or_else(|_| unreachable!())
        });
        let said = |lead_days, pack| SettingValues { lead_days, pack, ..SettingValues::default() };
        let terms = Terms {
            wide: vec![(SettingScope::Account, said(Some(20), Some(5)))],
            brands: HashMap::from([("Мята".to_owned(), said(Some(30), None))]),
            products: HashMap::from([(cup.to_string(), said(None, Some(12)))]),
            brand_of: HashMap::from([(cup, "Мята".to_owned())]),
            ..Terms::default()
        };
        let (rules, packing) = terms.of(cup);
        assert_eq!((rules.lead_days, rules.buffer_days, packing.pack), (30, 7, 12));
        let (rules, packing) = terms.of(other);
        assert_eq!((rules.lead_days, packing.pack, packing.minimum), (20, 5, 1));
        assert_eq!(Terms::default().of(cup), (PlanningRules::default(), Packing::default()));
    }
}

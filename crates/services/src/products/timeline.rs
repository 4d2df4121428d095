//! What a product's history shows beside its days: the price it was listed at, its stock by warehouse, and edits.

use crate::{Caller, audit::Action, days as calendar};
use chrono::NaiveDate;
use domain::{
    Marketplace, Permission,
    ordering::SettingScope,
    product::{EditKind, PlaceDays, ProductEdit},
};
use planning::{Window, closing_levels};
use serde_json::Value;
use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap, HashSet},
};
use store::{Deed, ListedProduct, PlaceDelta, Price, TenantTx};

/// Warehouses that are named; the others are one.
const NAMED: usize = 4;

/// The deeds that concern a product.
pub(super) const DEEDS: [&str; 3] = [
    Action::ProductSettingsChanged.as_str(),
    Action::NoteAdded.as_str(),
    Action::NoteDeleted.as_str(),
];

/// The lowest price of a product's sizes at the end of each day, after the seller's discount; the prices as
/// [`TenantTx::price_history`] has them.
pub(super) fn listed(
    prices: &[Price],
    marketplace: Marketplace,
    window: Window,
) -> Vec<Option<i64>> {
    let mut rest = prices.iter().rev().peekable();
    let mut of_size = HashMap::new();
    window
        .days()
        .map(|day| {
            let end =
                planning::day_starts_at(marketplace, calendar::date(calendar::number(day) + 1));
            while let Some(price) = rest.next_if(|price| price.since < end) {
                of_size.insert(price.offer_id, price.discounted_minor);
            }
            of_size.values().copied().min()
        })
        .collect()
}

/// A product's stock by warehouse over a window: the fullest of it by name, the others together.
pub(super) async fn places(
    tx: &mut TenantTx,
    product: &ListedProduct,
    known_from: Option<NaiveDate>,
    window: Window,
) -> Result<Vec<PlaceDays>, store::Error> {
    let id = product.summary.id;
    let now = tx.warehouse_stock(id).await?;
    let deltas = tx.place_deltas(id, calendar::number(window.first)).await?;
    let mut names: HashMap<_, _> =
        now.iter().map(|place| (place.warehouse_id, place.warehouse_name.clone())).collect();
    let current: HashMap<_, _> =
        now.iter().map(|place| (place.warehouse_id, place.quantity)).collect();
    let mut levels = by_place(&current, &deltas, known_from, window);
    levels.sort_by_key(|(place, stock)| (Reverse(stock.iter().flatten().sum::<i64>()), place.0));
    let unnamed: Vec<_> = levels
        .iter()
        .take(NAMED)
        .map(|(place, _)| *place)
        .filter(|p| !names.contains_key(p))
        .collect();
    names.extend(tx.place_names(&unnamed).await?);
    let rest = levels.split_off(levels.len().min(NAMED));
    let mut found: Vec<PlaceDays> = levels
        .into_iter()
        .map(|(place, stock)| PlaceDays {
            warehouse_id: Some(place),
            name: names.get(&place).cloned(),
            stock,
        })
        .collect();
    if let Some(others) = rest.into_iter().map(|(_, stock)| stock).reduce(|sum, stock| {
        sum.iter().zip(&stock).map(|(a, b)| a.zip(*b).map(|(a, b)| a + b)).collect()
    }) {
        found.push(PlaceDays { warehouse_id: None, name: None, stock: others });
    }
    Ok(found)
}

type Levels = (domain::WarehouseId, Vec<Option<i64>>);

/// The closing levels of each warehouse that held anything in a window.
fn by_place(
    current: &HashMap<domain::WarehouseId, i64>,
    deltas: &[PlaceDelta],
    known_from: Option<NaiveDate>,
    window: Window,
) -> Vec<Levels> {
    let mut of_place: HashMap<_, BTreeMap<NaiveDate, i64>> = HashMap::new();
    for (place, day, delta) in deltas {
        *of_place.entry(*place).or_default().entry(calendar::date(*day)).or_default() += delta;
    }
    let nothing = BTreeMap::new();
    let all: HashSet<_> = current.keys().chain(of_place.keys()).copied().collect();
    let length = usize::try_from(window.length()).unwrap_or_default();
    all.into_iter()
        .map(|place| {
            let now = Some(current.get(&place).copied().unwrap_or_default());
            let deltas = of_place.get(&place).unwrap_or(&nothing);
            (place, closing_levels(now, deltas, known_from, window.last, length))
        })
        .filter(|(_, stock)| stock.iter().flatten().any(|level| *level > 0))
        .collect()
}

/// The deeds that concern a product, oldest first, those of the window.
pub(super) fn edits(
    deeds: Vec<Deed>,
    caller: &Caller,
    product: &ListedProduct,
    window: Window,
) -> Vec<ProductEdit> {
    let mut found: Vec<ProductEdit> = deeds
        .into_iter()
        .filter_map(|deed| edit(&deed, caller.may(Permission::Costs), product))
        .filter(|edit| window.contains(edit.day))
        .collect();
    found.reverse();
    found
}

fn edit(deed: &Deed, sees_costs: bool, product: &ListedProduct) -> Option<ProductEdit> {
    let [terms, added, _] = DEEDS;
    let kind = match deed.action.as_str() {
        word if word == terms => EditKind::Terms,
        word if word == added => EditKind::NoteAdded,
        _ => EditKind::NoteDeleted,
    };
    let said = |name: &str| deed.details.get(name).and_then(Value::as_str);
    let scope = deed.details.get("scope").cloned();
    let scope: Option<SettingScope> = scope.and_then(|word| serde_json::from_value(word).ok());
    let summary = &product.summary;
    let concerns = said("product") == Some(summary.id.to_string().as_str())
        || match scope {
            Some(SettingScope::Tenant) => true,
            Some(SettingScope::Account) => said("target") == Some(&summary.account_id.to_string()),
            Some(SettingScope::Brand) => {
                summary.brand.is_some() && said("target") == summary.brand.as_deref()
            }
            Some(SettingScope::Product) | None => false,
        };
    if !concerns {
        return None;
    }
    let fields = deed.details.get("fields").and_then(Value::as_array).into_iter().flatten();
    let fields: Vec<String> = fields
        .filter_map(|field| Some(field.as_str()?.to_owned()))
        .filter(|field| sees_costs || field != "cost_minor")
        .collect();
    if kind == EditKind::Terms && fields.is_empty() {
        return None;
    }
    let day = planning::day_of(summary.marketplace, deed.at);
    Some(ProductEdit { at: deed.at, day, kind, scope, fields })
}

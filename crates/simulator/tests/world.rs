//! The world is what it says: the same for the same seed, and its stock and orders agree at every
//! moment.

#![allow(clippy::unwrap_used, reason = "tests")]

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use simulator::truth::{Level, Order};
use simulator::world::{Cause, ChangeError, Fate, World};
use simulator::{Clock, Settings, Simulator, WarehouseNames, Where};
use std::collections::{BTreeMap, HashMap};

fn now() -> DateTime<Utc> {
    "2026-11-01T09:00:00Z".parse().unwrap()
}

fn shop(seed: u64, skus: u32, warehouses: WarehouseNames) -> Simulator {
    let settings = Settings { seed, skus, warehouses, ..Settings::default() };
    Simulator::new(settings, Clock::fixed(now()))
}

fn quantities(levels: &[Level]) -> BTreeMap<(i64, i64), i64> {
    levels.iter().map(|level| ((level.chrt_id, level.warehouse.id), level.quantity)).collect()
}

fn everything(world: &World, at: DateTime<Utc>) -> String {
    let products: Vec<_> = world.all_products().collect();
    let levels: Vec<_> = world.levels(at).collect();
    let orders: Vec<_> = world.orders(at - TimeDelta::days(40), at).collect();
    format!("{products:?}{levels:?}{orders:?}")
}

#[test]
fn the_seed_decides_everything() {
    let (one, same) = (shop(7, 60, WarehouseNames::Named), shop(7, 60, WarehouseNames::Named));
    assert_eq!(everything(one.world(), now()), everything(same.world(), now()));
    let other = shop(8, 60, WarehouseNames::Named);
    assert_ne!(everything(one.world(), now()), everything(other.world(), now()));
}

#[test]
fn the_past_is_the_same_whenever_it_is_asked_for() {
    let shop = shop(7, 60, WarehouseNames::Named);
    let before = everything(shop.world(), now());
    shop.advance(TimeDelta::days(200));
    assert_eq!(everything(shop.world(), now()), before);
    let settings = Settings {
        seed: 7,
        skus: 60,
        warehouses: WarehouseNames::Named,
        watched_from: Some(now()),
        ..Settings::default()
    };
    let again = Simulator::new(settings, Clock::fixed(now() + TimeDelta::days(9)));
    assert_eq!(everything(again.world(), now()), before);
}

#[test]
fn a_world_is_a_handful_of_numbers() {
    // Nothing in it can grow but the list of changes made by hand.
    assert!(size_of::<World>() <= 160, "{}", size_of::<World>());
    let large = Settings { skus: 1_000_000, days: 3650, ..Settings::default() };
    let shop = Simulator::new(large, Clock::fixed(now()));
    let product = shop.world().products(now()).last().unwrap();
    assert!(!shop.world().levels_of(product.nm_id, now()).is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn stock_is_what_came_less_what_went(
        seed in 0_u64..20,
        card in 0_usize..205,
        back in 0_i64..390 * 86_400,
        span in 0_i64..60 * 86_400,
        named in any::<bool>(),
    ) {
        let names = if named { WarehouseNames::Named } else { WarehouseNames::Hidden };
        let shop = shop(seed, 200, names);
        let world = shop.world();
        let nm = world.all_products().nth(card).unwrap().nm_id;
        let from = now() - TimeDelta::seconds(back);
        let to = from + TimeDelta::seconds(span);
        let mut levels = quantities(&world.levels_of(nm, from));
        let after = from + TimeDelta::seconds(1);
        let changes = world.changes_of(nm, after, to);
        let mut taken = HashMap::new();
        let mut returned = HashMap::new();
        for change in &changes {
            let level = levels.get_mut(&(change.chrt_id, change.warehouse_id)).unwrap();
            *level += change.by;
            prop_assert_eq!(*level, change.quantity);
            prop_assert!(change.quantity >= 0);
            prop_assert!(change.cause != Cause::Order || change.by == -1);
            let counted = match change.cause {
                Cause::Order => &mut taken,
                Cause::Return => &mut returned,
                _ => continue,
            };
            *counted.entry((change.chrt_id, change.warehouse_id)).or_insert(0_i64) += 1;
        }
        let found = world.levels_of(nm, to);
        prop_assert_eq!(&levels, &quantities(&found));

        let orders = world.orders_of(nm, after, to + TimeDelta::seconds(1));
        prop_assert_eq!(&count(orders.iter()), &taken);
        let long_ago = world.orders_of(nm, from - TimeDelta::days(40), to + TimeDelta::seconds(1));
        let back = |order: &&Order| order.back_at.is_some_and(|at| after <= at && at <= to);
        prop_assert_eq!(&count(long_ago.iter().filter(back)), &returned);
        let on_the_way = |order: &&Order| order.ordered_at <= to && to < order.settled_at;
        let to_clients = count(long_ago.iter().filter(on_the_way));
        for level in &found {
            let key = (level.chrt_id, level.warehouse.id);
            let expected = to_clients.get(&key).copied().unwrap_or(0);
            prop_assert_eq!(level.in_way_to_client, expected);
            prop_assert!(level.in_way_from_client >= 0);
        }
    }

    #[test]
    fn orders_of_two_spans_are_those_of_both(
        card in 0_usize..205,
        back in 0_i64..390 * 86_400,
        first in 0_i64..40 * 86_400,
        second in 0_i64..40 * 86_400,
    ) {
        let shop = shop(3, 200, WarehouseNames::Hidden);
        let nm = shop.world().all_products().nth(card).unwrap().nm_id;
        let from = now() - TimeDelta::seconds(back);
        let middle = from + TimeDelta::seconds(first);
        let to = middle + TimeDelta::seconds(second);
        let mut orders = shop.world().orders_of(nm, from, middle);
        orders.extend(shop.world().orders_of(nm, middle, to));
        prop_assert_eq!(orders, shop.world().orders_of(nm, from, to));
    }
}

fn count<'a>(orders: impl Iterator<Item = &'a Order>) -> HashMap<(i64, i64), i64> {
    let mut counts = HashMap::new();
    for order in orders {
        *counts.entry((order.chrt_id, order.warehouse_id)).or_insert(0) += 1;
    }
    counts
}

#[test]
fn a_year_of_trade_is_plausible() {
    let shop = shop(1, 1000, WarehouseNames::Hidden);
    let world = shop.world();
    let opened = world.opened_at();
    assert_eq!(opened, now() - TimeDelta::days(365));
    let orders: Vec<Order> = world.orders(opened - TimeDelta::days(100), now()).collect();
    assert!(orders.iter().all(|order| order.ordered_at >= opened));
    let first = orders.iter().map(|order| order.ordered_at).min().unwrap();
    assert!(first < opened + TimeDelta::days(7), "{first}");

    let mut keys: Vec<&str> = orders.iter().map(|order| order.srid.as_str()).collect();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), orders.len(), "srids are unique");

    let recent = orders.iter().filter(|order| order.ordered_at >= now() - TimeDelta::days(90));
    #[expect(clippy::cast_precision_loss, reason = "thousands")]
    let daily = recent.count() as f64 / 90.0 / 1000.0;
    assert!((0.12..0.19).contains(&daily), "{daily} orders a day and card");

    let cancelled = orders.iter().filter(|order| order.cancelled_at.is_some()).count();
    let share = cancelled * 1000 / orders.len();
    assert!((65..95).contains(&share), "{share} of 1000 cancelled");
    for fate in [Fate::Bought, Fate::Cancelled, Fate::Refused, Fate::Returned] {
        assert!(orders.iter().any(|order| order.fate == fate), "{fate:?}");
    }

    let mut by_card: HashMap<i64, usize> = HashMap::new();
    for order in &orders {
        *by_card.entry(order.nm_id).or_default() += 1;
    }
    let mut sold: Vec<(usize, i64)> = by_card.iter().map(|(nm, count)| (*count, *nm)).collect();
    sold.sort_unstable_by(|one, other| other.cmp(one));
    let best: usize = sold.iter().take(100).map(|(count, _)| count).sum();
    assert!(best * 2 > orders.len(), "the best tenth sells more than half");
    let top = sold[0].0 / 365;
    assert!((5..=20).contains(&top), "{top} a day");

    // Best sellers run out for days, a few times a year.
    let (mut gaps, mut withdrawn, mut delivered) = (0, 0, 0);
    for (_, nm) in sold.iter().take(50) {
        gaps += days_without(world, *nm);
    }
    for (_, nm) in &sold {
        for change in world.changes_of(*nm, opened, now()) {
            match change.cause {
                Cause::Withdrawal => withdrawn -= change.by,
                Cause::Delivery => delivered += change.by,
                _ => {}
            }
        }
    }
    assert!((800..2500).contains(&gaps), "{gaps} days without stock of 50 best sellers");
    assert!(withdrawn * 8 < delivered, "{withdrawn} pieces of {delivered} were taken away");

    let dead = world.levels(now()).map(|level| level.quantity).sum::<i64>();
    assert!(dead > 5_000, "{dead} pieces");
}

fn days_without(world: &World, nm: i64) -> i64 {
    let mut days = 0;
    for back in 0..365 {
        let levels = world.levels_of(nm, now() - TimeDelta::days(back));
        if levels.iter().map(|level| level.quantity).sum::<i64>() == 0 {
            days += 1;
        }
    }
    days
}

#[test]
fn as_many_cards_are_listed_as_were_asked_for_and_a_few_lie_in_the_trash() {
    let shop = shop(1, 400, WarehouseNames::Named);
    assert_eq!(shop.world().products(now()).count(), 400);
    assert_eq!(shop.world().all_products().count(), 410);
    let trashed = shop
        .world()
        .all_products()
        .filter(|product| product.trashed_at.is_some_and(|at| at <= now()));
    let recent: usize = trashed
        .map(|product| {
            shop.world().orders_of(product.nm_id, now() - TimeDelta::days(90), now()).len()
        })
        .sum();
    assert!(recent > 0, "orders of cards in the trash");
    shop.advance(TimeDelta::days(365));
    let left = shop.world().products(shop.now()).count();
    assert!((330..400).contains(&left), "{left} left after a year");
}

#[test]
fn a_level_set_by_hand_stops_sales_until_the_next_delivery() {
    let shop = shop(5, 100, WarehouseNames::Named);
    let week = TimeDelta::days(7);
    let busiest = |product: &simulator::truth::Product| {
        shop.world().orders_of(product.nm_id, now() - week, now()).len()
    };
    let product = shop.world().products(now()).max_by_key(busiest).unwrap();
    let before = shop.world().orders_of(product.nm_id, now() - week, now());
    for size in &product.sizes {
        for warehouse in shop.world().warehouses() {
            let place = Where::Warehouse(warehouse.id);
            match shop.set_level(size.chrt_id, place, 0) {
                Ok(()) | Err(ChangeError::NotHeld(_)) => {}
                Err(other) => panic!("{other}"),
            }
        }
    }
    let levels = shop.world().levels_of(product.nm_id, now());
    assert!(levels.iter().all(|level| level.quantity == 0));
    assert_eq!(shop.world().orders_of(product.nm_id, now() - week, now()), before);
    let soon = now() + TimeDelta::seconds(1);
    let changes = shop.world().changes_of(product.nm_id, soon, now() + TimeDelta::days(60));
    let back = changes.iter().find(|change| change.by > 0).unwrap();
    assert!(matches!(back.cause, Cause::Delivery | Cause::Return));
    assert!(shop.world().orders_of(product.nm_id, soon, back.at).is_empty());

    let chrt = product.sizes[0].chrt_id;
    assert_eq!(shop.set_level(chrt, Where::Marketplace, -1), Err(ChangeError::Quantity(-1)));
    assert_eq!(shop.set_level(1, Where::Marketplace, 1), Err(ChangeError::UnknownSize(1)));
    assert_eq!(shop.trash(1), Err(ChangeError::UnknownCard(1)));
    shop.forget_changes();
    assert!(shop.world().levels_of(product.nm_id, now()).iter().any(|level| level.quantity > 0));
}

#[test]
fn a_card_put_into_the_trash_sells_no_more() {
    let shop = shop(5, 100, WarehouseNames::Hidden);
    let month = TimeDelta::days(30);
    let busiest = |nm: &i64| shop.world().orders_of(*nm, now() - month, now()).len();
    let nm = shop.world().products(now()).map(|product| product.nm_id).max_by_key(busiest).unwrap();
    shop.trash(nm).unwrap();
    assert!(shop.world().products(now()).all(|product| product.nm_id != nm));
    assert!(busiest(&nm) > 0, "what was ordered stays");
    shop.advance(month);
    assert!(shop.world().orders_of(nm, now() + TimeDelta::seconds(1), shop.now()).is_empty());
}

//! Compares what the services answer with what is really so in the simulated world.

use super::Shop;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::{Marketplace, ProductId};
use planning::day_of;
use std::collections::BTreeMap;

/// Every card, level and day of orders.
pub async fn compare(shop: &Shop) {
    let now = shop.simulator.now();
    let world = shop.simulator.world();
    let page = shop.listed().await;
    let truth: Vec<_> = world.products(now).collect();
    assert_eq!(page.total, i64::try_from(truth.len()).unwrap());
    let ids = shop.ids().await;
    for card in truth {
        let id = ids[&card.nm_id];
        let product =
            services::products::get(&shop.services, &shop.caller, id).await.unwrap().unwrap();
        assert_eq!(product.summary.product_name, card.title);
        assert_eq!(product.summary.seller_article, card.vendor_code);
        assert_eq!(product.summary.photo_url, card.photo_url);
        assert_eq!(product.offers.len(), card.sizes.len());
        let mut by_warehouse: BTreeMap<i64, [i64; 3]> = BTreeMap::new();
        for level in world.levels_of(card.nm_id, now) {
            let sums = by_warehouse.entry(level.warehouse.id).or_default();
            sums[0] += level.quantity;
            // Of the seller's own warehouses the marketplace tells no transit.
            if !level.warehouse.seller {
                sums[1] += level.in_way_to_client;
                sums[2] += level.in_way_from_client;
            }
        }
        let mut expected: Vec<[i64; 3]> = by_warehouse.into_values().collect();
        expected.retain(|sums| *sums != [0; 3]);
        expected.sort_unstable();
        let mut told: Vec<[i64; 3]> = product
            .warehouse_data
            .iter()
            .map(|w| [w.quantity, w.in_way_to_client, w.in_way_from_client])
            .collect();
        told.retain(|sums| *sums != [0; 3]);
        told.sort_unstable();
        assert_eq!(told, expected, "{}", card.nm_id);
        let sum = |at: usize| Some(expected.iter().map(|sums| sums[at]).sum::<i64>());
        assert_eq!(product.summary.total_stock, sum(0));
        assert_eq!(product.summary.in_way_to_client, sum(1));
        assert_eq!(product.summary.in_way_from_client, sum(2));
        assert_eq!(product.summary.stock_28.last().copied().flatten(), sum(0));
        orders(shop, id, card.nm_id, now).await;
        sales(shop, id, card.nm_id, now).await;
        prices(shop, id, card.nm_id, now).await;
    }
}

async fn orders(shop: &Shop, id: domain::ProductId, nm_id: i64, now: DateTime<Utc>) {
    let history = services::products::history(&shop.services, &shop.caller, id, 100, None)
        .await
        .unwrap()
        .unwrap();
    let mut truth: BTreeMap<NaiveDate, [i64; 3]> = BTreeMap::new();
    let from = now - TimeDelta::days(120);
    for order in shop.simulator.world().orders_of(nm_id, from, now) {
        if order.visible_at > now {
            continue;
        }
        let day = truth.entry(day_of(Marketplace::Wildberries, order.ordered_at)).or_default();
        if order.cancelled_at.is_some_and(|at| at <= now) {
            day[1] += 1;
        } else {
            day[0] += 1;
            day[2] += order.finished_price_minor;
        }
    }
    let mut known = 0;
    let mut totals = [0; 3];
    for day in &history.days {
        let [ordered, cancelled, revenue] = truth.get(&day.day).copied().unwrap_or_default();
        if day.ordered.is_none() {
            continue;
        }
        known += 1;
        assert_eq!(
            (day.ordered, day.cancelled, day.revenue_minor),
            (Some(ordered), Some(cancelled), Some(revenue)),
            "{nm_id} {}",
            day.day
        );
        totals[0] += ordered;
    }
    assert!((89..=100).contains(&known), "{known} days");
    assert_eq!(history.currency, "RUB");
    let product = services::products::get(&shop.services, &shop.caller, id).await.unwrap().unwrap();
    let last = |days: usize| {
        let days = history.days.iter().rev().skip(1).take(days);
        Some(days.filter_map(|day| day.ordered).sum::<i64>())
    };
    assert_eq!(product.summary.orders_7, last(7));
    assert_eq!(product.summary.orders_28, last(28));
}

/// Every day's sales and returns, with what was paid for them as far as it is told.
async fn sales(shop: &Shop, id: ProductId, nm_id: i64, now: DateTime<Utc>) {
    let mut truth: BTreeMap<i64, [i64; 4]> = BTreeMap::new();
    // The report reaches back 90 days; on the day where it begins some of the sales are older.
    let from = now - TimeDelta::days(89);
    let first = day_number(from) + 1;
    for sale in shop.simulator.world().sales_of(nm_id, from, now + TimeDelta::seconds(1)) {
        let day = truth.entry(day_number(sale.at)).or_default();
        let at = usize::from(sale.is_return);
        day[at] += 1;
        if sale.told_at <= now {
            day[2 + at] += sale.finished_price_minor;
        }
    }
    truth.retain(|day, _| *day >= first);
    let mut tx = shop.services.store.read(&shop.caller).await.unwrap();
    let told: BTreeMap<i64, [i64; 4]> = tx
        .day_sales(id, first)
        .await
        .unwrap()
        .into_iter()
        .map(|day| (day.day, [day.sold, day.returned, day.sold_minor, day.returned_minor]))
        .filter(|(_, sums)| *sums != [0; 4])
        .collect();
    assert_eq!(told, truth, "{nm_id}");
}

fn day_number(moment: DateTime<Utc>) -> i64 {
    (day_of(Marketplace::Wildberries, moment) - NaiveDate::default()).num_days()
}

/// Each size's price of now.
async fn prices(shop: &Shop, id: ProductId, nm_id: i64, now: DateTime<Utc>) {
    let mut tx = shop.services.store.read(&shop.caller).await.unwrap();
    let offers = tx.offers(id, true).await.unwrap();
    let prices = tx.prices_of(id).await.unwrap();
    let told: BTreeMap<i64, [i64; 3]> = prices
        .iter()
        .map(|price| {
            let offer = offers.iter().find(|offer| offer.id == price.offer_id).unwrap();
            let number = offer.marketplace_offer.parse().unwrap();
            let discount = price.discount_percent.unwrap();
            (number, [price.price_minor, discount, price.discounted_minor])
        })
        .collect();
    let truth: BTreeMap<i64, [i64; 3]> = shop
        .simulator
        .world()
        .prices_of(nm_id, now)
        .into_iter()
        .map(|price| (price.chrt_id, [price.full_minor, price.discount, price.discounted_minor]))
        .collect();
    assert_eq!(told, truth, "{nm_id}");
}

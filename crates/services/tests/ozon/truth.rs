//! Compares what the services and the store answer with what is really so on the simulated Ozon.

use crate::shop::Shop;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::{Marketplace, ProductId, product::StockSource};
use planning::day_of;
use services::testing::noon;
use simulator::ozon::{Scheme, truth::OzonPosting};
use std::collections::{BTreeMap, HashMap};

/// Every product, level, price and day.
pub async fn compare(shop: &Shop) {
    let now = shop.simulator.now();
    let truth = shop.simulator.ozon();
    let ids = shop.ids().await;
    let products: Vec<_> = truth.products(now).collect();
    assert_eq!(ids.len(), products.len(), "all that is not in the archive, and nothing else");
    // The past is read once, when the shop is connected.
    let postings = truth.postings(noon() - TimeDelta::days(90), now, now);
    assert!(!postings.is_empty());
    let mut levels: BTreeMap<i64, Vec<(String, StockSource, i64)>> = BTreeMap::new();
    for level in truth.levels(now) {
        let source = match level.warehouse.scheme {
            Scheme::Fbo => StockSource::Marketplace,
            Scheme::Fbs | Scheme::Rfbs => StockSource::Seller,
        };
        let place = (level.warehouse.name.to_owned(), source, level.free());
        levels.entry(level.sku).or_default().push(place);
    }
    let prices: HashMap<i64, _> = truth.prices(now).map(|price| (price.sku, price)).collect();
    for product in products {
        let id = ids[&product.product_id];
        let found =
            services::products::get(&shop.services, &shop.caller, id).await.unwrap().unwrap();
        assert_eq!(found.summary.marketplace, Marketplace::Ozon);
        assert_eq!(found.summary.product_name, product.name);
        assert_eq!(found.summary.seller_article, product.offer_id);
        assert_eq!(found.summary.brand.as_deref(), Some(product.brand));
        assert!(found.summary.photo_url.is_some_and(|url| url.starts_with("https://")));
        let offers: Vec<_> =
            found.offers.iter().map(|o| (o.marketplace_offer.clone(), &o.barcodes)).collect();
        assert_eq!(offers, [(product.sku.to_string(), &product.barcodes)]);

        let mut expected = levels.remove(&product.sku).unwrap_or_default();
        expected.retain(|(.., pieces)| *pieces > 0);
        expected.sort_by(|a, b| a.0.cmp(&b.0));
        let mut told: Vec<_> = found
            .warehouse_data
            .iter()
            .filter(|w| w.quantity > 0)
            .map(|w| (w.warehouse_name.clone(), w.source, w.quantity))
            .collect();
        told.sort_by(|a, b| a.0.cmp(&b.0));
        assert_eq!(told, expected, "{}", product.sku);
        let sum = expected.iter().map(|(.., pieces)| pieces).sum::<i64>();
        assert_eq!(found.summary.total_stock, Some(sum));
        assert_eq!(found.summary.in_way_to_client, None, "Ozon does not tell");

        let price = prices[&product.sku];
        let mut tx = shop.services.store.read(&shop.caller).await.unwrap();
        let stored = tx.prices_of(id).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(stored.len(), 1);
        assert_eq!(stored[0].price_minor, price.old_price_minor.max(price.price_minor));
        days(shop, id, product.sku, &postings, now).await;
    }
}

#[derive(Default, PartialEq, Eq, Debug, Clone, Copy)]
struct Day {
    ordered: i64,
    cancelled: i64,
    revenue_minor: i64,
}

async fn days(shop: &Shop, id: ProductId, sku: i64, postings: &[OzonPosting], now: DateTime<Utc>) {
    let mut truth: BTreeMap<NaiveDate, Day> = BTreeMap::new();
    let mut delivered = 0;
    for posting in postings {
        for line in posting.lines.iter().filter(|line| line.sku == sku) {
            let day = truth.entry(day_of(Marketplace::Ozon, posting.created_at)).or_default();
            if posting.cancelled_at.is_some() {
                day.cancelled += line.quantity;
            } else {
                day.ordered += line.quantity;
                day.revenue_minor += line.quantity * line.price_minor;
            }
            if posting.status == "delivered" {
                delivered += line.quantity;
            }
        }
    }
    let history = services::products::history(&shop.services, &shop.caller, id, 100, None)
        .await
        .unwrap()
        .unwrap();
    let first = day_of(Marketplace::Ozon, now - TimeDelta::days(89));
    for day in history.days.iter().filter(|day| day.day >= first) {
        let told = Day {
            ordered: day.ordered.unwrap(),
            cancelled: day.cancelled.unwrap(),
            revenue_minor: day.revenue_minor.unwrap(),
        };
        assert_eq!(told, truth.get(&day.day).copied().unwrap_or_default(), "{sku} {}", day.day);
    }
    let product = services::products::get(&shop.services, &shop.caller, id).await.unwrap().unwrap();
    let last = |days: usize| {
        let days = history.days.iter().rev().skip(1).take(days);
        Some(days.filter_map(|day| day.ordered).sum::<i64>())
    };
    assert_eq!((product.summary.orders_7, product.summary.orders_28), (last(7), last(28)));

    let mut tx = shop.services.store.read(&shop.caller).await.unwrap();
    let sold = tx.day_sales(id, 0).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(sold.iter().map(|day| day.sold).sum::<i64>(), delivered, "{sku}");
}

/// Pieces that were sold and came back, of the whole shop.
pub async fn returned(shop: &Shop) -> i64 {
    let mut sum = 0;
    let ids = shop.ids().await;
    let mut tx = shop.services.store.read(&shop.caller).await.unwrap();
    for id in ids.values() {
        sum += tx.day_sales(*id, 0).await.unwrap().iter().map(|day| day.returned).sum::<i64>();
    }
    tx.commit().await.unwrap();
    sum
}

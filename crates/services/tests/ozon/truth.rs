//! Compares what the services and the store answer with what is really so on the simulated Ozon.

use crate::shop::Shop;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::{Marketplace, ProductId, product::StockSource, sync::StepKind};
use planning::day_of;
use services::store::FreshnessRow;
use simulator::ozon::{
    Scheme,
    truth::{OzonLevel, OzonPosting},
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Every product, level, price, day, figure, delivery and return.
pub async fn compare(shop: &Shop) {
    let now = shop.simulator.now();
    let freshness = freshness(shop).await;
    let since = |kind| freshness.iter().find(|row| row.step == kind)?.first_as_of;
    let truth = shop.simulator.ozon();
    let ids = shop.ids().await;
    let products: Vec<_> = truth.products(now).collect();
    assert_eq!(ids.len(), products.len(), "all that is not in the archive, and nothing else");
    // So far back the first reading went.
    let orders_since = since(StepKind::Orders).unwrap_or(now);
    let postings = truth.postings(orders_since, now, now);
    assert_eq!(postings.is_empty(), orders_since == now);
    sold(shop, &postings, orders_since).await;
    came_back(shop, since(StepKind::Returns).unwrap_or(now), now).await;
    let figures = freshness.iter().find(|row| row.step == StepKind::Figures);
    let all_levels: Vec<OzonLevel> = truth.levels(now).collect();
    let mut levels: BTreeMap<i64, Vec<(String, StockSource, i64)>> = BTreeMap::new();
    for level in &all_levels {
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
        assert_eq!(stored[0].discounted_minor, price.price_minor);
        if let Some(row) = figures {
            let own: Vec<&OzonLevel> = all_levels
                .iter()
                .filter(|level| level.sku == product.sku)
                .filter(|level| level.warehouse.scheme == Scheme::Fbo)
                .collect();
            own_figures(shop, id, product.sku, &own, row).await;
        }
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
    for posting in postings {
        for line in posting.lines.iter().filter(|line| line.sku == sku) {
            let day = truth.entry(day_of(Marketplace::Ozon, posting.created_at)).or_default();
            if posting.cancelled_at.is_some() {
                day.cancelled += line.quantity;
            } else {
                day.ordered += line.quantity;
                day.revenue_minor += line.quantity * line.price_minor;
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
}

async fn freshness(shop: &Shop) -> Vec<FreshnessRow> {
    let mut tx = shop.services.store.read(&shop.caller).await.unwrap();
    let rows = tx.freshness(shop.account().await.id).await.unwrap();
    tx.commit().await.unwrap();
    rows
}

/// Ozon's own figures, as it tells them at the moment of the last reading.
async fn own_figures(
    shop: &Shop,
    id: ProductId,
    sku: i64,
    levels: &[&OzonLevel],
    told: &FreshnessRow,
) {
    const OF_STOCK: [&str; 6] =
        ["ads_28", "available", "idc", "from_buyers", "in_supply", "requested"];
    let mut tx = shop.services.store.read(&shop.caller).await.unwrap();
    let figures = tx.figures(id).await.unwrap();
    tx.commit().await.unwrap();
    let (Some(as_of), None) = (told.as_of, &told.problem) else { return };
    let kept: BTreeMap<&str, _> = figures.iter().map(|f| (f.name.as_str(), f)).collect();
    let of_stock = figures.iter().filter(|figure| OF_STOCK.contains(&figure.name.as_str()));
    assert!(of_stock.clone().all(|figure| figure.as_of >= as_of), "{sku}: told no more {kept:?}");
    if as_of != shop.simulator.now() {
        return;
    }
    let truth = shop.simulator.ozon().measures(sku, as_of).unwrap();
    let sum = |of: fn(&OzonLevel) -> i64| levels.iter().map(|level| of(level)).sum::<i64>();
    let thousandths = |number: f64| format!("{:.0}", number * 1000.0).parse::<i64>().unwrap();
    let mut expected: BTreeMap<&str, i64> = BTreeMap::new();
    // Of what never lay at its warehouses Ozon tells nothing.
    if !levels.is_empty() {
        expected.extend([
            ("ads_28", thousandths(truth.ads)),
            ("available", truth.stock),
            ("idc", thousandths(truth.idc)),
            ("from_buyers", sum(|level| level.returning)),
            ("in_supply", sum(|level| level.transit)),
            ("requested", sum(|level| level.requested)),
        ]);
        let grade = kept.get("turnover_grade").and_then(|grade| grade.word.as_deref());
        assert_eq!(grade, Some(truth.grade), "{sku}");
    }
    let told: BTreeMap<&str, i64> =
        of_stock.map(|figure| (figure.name.as_str(), figure.value.unwrap())).collect();
    assert_eq!(told, expected, "{sku}");
}

/// What reached its buyer, line by line, and nothing that did not.
async fn sold(shop: &Shop, postings: &[OzonPosting], since: DateTime<Utc>) {
    let (listed, first) = (listed(shop), first_sure(shop, since));
    let whole = postings.iter().filter(|one| one.created_at >= first);
    let lines: Vec<(String, bool)> = whole
        .flat_map(|one| one.lines.iter().map(move |line| (one, line)))
        .filter(|(_, line)| listed.contains(&line.sku))
        .map(|(one, line)| {
            (format!("{}/{}", one.posting_number, line.sku), one.status == "delivered")
        })
        .collect();
    known(shop, &lines).await;
}

/// What its buyer had and brought back; what was refused at the door was never sold.
async fn came_back(shop: &Shop, since: DateTime<Utc>, now: DateTime<Utc>) {
    let (listed, first) = (listed(shop), first_sure(shop, since));
    let all = shop.simulator.ozon().returns(now - TimeDelta::days(200), now, now);
    let rows: Vec<(String, bool)> = all
        .iter()
        .filter(|one| one.back_at.unwrap_or(one.set_out_at) >= first)
        .filter(|one| listed.contains(&one.sku))
        .map(|one| (format!("return/{}", one.id), one.kind == "ClientReturn"))
        .collect();
    known(shop, &rows).await;
}

/// On the day where the first reading began some rows belong to the time before; and what it left out may have been too
/// old to be asked for when the next one came.
fn first_sure(shop: &Shop, since: DateTime<Utc>) -> DateTime<Utc> {
    (since + TimeDelta::days(1)).max(shop.simulator.now() - TimeDelta::days(88))
}

fn listed(shop: &Shop) -> BTreeSet<i64> {
    shop.simulator.ozon().products(shop.simulator.now()).map(|product| product.sku).collect()
}

/// Of each key whether it is stored among what was sold and came back.
async fn known(shop: &Shop, keys: &[(String, bool)]) {
    let mut tx = shop.services.store.read(&shop.caller).await.unwrap();
    let account = shop.account().await.id;
    let known = tx.known_sales(account, keys.iter().map(|(key, _)| key.as_str())).await.unwrap();
    tx.commit().await.unwrap();
    let wrong: Vec<_> = keys.iter().filter(|(key, is)| known.contains(key) != *is).collect();
    assert!(wrong.is_empty(), "{} of {}: {wrong:?}", wrong.len(), keys.len());
}

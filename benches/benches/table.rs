//! The product table at a size: filters, orders, pages far down and searches, each as the service answers it, with the
//! median and the 95th percentile; on each engine.
//!
//! `cargo bench -p benches --bench table -- [products] [times]`; PostgreSQL is measured if `TEST_POSTGRES_URL` names a
//! cluster.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a benchmark that fails has no result"
)]

mod served;

use domain::{
    OfferId, ProductId, WarehouseId,
    catalogue::{ProductFilter, SortKey, StockState},
    demand::Grade,
    observed::{ObservedOffer, ObservedProduct, ObservedWarehouse},
    product::{ProductQuery, StockSource},
    sync::StepKind,
};
use services::{Caller, Services, testing::parts};
use std::time::{Duration, Instant};
use store::{
    FreshnessRow, INFINITE_COVER, LevelChange, Measures, NewProduct, PastChange, Pieces,
    testing::TestStore,
};

const THINGS: [&str; 12] = [
    "Кружка",
    "Тарелка",
    "Ложка",
    "Чайник",
    "Свеча",
    "Плед",
    "Фартук",
    "Ваза",
    "Скатерть",
    "Поднос",
    "Салфетка",
    "Абажур",
];
const LOOKS: [&str; 10] = [
    "керамическая",
    "синяя",
    "льняная",
    "большая",
    "детская",
    "стальная",
    "зимняя",
    "подарочная",
    "белая",
    "складная",
];

#[tokio::main]
async fn main() {
    let arguments: Vec<i64> =
        std::env::args().skip(1).filter_map(|text| text.parse().ok()).collect();
    let products = arguments.first().copied().unwrap_or(1_000_000);
    let times = usize::try_from(arguments.get(1).copied().unwrap_or(100)).unwrap();
    println!("{products} products, {times} times each");
    measure("SQLite", TestStore::sqlite().await, products, times).await;
    if std::env::var_os("TEST_POSTGRES_URL").is_some() {
        measure("PostgreSQL", TestStore::postgres().await, products, times).await;
    } else {
        println!("TEST_POSTGRES_URL is not set: PostgreSQL is left out");
    }
}

async fn measure(engine: &str, test: TestStore, products: i64, times: usize) {
    outbound::install_crypto_provider();
    let services = Services::new(parts(&test));
    let person = served::register(&services).await;
    let begun = Instant::now();
    fill(&services, &person.caller, products).await;
    println!("{engine}: filled in {:.1} s", begun.elapsed().as_secs_f64());
    test.analyze().await;
    let mut all: Vec<Duration> = Vec::new();
    for (name, query) in cases() {
        let pages = pages(&services, &person.caller, &query, 6).await;
        let mut seen: Vec<Duration> = Vec::new();
        for at in 0..times {
            let query = &pages[at % pages.len()];
            let begun = Instant::now();
            services::products::list(&services, &person.caller, query).await.unwrap();
            seen.push(begun.elapsed());
        }
        seen.sort_unstable();
        println!(
            "{engine:10} {name:44} p50 {:>7.1} ms  p95 {:>7.1} ms",
            ms(seen[times / 2]),
            ms(seen[times * 95 / 100])
        );
        all.extend(seen);
    }
    all.sort_unstable();
    println!("{engine:10} all of them: p95 {:.1} ms", ms(all[all.len() * 95 / 100]));
    test.store.close().await;
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// The question's first pages, each by its cursor.
async fn pages(
    services: &Services,
    caller: &Caller,
    query: &ProductQuery,
    count: usize,
) -> Vec<ProductQuery> {
    let mut pages = vec![query.clone()];
    while pages.len() < count {
        let page =
            services::products::list(services, caller, &pages[pages.len() - 1]).await.unwrap();
        let Some(cursor) = page.next_cursor else { break };
        pages.push(ProductQuery { cursor: Some(cursor), ..query.clone() });
    }
    pages
}

fn cases() -> Vec<(&'static str, ProductQuery)> {
    let sorted =
        |sort: &str| ProductQuery { sort: SortKey::read(sort).unwrap(), ..ProductQuery::default() };
    let filtered = |sort: &str, filter: ProductFilter| ProductQuery { filter, ..sorted(sort) };
    let searched = |text: &str| ProductQuery { search: Some(text.into()), ..sorted("-orders_28") };
    let none = ProductFilter::default;
    vec![
        ("all, best sellers", sorted("-orders_28")),
        ("all, by title", sorted("product_name")),
        ("all, by cover and stock", sorted("cover,-stock")),
        (
            "a brand",
            filtered("-orders_28", ProductFilter { brand: vec!["Бренд 7".into()], ..none() }),
        ),
        (
            "two brands, in stock, by cover",
            filtered(
                "cover",
                ProductFilter {
                    brand: vec!["Бренд 7".into(), "Бренд 8".into()],
                    stock: Some(StockState::Has),
                    ..none()
                },
            ),
        ),
        (
            "out of stock, best sellers",
            filtered("-orders_28", ProductFilter { stock: Some(StockState::Out), ..none() }),
        ),
        (
            "deficit, by cover",
            filtered("cover", ProductFilter { grade: vec![Grade::Deficit], ..none() }),
        ),
        (
            "cover of 7 to 14 days, by stock",
            filtered("-stock", ProductFilter { cover_from: Some(7), cover_to: Some(14), ..none() }),
        ),
        (
            "a category, no sales, by title",
            filtered(
                "product_name",
                ProductFilter {
                    subject: vec!["Категория 3".into()],
                    grade: vec![Grade::NoSales],
                    ..none()
                },
            ),
        ),
        ("search: an article", searched("КР-777123")),
        ("search: a barcode", searched("4600000777123")),
        ("search: the wrong layout and a number", searched("rhe;rf 7771")),
        ("search: two words", searched("кружка синяя")),
        ("search: transliterated", searched("chaynik lnyanaya")),
        ("search: a brand's number", searched("бренд 17")),
    ]
}

/// A number that looks like chance and is the same each time.
const fn mixed(number: i64, salt: i64) -> i64 {
    let x = number
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(salt * 1_442_695_040_888_963_407);
    ((x >> 33) ^ (x >> 17)) & 0xffff_ffff
}

/// Cards of 300 brands and 60 categories; a third of them sells, a tenth is out of stock.
async fn fill(services: &Services, caller: &Caller, products: i64) {
    let now = services.clock.now();
    let today = now.timestamp() / 86_400;
    let mut tx = services.store.write(caller).await.unwrap();
    let account = tx.accounts().await.unwrap()[0].id;
    let warehouse: WarehouseId = services.clock.new_id();
    let observed = ObservedWarehouse {
        source: StockSource::Marketplace,
        number: 507,
        name: "Коледино".into(),
        region: None,
    };
    tx.upsert_warehouses(account, &[(warehouse, &observed)]).await.unwrap();
    tx.commit().await.unwrap();
    let pick =
        |list: &[&str], number: i64| list[usize::try_from(number).unwrap() % list.len()].to_owned();
    for first in (1..=products).step_by(5000) {
        let mut tx = services.store.write(caller).await.unwrap();
        let cards: Vec<NewProduct> = (first..(first + 5000).min(products + 1))
            .map(|n| NewProduct {
                id: services.clock.new_id::<ProductId>(),
                observed: ObservedProduct {
                    article: 100_000_000 + n,
                    seller_article: format!("КР-{n}"),
                    title: format!(
                        "{} {} {} мл",
                        pick(&THINGS, mixed(n, 1)),
                        pick(&LOOKS, mixed(n, 2)),
                        mixed(n, 3) % 10_000
                    ),
                    brand: Some(format!("Бренд {}", mixed(n, 4) % 300)),
                    subject: Some(format!("Категория {}", mixed(n, 5) % 60)),
                    photo_url: None,
                    changed_at: now,
                    offers: vec![ObservedOffer {
                        number: 900_000_000 + n,
                        size: None,
                        barcodes: vec![format!("46{n:011}")],
                    }],
                },
                offer_ids: vec![services.clock.new_id::<OfferId>()],
            })
            .collect();
        tx.upsert_products(account, &cards, now).await.unwrap();
        let past: Vec<PastChange> = cards
            .iter()
            .map(|card| PastChange {
                change: LevelChange {
                    place: (card.offer_ids[0], warehouse),
                    product: card.id,
                    now: Pieces { quantity: 40, in_way_to_client: 2, in_way_from_client: 1 },
                    delta: -1,
                },
                at: now,
                day: today,
            })
            .collect();
        tx.write_history(&past).await.unwrap();
        tx.write_current(&past).await.unwrap();
        let measures: Vec<(ProductId, Measures)> =
            cards.iter().map(|card| (card.id, measures(card.observed.article))).collect();
        tx.write_measures(account, &measures, now).await.unwrap();
        tx.commit().await.unwrap();
    }
    let mut tx = services.store.write(caller).await.unwrap();
    tx.count_totals(account, now).await.unwrap();
    for step in StepKind::ALL {
        let row = FreshnessRow { as_of: Some(now), rows: products, ..FreshnessRow::never(step) };
        tx.set_freshness(account, &row).await.unwrap();
    }
    tx.commit().await.unwrap();
}

fn measures(n: i64) -> Measures {
    let stock = if mixed(n, 6) % 10 == 0 { 0 } else { mixed(n, 7) % 900 };
    let orders = if mixed(n, 8) % 3 == 0 { mixed(n, 9) % 500 } else { 0 };
    let cover = match (stock, orders) {
        (0, _) => 0,
        (_, 0) => INFINITE_COVER,
        (stock, orders) => stock * 280 / orders,
    };
    Measures {
        total_stock: Some(stock),
        in_way_to_client: Some(orders % 7),
        in_way_from_client: Some(orders % 3),
        orders_7: Some(orders / 4),
        orders_28: Some(orders),
        total_orders: Some(orders * 3),
        days_in_stock_28: Some(28),
        cover_tenths: Some(cover),
        ..Measures::default()
    }
}

//! Lists as files and the past: how long a whole file takes, how much memory it wants above an idle process, and how long
//! a page of the catalogue as of a year ago takes.
//!
//! `cargo bench -p benches --bench exports -- [products of the CSV] [products of the workbook]`; PostgreSQL is measured if
//! `TEST_POSTGRES_URL` names a cluster. The files are written and dropped: disk and network are not measured.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a benchmark that fails has no result"
)]

mod load;
mod served;

use chrono::TimeDelta;
use domain::{
    OfferId, ProductId, WarehouseId,
    export::{Format, Separator},
    observed::{ObservedOffer, ObservedProduct, ObservedWarehouse},
    product::{ProductQuery, ProductSort, SortOrder, StockSource},
    sync::StepKind,
};
use futures::StreamExt;
use load::{ms, quantile};
use services::{
    Services,
    exports::{self, List},
    past,
    testing::parts,
};
use std::time::{Duration, Instant};
use store::{
    FreshnessRow, LevelChange, Measures, NewProduct, PastChange, Pieces, testing::TestStore,
};

/// Products at the head of the list whose stock changed every day of the year.
const LIVELY: usize = 50;
const YEAR: i64 = 365;

#[tokio::main]
async fn main() {
    let arguments: Vec<i64> =
        std::env::args().skip(1).filter_map(|text| text.parse().ok()).collect();
    let csv = arguments.first().copied().unwrap_or(1_000_000);
    let xlsx = arguments.get(1).copied().unwrap_or(100_000);
    measure("SQLite", TestStore::sqlite().await, csv, xlsx).await;
    if std::env::var_os("TEST_POSTGRES_URL").is_some() {
        measure("PostgreSQL", TestStore::postgres().await, csv, xlsx).await;
    } else {
        println!("TEST_POSTGRES_URL is not set: PostgreSQL is left out");
    }
}

async fn measure(engine: &str, test: TestStore, csv: i64, xlsx: i64) {
    outbound::install_crypto_provider();
    let mut parts = parts(&test);
    parts.settings.rate_limit = false;
    parts.settings.new_company_plan = domain::Plan::Enterprise;
    let services = Services::new(parts);
    let person = served::register(&services).await;
    let mut there = 0;
    for (format, products) in [(Format::Xlsx, xlsx), (Format::Csv(Some(Separator::Semicolon)), csv)]
    {
        fill(&services, &person, there, products).await;
        there = products;
        let list = List::Products(ProductQuery::default());
        let (idle, begun) = (resident(), Instant::now());
        let client = services::testing::client();
        let download =
            exports::download(&services, &person.caller, &client, list, format).await.unwrap();
        let mut bytes = std::pin::pin!(download.bytes);
        let (mut size, mut peak) = (0, idle);
        while let Some(page) = bytes.next().await {
            size += page.unwrap().len();
            peak = peak.max(resident());
        }
        println!(
            "{engine:11} {:4} of {products:>8} products: {:>6.2} s, {} MiB, {} MiB of memory above idle",
            format.ending(),
            begun.elapsed().as_secs_f64(),
            size >> 20,
            (peak - idle) >> 10,
        );
    }
    let query = ProductQuery {
        sort_by: ProductSort::ProductName,
        sort_order: SortOrder::Asc,
        ..ProductQuery::default()
    };
    let at = services.clock.now() - TimeDelta::days(YEAR - 30);
    let mut times: Vec<Duration> = Vec::new();
    for _ in 0..60 {
        let begun = Instant::now();
        past::list(&services, &person.caller, &query, at).await.unwrap();
        times.push(begun.elapsed());
    }
    times.sort_unstable();
    println!(
        "{engine:11} a page of 50 as of {} days ago: p50 {:.1} ms, p95 {:.1} ms",
        YEAR - 30,
        ms(quantile(&times, 0.5)),
        ms(quantile(&times, 0.95))
    );
    test.store.close().await;
}

/// Kibibytes that the process holds in memory.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// Products from one number to another with their measures; the first ones with a year of changes.
async fn fill(services: &Services, person: &served::Person, from: i64, to: i64) {
    let now = services.clock.now();
    let today = now.timestamp() / 86_400;
    let mut tx = services.store.write(&person.caller).await.unwrap();
    let account = tx.accounts().await.unwrap()[0].id;
    let warehouse: WarehouseId = services.clock.new_id();
    let observed = ObservedWarehouse {
        source: StockSource::Marketplace,
        number: 507,
        name: "Коледино".into(),
        region: None,
    };
    if from == 0 {
        tx.upsert_warehouses(account, &[(warehouse, &observed)]).await.unwrap();
    }
    for first in (from..to).step_by(5000) {
        let cards: Vec<NewProduct> =
            (first..to.min(first + 5000)).map(|number| card(services, number)).collect();
        tx.upsert_products(account, &cards, now - TimeDelta::days(YEAR)).await.unwrap();
        if first == 0 {
            let past: Vec<PastChange> = cards
                .iter()
                .take(LIVELY)
                .flat_map(|card| {
                    (0..YEAR).map(move |ago| PastChange {
                        change: LevelChange {
                            place: (card.offer_ids[0], warehouse),
                            product: card.id,
                            now: Pieces { quantity: 40 + ago, ..Pieces::default() },
                            delta: -1,
                        },
                        at: now - TimeDelta::days(ago),
                        day: today - ago,
                    })
                })
                .collect();
            tx.write_history(&past).await.unwrap();
        }
        let measures: Vec<(ProductId, Measures)> = cards
            .iter()
            .map(|card| {
                let number = card.observed.article % 900;
                let measures = Measures {
                    total_stock: Some(number),
                    in_way_to_client: Some(2),
                    in_way_from_client: Some(1),
                    orders_7: Some(7),
                    orders_28: Some(28),
                    total_orders: Some(90),
                    days_in_stock_28: Some(28),
                    cover_tenths: Some(number * 10),
                    ..Measures::default()
                };
                (card.id, measures)
            })
            .collect();
        tx.write_measures(account, &measures, now).await.unwrap();
    }
    tx.count_totals(account, now).await.unwrap();
    for step in StepKind::ALL {
        let since = Some(now - TimeDelta::days(YEAR));
        let row = FreshnessRow {
            first_as_of: since,
            as_of: Some(now),
            rows: to,
            ..FreshnessRow::never(step)
        };
        tx.set_freshness(account, &row).await.unwrap();
    }
    tx.commit().await.unwrap();
}

fn card(services: &Services, number: i64) -> NewProduct {
    NewProduct {
        id: services.clock.new_id::<ProductId>(),
        observed: ObservedProduct {
            article: 100_000 + number,
            seller_article: format!("КР-{number}"),
            title: format!("Кружка керамическая {number:07} мл"),
            brand: Some("Дом и уют".into()),
            subject: Some("Кружки".into()),
            photo_url: Some(format!(
                "https://basket-01.wbbasket.ru/vol1/part100/{number}/images/c246x328/1.webp"
            )),
            changed_at: services.clock.now(),
            offers: vec![ObservedOffer {
                number: 900_000 + number,
                size: None,
                barcodes: vec![format!("46{number:011}")],
            }],
        },
        offer_ids: vec![services.clock.new_id::<OfferId>()],
    }
}

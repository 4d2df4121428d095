//! What a year of changes takes on disk: 10,000 sizes, each with another level every day, on SQLite.
//!
//! `cargo bench -p benches --bench history -- [sizes] [days]`.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a benchmark that fails has no result"
)]

use chrono::{TimeDelta, Utc};
use domain::{
    OfferId, ProductId, WarehouseId,
    observed::{ObservedOffer, ObservedProduct, ObservedWarehouse},
    product::StockSource,
};
use services::Clock;
use std::time::Instant;
use store::{LevelChange, NewProduct, Pieces, testing::TestStore};

fn main() {
    let arguments: Vec<i64> = std::env::args().skip(1).filter_map(|a| a.parse().ok()).collect();
    let sizes = arguments.first().copied().unwrap_or(10_000);
    let days = arguments.get(1).copied().unwrap_or(365);
    tokio::runtime::Runtime::new().unwrap().block_on(measure(sizes, days));
}

async fn measure(sizes: i64, days: i64) {
    let clock = Clock::system();
    let test = TestStore::sqlite().await;
    let file = test.settings.url.trim_start_matches("sqlite://").to_owned();
    let shop = test.company("A year").await;
    let products: Vec<NewProduct> = (0..sizes)
        .map(|size| NewProduct {
            id: clock.new_id::<ProductId>(),
            observed: ObservedProduct {
                article: size,
                seller_article: format!("MUG-{size:07}"),
                title: format!("Кружка керамическая {size:07}"),
                brand: None,
                subject: None,
                photo_url: None,
                changed_at: Utc::now(),
                offers: vec![ObservedOffer { number: size, size: None, barcodes: Vec::new() }],
            },
            offer_ids: vec![clock.new_id::<OfferId>()],
        })
        .collect();
    let warehouse = ObservedWarehouse {
        source: StockSource::Marketplace,
        number: 1,
        name: "Склад".to_owned(),
        region: None,
    };
    let place: WarehouseId = clock.new_id();
    let mut tx = test.store.write(&shop.caller).await.unwrap();
    tx.upsert_products(shop.account, &products, clock.now()).await.unwrap();
    tx.upsert_warehouses(shop.account, &[(place, &warehouse)]).await.unwrap();
    tx.commit().await.unwrap();

    let begun = Instant::now();
    let first = clock.now();
    let mut empty = 0.0;
    for day in 0..=days {
        let now = first + TimeDelta::days(day);
        let changes: Vec<LevelChange> = products
            .iter()
            .map(|product| LevelChange {
                place: (product.offer_ids[0], place),
                product: product.id,
                now: Pieces {
                    quantity: 100 + (day * 7 + product.observed.article) % 90,
                    ..Pieces::default()
                },
                delta: 7,
            })
            .collect();
        let mut tx = test.store.write(&shop.caller).await.unwrap();
        tx.write_levels(&changes, now, 20_000 + day).await.unwrap();
        tx.commit().await.unwrap();
        if day == 0 {
            empty = mebibytes(&file);
        }
    }
    test.store.close().await;
    let all = mebibytes(&file);
    println!(
        "{sizes} sizes, {days} days with a change of each: {:.0} MiB, {:.0} bytes a change; {:.0} MiB in all; written in {:.0} s",
        all - empty,
        (all - empty) * 1_048_576.0 / as_float(sizes * days),
        all,
        begun.elapsed().as_secs_f64()
    );
}

#[expect(clippy::cast_precision_loss, reason = "a count of rows")]
fn as_float(number: i64) -> f64 {
    number as f64
}

/// The file with what is not folded into it yet.
fn mebibytes(file: &str) -> f64 {
    let of = |end: &str| std::fs::metadata(format!("{file}{end}")).map_or(0, |found| found.len());
    as_float(i64::try_from(of("") + of("-wal")).unwrap()) / 1_048_576.0
}

//! What a year of changes takes on disk, and how fast it is asked: 10,000 products of one size, each with another level
//! every day, packed once a day as the program does it.
//!
//! `cargo bench -p benches --bench history -- [products] [days]`; PostgreSQL is measured if `TEST_POSTGRES_URL` names a
//! cluster.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a benchmark that fails has no result"
)]

mod load;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    OfferId, ProductId, WarehouseId,
    observed::{ObservedOffer, ObservedProduct, ObservedWarehouse},
    product::{ProductQuery, ProductSort, SortOrder, StockSource},
    sync::StepKind,
};
use load::{ms, quantile};
use services::{
    Caller, Services, past, products,
    testing::{owner, parts},
};
use std::time::{Duration, Instant};
use store::{
    FreshnessRow, LevelChange, MeasureDays, MeasureScope, Measures, NewProduct, Pieces, Reason,
    testing::TestStore, whole_stretches_before,
};

/// Questions of each kind.
const QUESTIONS: usize = 200;

#[tokio::main]
async fn main() {
    let arguments: Vec<i64> = std::env::args().skip(1).filter_map(|a| a.parse().ok()).collect();
    let products = arguments.first().copied().unwrap_or(10_000);
    let days = arguments.get(1).copied().unwrap_or(365);
    outbound::install_crypto_provider();
    measure("SQLite", TestStore::sqlite().await, products, days).await;
    if std::env::var_os("TEST_POSTGRES_URL").is_some() {
        measure("PostgreSQL", TestStore::postgres().await, products, days).await;
    } else {
        println!("TEST_POSTGRES_URL is not set: PostgreSQL is left out");
    }
}

async fn measure(engine: &str, test: TestStore, many: i64, days: i64) {
    let mut parts = parts(&test);
    parts.settings.rate_limit = false;
    parts.settings.new_company_plan = domain::Plan::Enterprise;
    let services = Services::new(parts);
    let caller = owner(&services, "bench@example.com").await;
    let (cards, place) = catalogue(&services, &caller, many, days).await;

    let mut empty = 0.0;
    let (mut written, mut packed) = (Duration::ZERO, Duration::ZERO);
    for ago in (0..=days).rev() {
        let now = services.clock.now() - TimeDelta::days(ago);
        let begun = Instant::now();
        let changes: Vec<LevelChange> =
            cards.iter().map(|card| change(card, place, days - ago)).collect();
        let mut tx = services.store.write(&caller).await.unwrap();
        tx.write_levels(&changes, now, day_of(now)).await.unwrap();
        tx.commit().await.unwrap();
        written += begun.elapsed();
        let begun = Instant::now();
        fold(&services, &caller, now).await;
        packed += begun.elapsed();
        if ago == days {
            empty = mebibytes(&test).await;
        }
    }
    let all = mebibytes(&test).await;
    println!(
        "{engine}: {many} products, {days} days with a change of each: {:.0} MiB, {:.0} bytes a change; {all:.0} MiB in all; written in {:.0} s, packed in {:.0} s",
        all - empty,
        (all - empty) * 1_048_576.0 / as_float(many * days),
        written.as_secs_f64(),
        packed.as_secs_f64()
    );
    ask(engine, &services, &caller, &cards, days).await;
    test.store.close().await;
    println!("{engine}: {:.0} MiB when it is closed", mebibytes(&test).await);
}

/// The questions that read the past.
async fn ask(engine: &str, services: &Services, caller: &Caller, cards: &[NewProduct], days: i64) {
    let then = services.clock.now() - TimeDelta::days(days - 30);
    let pick = |nth: usize| &cards[nth * 7919 % cards.len()];
    let pages = cards.len() / 50;
    let mut lists = Vec::new();
    let mut details = Vec::new();
    let mut charts = Vec::new();
    let mut differences = Vec::new();
    for nth in 0..QUESTIONS {
        let query = ProductQuery {
            sort_by: ProductSort::ProductName,
            sort_order: SortOrder::Asc,
            page: u32::try_from(nth * 31 % pages.max(1) + 1).unwrap(),
            page_size: 50,
            ..ProductQuery::default()
        };
        let begun = Instant::now();
        let page = past::list(services, caller, &query, then).await.unwrap();
        lists.push(begun.elapsed());
        assert!(page.items.iter().all(|item| item.total_stock.is_some()));
        let id = pick(nth).id;
        let begun = Instant::now();
        past::get(services, caller, id, then).await.unwrap().unwrap();
        details.push(begun.elapsed());
        let begun = Instant::now();
        products::history(services, caller, id, 365, None).await.unwrap().unwrap();
        charts.push(begun.elapsed());
        let question = domain::past::ChangesQuery {
            from: then,
            to: Some(then + TimeDelta::days(7)),
            limit: 50,
            cursor: Some(id),
        };
        let begun = Instant::now();
        past::changes(services, caller, &question).await.unwrap();
        differences.push(begun.elapsed());
    }
    for (what, mut times) in [
        ("a page of 50 as of then", lists),
        ("a product as of then", details),
        ("a product's 365 days", charts),
        ("50 products that changed in a week of then", differences),
    ] {
        times.sort_unstable();
        println!(
            "{engine}: {what}: p50 {:.1} ms, p95 {:.1} ms",
            ms(quantile(&times, 0.5)),
            ms(quantile(&times, 0.95))
        );
    }
    let mut tx = services.store.read(caller).await.unwrap();
    let account = tx.accounts().await.unwrap()[0].id;
    let today = day_of(services.clock.now());
    let window = MeasureDays { first: today - 28, last: today - 1, today };
    let begun = Instant::now();
    let inputs = tx.measure_inputs(account, window, MeasureScope::After(None, 5000)).await.unwrap();
    println!(
        "{engine}: inputs of {} products' measures: {:.0} ms",
        inputs.len(),
        ms(begun.elapsed())
    );
    let begun = Instant::now();
    tx.shop_day_inputs(account, today - 91).await.unwrap();
    println!("{engine}: a shop's 91 days: {:.0} ms", ms(begun.elapsed()));
}

async fn fold(services: &Services, caller: &Caller, now: DateTime<Utc>) {
    let before = whole_stretches_before(day_of(now) - 2);
    let mut after = None;
    loop {
        let mut tx = services.store.system_write(Reason::Operator).await.unwrap();
        let tenant = caller.tenant_id();
        let some = tx.fold_history(tenant, before, None, after).await.unwrap();
        tx.commit().await.unwrap();
        after = some.last;
        if after.is_none() {
            return;
        }
    }
}

fn day_of(at: DateTime<Utc>) -> i64 {
    at.timestamp() / 86_400
}

fn change(card: &NewProduct, place: WarehouseId, day: i64) -> LevelChange {
    let level = |day: i64| 100 + (day * 7 + card.observed.article) % 90;
    let before = if day == 0 { 0 } else { level(day - 1) };
    let now = Pieces { quantity: level(day), ..Pieces::default() };
    let delta = now.quantity - before;
    LevelChange { place: (card.offer_ids[0], place), product: card.id, now, delta }
}

/// Products with measures, of a shop that has been read for all these days.
async fn catalogue(
    services: &Services,
    caller: &Caller,
    many: i64,
    days: i64,
) -> (Vec<NewProduct>, WarehouseId) {
    let clock = &services.clock;
    let now = clock.now();
    let first = now - TimeDelta::days(days);
    let cards: Vec<NewProduct> = (0..many)
        .map(|number| NewProduct {
            id: clock.new_id::<ProductId>(),
            observed: ObservedProduct {
                article: number,
                seller_article: format!("MUG-{number:07}"),
                title: format!("Кружка керамическая {number:07}"),
                brand: None,
                subject: None,
                photo_url: None,
                changed_at: now,
                offers: vec![ObservedOffer { number, size: None, barcodes: Vec::new() }],
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
    let mut tx = services.store.write(caller).await.unwrap();
    let account = tx.accounts().await.unwrap()[0].id;
    tx.upsert_warehouses(account, &[(place, &warehouse)]).await.unwrap();
    for cards in cards.chunks(5000) {
        tx.upsert_products(account, cards, first).await.unwrap();
        let measures: Vec<(ProductId, Measures)> = cards
            .iter()
            .map(|card| (card.id, Measures { total_stock: Some(100), ..Measures::default() }))
            .collect();
        tx.write_measures(account, &measures, now).await.unwrap();
    }
    tx.count_totals(account, now).await.unwrap();
    for step in StepKind::ALL {
        let row = FreshnessRow {
            first_as_of: Some(first),
            as_of: Some(now),
            rows: many,
            ..FreshnessRow::never(step)
        };
        tx.set_freshness(account, &row).await.unwrap();
    }
    tx.commit().await.unwrap();
    (cards, place)
}

#[expect(clippy::cast_precision_loss, reason = "a count of rows")]
fn as_float(number: i64) -> f64 {
    number as f64
}

/// SQLite: the file with what is not folded into it yet. PostgreSQL: the database.
async fn mebibytes(test: &TestStore) -> f64 {
    let bytes = match test.settings.url.strip_prefix("sqlite://") {
        Some(file) => {
            let of = |end: &str| {
                std::fs::metadata(format!("{file}{end}")).map_or(0, |found| found.len())
            };
            i64::try_from(of("") + of("-wal")).unwrap()
        }
        None => test.bytes().await,
    };
    as_float(bytes) / 1_048_576.0
}

//! The real server on a loopback port, and a shop of 10,000 products in its database.
#![allow(dead_code, reason = "each benchmark uses some of it")]

use axum::Router;
use chrono::TimeDelta;
use domain::{
    OfferId, ProductId, WarehouseId,
    observed::{ObservedOffer, ObservedProduct, ObservedWarehouse},
    product::StockSource,
    sync::StepKind,
};
use server::{
    gate::Gate,
    site::Site,
    state::{AppState, Doors},
};
use services::{Caller, Services, access, accounts::register, testing};
use std::{net::SocketAddr, sync::Arc};
use store::{FreshnessRow, LevelChange, Measures, NewProduct, PastChange, Pieces};
use tokio_util::sync::CancellationToken;

/// Somebody with a token.
pub struct Person {
    pub caller: Caller,
    pub token: String,
}

/// Everything that surrounds requests, without a dashboard.
pub fn router(services: &Services) -> Router {
    server::router::router(AppState {
        services: services.clone(),
        site: Arc::new(Site::default()),
        gate: Gate::open(),
        shutdown: CancellationToken::new(),
        doors: Arc::new(Doors { cors_origins: Vec::new(), https: true, ..Doors::default() }),
        leptos: leptos::config::LeptosOptions::builder().output_name("stock-tracker").build(),
    })
}

/// Serves until the process ends; the host and port.
pub async fn serve(router: Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let host = listener.local_addr().unwrap().to_string();
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await });
    host
}

pub const EMAIL: &str = "bench@example.com";
pub const PASSWORD: &str = "correct horse battery";

/// A company with its owner.
pub async fn register(services: &Services) -> Person {
    let request = domain::auth::RegisterRequest {
        email: EMAIL.into(),
        password: PASSWORD.into(),
        company_name: "Дом и уют".into(),
        marketplace_type: domain::Marketplace::Wildberries,
        invitation: None,
    };
    let pair = register::for_api(services, request, &testing::client()).await.unwrap();
    let caller = access::caller(services, &testing::bearer(&pair.access_token)).await.unwrap();
    Person { caller, token: pair.access_token }
}

/// Products with sizes, levels, four weeks of changes and measures.
pub async fn fill(services: &Services, person: &Person, products: i64) {
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
    tx.upsert_warehouses(account, &[(warehouse, &observed)]).await.unwrap();
    let cards: Vec<NewProduct> = (1..=products)
        .map(|number| NewProduct {
            id: services.clock.new_id::<ProductId>(),
            observed: ObservedProduct {
                article: 100_000 + number,
                seller_article: format!("КР-{number}"),
                title: format!("Кружка керамическая {number} мл"),
                brand: Some("Дом и уют".into()),
                subject: Some("Кружки".into()),
                photo_url: Some(format!(
                    "https://basket-01.wbbasket.ru/vol1/part100/{number}/images/c246x328/1.webp"
                )),
                changed_at: now,
                offers: vec![ObservedOffer {
                    number: 900_000 + number,
                    size: None,
                    barcodes: vec![format!("46{number:011}")],
                }],
            },
            offer_ids: vec![services.clock.new_id::<OfferId>()],
        })
        .collect();
    for batch in cards.chunks(5000) {
        tx.upsert_products(account, batch, now).await.unwrap();
    }
    let change = |card: &NewProduct, day: i64, quantity: i64, delta: i64| PastChange {
        change: LevelChange {
            place: (card.offer_ids[0], warehouse),
            product: card.id,
            now: Pieces { quantity, in_way_to_client: 2, in_way_from_client: 1 },
            delta,
        },
        at: now - TimeDelta::days(today - day),
        day,
    };
    for batch in cards.chunks(2000) {
        let past: Vec<PastChange> = batch
            .iter()
            .flat_map(|card| (0..28).map(move |ago| change(card, today - ago, 40 + ago, -1)))
            .collect();
        tx.write_history(&past).await.unwrap();
        let current: Vec<PastChange> =
            batch.iter().map(|card| change(card, today, 40, -1)).collect();
        tx.write_current(&current).await.unwrap();
        let measures: Vec<(ProductId, Measures)> = batch
            .iter()
            .map(|card| (card.id, measures(card.observed.article % 900, today)))
            .collect();
        tx.write_measures(account, &measures, now).await.unwrap();
    }
    tx.count_totals(account, now).await.unwrap();
    for &step in StepKind::of(domain::Marketplace::Wildberries) {
        let since = Some(now - TimeDelta::days(90));
        let row = FreshnessRow {
            first_as_of: since,
            as_of: Some(now),
            rows: products,
            ..FreshnessRow::never(step)
        };
        tx.set_freshness(account, &row).await.unwrap();
    }
    tx.commit().await.unwrap();
}

fn measures(number: i64, today: i64) -> Measures {
    let evenings: Vec<_> = (0..28).rev().map(|ago| Some(number + ago)).collect();
    Measures {
        total_stock: Some(number),
        in_way_to_client: Some(2),
        in_way_from_client: Some(1),
        orders_7: Some(7),
        orders_28: Some(28),
        total_orders: Some(90),
        days_in_stock_28: Some(28),
        cover_tenths: Some(number * 10),
        plan: store::PlanMeasures::default(),
        curve: store::StockCurve::new(today, &evenings),
    }
}

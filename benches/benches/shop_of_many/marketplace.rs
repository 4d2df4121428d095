//! A Wildberries that answers by formula: a card a size, a level each at one of its warehouses, every tenth at the
//! seller's too, an order each in the last 90 days. A round changes some of them; keys are looked at by the simulator.

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Query, State},
    response::IntoResponse,
    routing::{get, post},
};
use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use simulator::{Limiting, Settings, Simulator};
use std::{
    collections::HashMap,
    fmt::Write,
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

/// The process.
pub(crate) struct Marketplace {
    pub(crate) address: String,
    pub(crate) key: String,
    process: Child,
}

impl Marketplace {
    pub(crate) fn start(now: DateTime<Utc>) -> Self {
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args(std::env::args().skip(1))
            .env("BENCH_MARKETPLACE", now.to_rfc3339())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let (address, key) = (lines.next().unwrap().unwrap(), lines.next().unwrap().unwrap());
        Self { address, key, process }
    }

    pub(crate) fn processor(&self) -> Duration {
        super::processor(&self.process.id().to_string())
    }

    /// From now on this round's world.
    pub(crate) async fn turn_to(&self, round: u64) {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let host = self.address.trim_start_matches("http://").to_owned();
        let mut stream = tokio::net::TcpStream::connect(&host).await.unwrap();
        let request = format!("POST /round/{round} HTTP/1.0\r\nHost: {host}\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.0 200"), "{answer}");
    }
}

impl Drop for Marketplace {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[derive(Clone)]
struct World {
    sizes: u64,
    now: DateTime<Utc>,
    round: Arc<AtomicU64>,
}

/// Rows a page of orders.
const ORDERS_PAGE: u64 = 80_000;
const DAYS: i64 = 90;
/// Numbers between two sizes' numbers.
const STRIDE: u64 = 7;
const FIRST_CARD: u64 = 100_000_000;
const FIRST_SIZE: u64 = 500_000_000;

pub(crate) async fn serve(sizes: u64, now: DateTime<Utc>) {
    let settings = Settings { skus: 1, limits: Limiting::Off, ..Settings::default() };
    let simulator = Simulator::new(settings, simulator::Clock::fixed(now));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    println!("http://{}", listener.local_addr().unwrap());
    println!("{}", simulator.keys().personal);
    let world = World { sizes, now, round: Arc::default() };
    let router = Router::new()
        .route("/content-api.wildberries.ru/content/v2/get/cards/list", post(cards))
        .route(
            "/seller-analytics-api.wildberries.ru/api/analytics/v1/stocks-report/wb-warehouses",
            post(stock),
        )
        .route("/marketplace-api.wildberries.ru/api/v3/warehouses", get(warehouses))
        .route("/marketplace-api.wildberries.ru/api/v3/stocks/{id}", post(seller_stock))
        .route("/statistics-api.wildberries.ru/api/v1/supplier/orders", get(orders))
        .route("/round/{round}", post(turn))
        .fallback_service(simulator.router())
        .with_state(world);
    axum::serve(listener, router).await.unwrap();
}

async fn turn(State(world): State<World>, axum::extract::Path(round): axum::extract::Path<u64>) {
    world.round.store(round, Ordering::Relaxed);
}

impl World {
    fn round(&self) -> u64 {
        self.round.load(Ordering::Relaxed)
    }

    /// The last round in which a size changed: in the first every tenth, in the second each.
    fn changed_in(&self, size: u64) -> u64 {
        match self.round() {
            1 if size % 10 == 3 => 1,
            2 => 2,
            _ => 0,
        }
    }

    fn updated(&self, size: u64, round: u64) -> DateTime<Utc> {
        let base = self.now - TimeDelta::days(60) + TimeDelta::days(10 * round.cast_signed());
        base + TimeDelta::microseconds(size.cast_signed() * 10)
    }

    /// Sizes behind a card in the order of their changes: those of each round one after the other.
    fn after(&self, cursor: Option<(DateTime<Utc>, u64)>) -> impl Iterator<Item = (u64, u64)> + '_ {
        let (from_round, from) = cursor.map_or((0, 0), |(at, size)| {
            let since = at - (self.now - TimeDelta::days(60));
            (since.num_days().unsigned_abs() / 10, size + 1)
        });
        (from_round..=self.round()).flat_map(move |round| {
            let from = if round == from_round { from } else { 0 };
            (from..self.sizes)
                .filter(move |size| self.changed_in(*size) == round)
                .map(move |size| (size, round))
        })
    }

    fn orders(&self) -> u64 {
        // A changed size was ordered once more in one of ten cases.
        self.sizes
            + [0, self.sizes / 100, self.sizes / 10 + self.sizes / 100]
                [usize::try_from(self.round()).unwrap()]
    }

    fn ordered_at(&self, order: u64) -> DateTime<Utc> {
        let start = self.now - TimeDelta::days(DAYS) + TimeDelta::minutes(1);
        if order < self.sizes {
            let span = TimeDelta::days(DAYS - 1).num_milliseconds().unsigned_abs();
            start + TimeDelta::milliseconds((order * span / self.sizes).cast_signed())
        } else {
            let late = (order - self.sizes) * 3_600_000 / self.sizes;
            self.now - TimeDelta::hours(2) + TimeDelta::milliseconds(late.cast_signed())
        }
    }
}

async fn cards(State(world): State<World>, body: Bytes) -> impl IntoResponse {
    let wanted: Value = serde_json::from_slice(&body).unwrap();
    let cursor = &wanted["settings"]["cursor"];
    let after = cursor["updatedAt"].as_str().and_then(|at| {
        let size = (cursor["nmID"].as_u64()? - FIRST_CARD) / STRIDE;
        Some((at.parse().ok()?, size))
    });
    let page: Vec<(u64, u64)> = world.after(after).take(100).collect();
    let mut text = String::with_capacity(80_000);
    text.push_str("{\"cards\":[");
    for (at, (size, round)) in page.iter().copied().enumerate() {
        let comma = if at == 0 { "" } else { "," };
        let (card, chrt) = (FIRST_CARD + size * STRIDE, FIRST_SIZE + size * STRIDE);
        let updated = world.updated(size, round).format("%Y-%m-%dT%H:%M:%S%.6fZ");
        write!(
            text,
            r#"{comma}{{"nmID":{card},"imtID":{card},"subjectID":1,"subjectName":"Кружки","vendorCode":"MUG-{size:07}","brand":"Марка {}","title":"Кружка керамическая {size:07}, исполнение {round}","description":"Кружка на каждый день, 330 мл, для чая и кофе; можно мыть в посудомоечной машине.","photos":[{{"big":"https://basket-01.wbbasket.ru/vol1/part1/{card}/images/big/1.webp","c246x328":"https://basket-01.wbbasket.ru/vol1/part1/{card}/images/c246x328/1.webp"}}],"sizes":[{{"chrtID":{chrt},"techSize":"0","wbSize":"","skus":["{}"]}}],"createdAt":"2026-01-01T00:00:00Z","updatedAt":"{updated}"}}"#,
            size % 50,
            2_000_000_000_000 + size
        )
        .unwrap();
    }
    text.push_str("],\"cursor\":{");
    if let Some((size, round)) = page.last().copied() {
        let updated = world.updated(size, round).format("%Y-%m-%dT%H:%M:%S%.6fZ");
        let card = FIRST_CARD + size * STRIDE;
        write!(text, r#""updatedAt":"{updated}","nmID":{card},"#).unwrap();
    }
    write!(text, "\"total\":{}}}}}", page.len()).unwrap();
    json_text(text)
}

async fn stock(State(world): State<World>, body: Bytes) -> impl IntoResponse {
    let wanted: Value = serde_json::from_slice(&body).unwrap();
    let (limit, offset) = (wanted["limit"].as_u64().unwrap(), wanted["offset"].as_u64().unwrap());
    let mut text = String::with_capacity(48 << 20);
    text.push_str("{\"data\":{\"items\":[");
    for size in offset..world.sizes.min(offset + limit) {
        let comma = if size == offset { "" } else { "," };
        let place = size % 20;
        let quantity = 1 + size % 90 + 100 * world.changed_in(size);
        write!(
            text,
            r#"{comma}{{"nmId":{},"chrtId":{},"warehouseId":{},"warehouseName":"Склад {place}","regionName":"Центральный","quantity":{quantity},"inWayToClient":{},"inWayFromClient":0}}"#,
            FIRST_CARD + size * STRIDE,
            FIRST_SIZE + size * STRIDE,
            200_000 + place,
            size % 3
        )
        .unwrap();
    }
    text.push_str("]}}");
    json_text(text)
}

async fn warehouses() -> Json<Value> {
    Json(
        json!([{"id": 900_001, "name": "Свой склад", "deliveryType": 1, "isDeleting": false, "isProcessing": false}]),
    )
}

async fn seller_stock(State(world): State<World>, body: Bytes) -> impl IntoResponse {
    let wanted: Value = serde_json::from_slice(&body).unwrap();
    let sizes = wanted["chrtIds"].as_array().unwrap().iter().filter_map(Value::as_u64);
    let rows: Vec<String> = sizes
        .map(|chrt| (chrt, (chrt - FIRST_SIZE) / STRIDE))
        .filter(|(_, size)| size % 10 == 3)
        .map(|(chrt, size)| {
            format!(
                r#"{{"sku":"","chrtId":{chrt},"amount":{}}}"#,
                1 + size % 7 + world.changed_in(size)
            )
        })
        .collect();
    json_text(format!("{{\"stocks\":[{}]}}", rows.join(",")))
}

async fn orders(
    State(world): State<World>,
    Query(query): Query<HashMap<String, String>>,
) -> impl IntoResponse {
    let text = query.get("dateFrom").unwrap();
    let from = NaiveDateTime::parse_from_str(text.get(..19).unwrap(), "%Y-%m-%dT%H:%M:%S").unwrap();
    let from = from.and_utc() - TimeDelta::hours(3);
    let moscow = |at: DateTime<Utc>| (at + TimeDelta::hours(3)).format("%Y-%m-%dT%H:%M:%S");
    // Whole seconds: the first row of a page is that of the second at which the last page ended.
    let (mut low, mut high) = (0, world.orders());
    while low < high {
        let middle = low.midpoint(high);
        let second = world.ordered_at(middle).timestamp();
        if second < from.timestamp() { low = middle + 1 } else { high = middle }
    }
    let mut text = String::with_capacity(32 << 20);
    text.push('[');
    for order in low..world.orders().min(low + ORDERS_PAGE) {
        let comma = if order == low { "" } else { "," };
        // Neighbours in time are no neighbours in the catalogue.
        let size = order * 7_919 % world.sizes;
        let at = moscow(world.ordered_at(order));
        write!(
            text,
            r#"{comma}{{"date":"{at}","lastChangeDate":"{at}","warehouseName":"Склад {}","countryName":"Россия","oblastOkrugName":"Центральный","regionName":"Москва","supplierArticle":"MUG-{size:07}","nmId":{},"barcode":"{}","category":"Дом","subject":"Кружки","brand":"Марка","techSize":"0","totalPrice":1000,"discountPercent":10,"spp":5,"finishedPrice":855.5,"priceWithDisc":900,"isCancel":{},"cancelDate":"0001-01-01T00:00:00","sticker":"","gNumber":"g{order}","srid":"s{order:010}.0.0"}}"#,
            size % 20,
            FIRST_CARD + size * STRIDE,
            2_000_000_000_000 + size,
            order % 12 == 5
        )
        .unwrap();
    }
    text.push(']');
    json_text(text)
}

fn json_text(text: String) -> impl IntoResponse {
    ([("content-type", "application/json")], text)
}

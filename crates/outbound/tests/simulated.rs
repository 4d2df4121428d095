//! The client against the simulated marketplace: a whole read is the truth, and every refusal is understood.
#![allow(clippy::unwrap_used, reason = "tests")]

mod support;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    Secret,
    account::{KeyCheck, KeyKind, KeyScope, KeyStatus},
    observed::{ObservedOrder, ObservedProduct},
};
use outbound::{
    Failure, Front, Http, Reason, Wildberries,
    wildberries::{SnapshotBuilder, check_key, orders_since},
};
use simulator::{Clock, Fault, Limiting, Operation, Settings, Simulator};
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};
use support::{access, serve};

struct Shop {
    simulator: Simulator,
    front: Front,
    client: Wildberries,
    http: Http,
    key: Secret,
}

fn now() -> DateTime<Utc> {
    "2026-11-01T09:00:00Z".parse().unwrap()
}

async fn shop(settings: Settings) -> Shop {
    let simulator = Simulator::new(settings, Clock::fixed(now()));
    let front = serve(simulator.router()).await;
    let key = Secret::new(simulator.keys().personal);
    let http = Http::new();
    Shop { simulator, front, client: Wildberries::new(http.clone()), http, key }
}

async fn unlimited(skus: u32) -> Shop {
    let settings = Settings {
        skus,
        days: 120,
        limits: Limiting::Off,
        mean_orders: 0.5,
        ..Settings::default()
    };
    shop(Settings { orders_page: 1500, ..settings }).await
}

impl Shop {
    async fn cards(&self) -> Result<Vec<ObservedProduct>, Failure> {
        let (mut all, mut cursor) = (Vec::new(), None);
        loop {
            let page = self
                .client
                .cards_page(&access(&self.front, &self.key), cursor.as_ref())
                .await?
                .value;
            all.extend(page.products);
            cursor = page.cursor;
            if !page.more {
                return Ok(all);
            }
        }
    }

    async fn orders(&self) -> Result<(BTreeMap<String, ObservedOrder>, u32), Failure> {
        let (mut all, mut pages, mut since) =
            (BTreeMap::<String, ObservedOrder>::new(), 0, orders_since(now(), None));
        loop {
            let mut page = self.client.orders_page(&access(&self.front, &self.key), since).await?;
            pages += 1;
            while let Some(batch) = page.next_batch().await? {
                for order in batch {
                    all.insert(order.key.clone(), order);
                }
            }
            match page.end().next_since {
                Some(next) => since = next,
                None => return Ok((all, pages)),
            }
        }
    }

    async fn check(&self, key: &str) -> KeyCheck {
        let key = Secret::new(key);
        check_key(&self.client, &access(&self.front, &key), now()).await
    }
}

#[tokio::test]
async fn all_cards_are_read_as_they_are() {
    let shop = unlimited(230).await;
    let cards = shop.cards().await.unwrap();
    let truth: Vec<_> = shop.simulator.world().products(now()).collect();
    assert_eq!(cards.len(), truth.len());
    let cards: BTreeMap<_, _> = cards.into_iter().map(|card| (card.article, card)).collect();
    for real in truth {
        let card = &cards[&real.nm_id];
        assert_eq!((&card.seller_article, &card.title), (&real.vendor_code, &real.title));
        assert_eq!(
            (card.brand.as_deref(), card.subject.as_deref()),
            (Some(real.brand), Some(real.subject))
        );
        assert_eq!(card.photo_url, real.photo_url);
        let sizes: Vec<_> =
            card.offers.iter().map(|offer| (offer.number, offer.barcodes.clone())).collect();
        let real_sizes: Vec<_> =
            real.sizes.iter().map(|size| (size.chrt_id, size.barcodes.clone())).collect();
        assert_eq!(sizes, real_sizes);
    }
}

#[tokio::test]
async fn the_last_cursor_brings_only_what_changed() {
    let shop = unlimited(120).await;
    let access = access(&shop.front, &shop.key);
    let first = shop.client.cards_page(&access, None).await.unwrap().value;
    let second = shop.client.cards_page(&access, first.cursor.as_ref()).await.unwrap().value;
    assert!(first.more && !second.more);
    let later = shop.client.cards_page(&access, second.cursor.as_ref()).await.unwrap().value;
    assert!(!later.more && later.products.len() <= 1, "{}", later.products.len());
    assert_eq!(later.cursor, second.cursor);
}

#[tokio::test]
async fn stock_of_both_kinds_is_the_truth() {
    let shop = unlimited(150).await;
    let access = access(&shop.front, &shop.key);
    let mut found = BTreeMap::new();
    let page = shop.client.stock_page(&access, 0).await.unwrap().value;
    assert_eq!(page.next_offset, None);
    let sizes: Vec<i64> = shop
        .simulator
        .world()
        .products(now())
        .flat_map(|card| card.sizes)
        .map(|size| size.chrt_id)
        .collect();
    let mut builder = SnapshotBuilder::new();
    builder.extend(page.snapshot);
    for own in shop.client.seller_warehouses(&access).await.unwrap().value {
        let warehouse = builder.warehouse(own.warehouse.clone());
        for part in sizes.chunks(1000) {
            let number = own.warehouse.number;
            for level in shop.client.seller_stock(&access, number, part).await.unwrap().value.levels
            {
                builder.level(&level.at(warehouse));
            }
        }
    }
    let snapshot = builder.finish();
    for level in &snapshot.levels {
        let place = snapshot.warehouses[level.warehouse].number;
        let amounts = (level.quantity, level.in_way_to_client, level.in_way_from_client);
        assert_eq!(found.insert((place, level.offer), amounts), None);
    }
    let listed: BTreeSet<i64> = sizes.into_iter().collect();
    let mut seen = 0;
    for real in shop.simulator.world().levels(now()).filter(|level| listed.contains(&level.chrt_id))
    {
        let amounts = found.get(&(real.warehouse.id, real.chrt_id)).copied().unwrap_or_default();
        // Transit is told for the marketplace's warehouses only.
        let expected = if real.warehouse.seller {
            (real.quantity, 0, 0)
        } else {
            (real.quantity, real.in_way_to_client, real.in_way_from_client)
        };
        assert_eq!(amounts, expected, "{real:?}");
        seen += i64::from(real.quantity > 0);
    }
    assert!(seen > 50, "{seen}");
}

#[tokio::test]
async fn orders_of_ninety_days_are_the_truth_whatever_the_page() {
    let shop = unlimited(200).await;
    let (orders, pages) = shop.orders().await.unwrap();
    let from = now() - TimeDelta::days(90);
    let truth: Vec<_> = shop
        .simulator
        .world()
        .orders(from, now())
        .filter(|order| order.visible_at <= now())
        .collect();
    assert!(pages > 3 && orders.len() > 4000, "{pages} pages, {} orders", orders.len());
    assert_eq!(orders.len(), truth.len());
    let mut cancelled = 0;
    for real in truth {
        let order = &orders[&real.srid];
        assert_eq!((order.article, order.ordered_at), (real.nm_id, real.ordered_at));
        assert_eq!(
            (order.barcode.as_deref(), order.price_minor),
            (Some(real.barcode.as_str()), real.finished_price_minor)
        );
        assert_eq!(order.cancelled_at, real.cancelled_at.filter(|at| *at <= now()), "{real:?}");
        cancelled += i32::from(order.cancelled_at.is_some());
    }
    assert!(cancelled > 20, "{cancelled}");
}

#[tokio::test]
async fn a_later_read_brings_what_changed_since() {
    let shop = unlimited(200).await;
    let (before, _) = shop.orders().await.unwrap();
    let last = before.values().map(|order| order.changed_at).max();
    shop.simulator.advance(TimeDelta::hours(30));
    let later = shop.simulator.now();
    let mut page = shop
        .client
        .orders_page(&access(&shop.front, &shop.key), orders_since(later, last))
        .await
        .unwrap();
    let mut all = before;
    while let Some(batch) = page.next_batch().await.unwrap() {
        all.extend(batch.into_iter().map(|order| (order.key.clone(), order)));
    }
    let from = now() - TimeDelta::days(90);
    let truth =
        shop.simulator.world().orders(from, later).filter(|order| order.visible_at <= later);
    assert_eq!(all.len(), truth.count());
}

#[tokio::test]
async fn every_key_is_told_what_it_is_worth() {
    let shop = unlimited(1).await;
    let keys = shop.simulator.keys();
    let granted = |check: &KeyCheck| {
        check
            .scopes
            .iter()
            .filter(|grant| grant.granted)
            .map(|grant| grant.scope)
            .collect::<Vec<_>>()
    };
    for (key, kind, read_only) in [
        (&keys.personal, KeyKind::Personal, false),
        (&keys.service, KeyKind::Service, false),
        (&keys.read_only, KeyKind::Personal, true),
    ] {
        let check = shop.check(key).await;
        assert_eq!(
            (check.status, check.kind, check.read_only),
            (KeyStatus::Valid, Some(kind), Some(read_only))
        );
        assert_eq!(granted(&check), KeyScope::ALL, "{check:?}");
        assert!(check.seller_name.is_some());
        assert_eq!(check.expires_at, Some(now() + TimeDelta::days(180)));
    }
    let base = shop.check(&keys.base).await;
    assert_eq!((base.status, base.kind), (KeyStatus::Valid, Some(KeyKind::Base)));
    assert!(!granted(&base).contains(&KeyScope::Analytics));
    let partial = shop.check(&keys.without_statistics).await;
    assert_eq!(partial.status, KeyStatus::Valid);
    assert!(!granted(&partial).contains(&KeyScope::Statistics));
    assert!(partial.message.contains("missing: Statistics (orders)"), "{}", partial.message);
    for key in [&keys.expired, &keys.test] {
        let check = shop.check(key).await;
        assert_eq!(check.status, KeyStatus::Invalid, "{}", check.message);
    }
    let before = shop.http.traffic().requests;
    assert_eq!(shop.check("no key").await.status, KeyStatus::Malformed);
    assert_eq!(shop.http.traffic().requests, before, "what is no key is not sent anywhere");
}

#[tokio::test]
async fn a_key_taken_back_is_invalid() {
    let shop = unlimited(1).await;
    shop.simulator.withdraw(shop.key.expose()).unwrap();
    assert_eq!(shop.check(shop.key.expose()).await.status, KeyStatus::Invalid);
    assert_eq!(shop.cards().await.unwrap_err().reason(), Reason::KeyRefused);
    assert_eq!(shop.orders().await.unwrap_err().reason(), Reason::KeyRefused);
}

#[tokio::test]
async fn base_tokens_meet_their_walls() {
    let settings = Settings { skus: 5, days: 3, ..Settings::default() };
    let shop = shop(settings).await;
    let key = Secret::new(shop.simulator.keys().base);
    let access = outbound::Access { kind: Some(KeyKind::Base), ..access(&shop.front, &key) };
    let stock = shop.client.stock_page(&access, 0).await.unwrap_err();
    assert_eq!(stock.reason(), Reason::NotPermitted { base_token: true });
    assert!(stock.request_id().is_some());
    shop.client.orders_page(&access, now()).await.unwrap();
    let Err(orders) = shop.client.orders_page(&access, now()).await else { panic!("no limit") };
    assert_eq!(orders.reason(), Reason::RateLimited { retry_after: Duration::from_hours(3) });
    assert_eq!(orders.retry_at(now()), Some(now() + TimeDelta::hours(3)));
    assert_eq!(orders.pace().limit, Some(1));
}

#[tokio::test]
async fn the_pace_is_told_with_every_answer() {
    let shop = shop(Settings { skus: 5, days: 3, ..Settings::default() }).await;
    let access = access(&shop.front, &shop.key);
    let left: Vec<_> = [
        shop.client.cards_page(&access, None).await.unwrap().pace,
        shop.client.cards_page(&access, None).await.unwrap().pace,
        shop.client.stock_page(&access, 0).await.unwrap().pace,
        shop.client.orders_page(&access, now()).await.unwrap().pace(),
    ]
    .map(|pace| pace.remaining)
    .into();
    assert_eq!(left, [Some(4), Some(3), Some(0), Some(9)]);
    let failure = shop.client.stock_page(&access, 0).await.unwrap_err();
    assert_eq!(failure.reason(), Reason::RateLimited { retry_after: Duration::from_secs(20) });
}

#[tokio::test]
async fn every_fault_is_understood() {
    let shop = unlimited(5).await;
    let answer = |status, body: &str| Fault::Answer {
        status,
        content_type: "application/json".to_owned(),
        headers: vec![],
        body: body.to_owned(),
    };
    let gateway = |status, detail: &str| Fault::Gateway { status, detail: detail.to_owned() };
    let cases = [
        (gateway(401, "token problem"), Reason::KeyRefused),
        (gateway(402, "insufficient funds"), Reason::PaymentRequired),
        (
            gateway(403, "scope is not allowed for this resource"),
            Reason::NotPermitted { base_token: false },
        ),
        (gateway(403, "base token is not allowed"), Reason::NotPermitted { base_token: true }),
        (gateway(404, "This method is temporarily disabled. Link: ..."), Reason::Disabled),
        (gateway(500, "oops"), Reason::Unreachable),
        (gateway(503, "away"), Reason::Unreachable),
        (answer(502, "<html>bad gateway</html>"), Reason::Unreachable),
        (answer(400, r#"{"errors":["dateFrom"]}"#), Reason::OurFault),
        (
            answer(409, r#"{"code":"Processing","message":"The store is processing"}"#),
            Reason::Busy { retry_after: Duration::from_mins(2) },
        ),
        (answer(200, "<html>maintenance</html>"), Reason::UnexpectedShape),
        (Fault::CutOff, Reason::Unreachable),
    ];
    for (fault, reason) in cases {
        for operation in [
            Operation::CardsList,
            Operation::WbWarehouses,
            Operation::Warehouses,
            Operation::SupplierOrders,
        ] {
            shop.simulator.fail_next(operation, fault.clone());
            let access = access(&shop.front, &shop.key);
            let failure = match operation {
                Operation::CardsList => shop.cards().await.unwrap_err(),
                Operation::WbWarehouses => shop.client.stock_page(&access, 0).await.unwrap_err(),
                Operation::Warehouses => shop.client.seller_warehouses(&access).await.unwrap_err(),
                _ => shop.orders().await.unwrap_err(),
            };
            assert_eq!(failure.reason(), reason, "{operation:?} {fault:?}: {failure}");
            assert!(!failure.to_string().contains(shop.key.expose()));
        }
    }
    shop.simulator.disable(Operation::WbWarehouses, true);
    let access = access(&shop.front, &shop.key);
    assert_eq!(shop.client.stock_page(&access, 0).await.unwrap_err().reason(), Reason::Disabled);
    assert_eq!(
        shop.client.seller_stock(&access, 1, &[1]).await.unwrap_err().reason(),
        Reason::NotFound
    );
}

//! The past of stock on both engines: whether it stands as rows or is packed, it says the same; and what is let go says
//! the same from its beginning on.
#![allow(clippy::unwrap_used, reason = "tests")]

mod shop;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    ProductId, WarehouseId,
    observed::{ObservedPrice, ObservedWarehouse},
    product::StockSource,
    sync::StepKind,
};
use shop::{Shop, card, id, noon, shop};
use std::collections::BTreeMap;
use store::{
    ExportCursor, FreshnessRow, HistoryStart, LevelChange, MeasureDays, MeasureScope, NewPrice,
    NewProduct, PastChange, Pieces, Reason, Thinned, testing::TestStore, whole_stretches_before,
};

store::on_both_engines!(
    what_is_packed_reads_as_before,
    what_comes_late_is_packed_once,
    the_levels_of_the_beginning_stay,
    a_past_of_before_reads_the_same,
    each_company_has_its_own,
);

/// Days of the past.
const DAYS: i64 = 70;

/// The day in Moscow, days since 1970-01-01.
fn day_of(at: DateTime<Utc>) -> i64 {
    (at.timestamp() + 3 * 3600).div_euclid(86_400)
}

fn settled() -> i64 {
    whole_stretches_before(day_of(noon()) - 2)
}

/// Numbers that look like chance and are always the same.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> i64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((self.0 >> 33) % end).unwrap()
    }
}

/// Seven cards of two sizes at three warehouses; the last of them never changed.
struct Past {
    shop: Shop,
    cards: Vec<NewProduct>,
    changes: Vec<PastChange>,
}

impl Past {
    async fn of(test: &TestStore) -> Self {
        let shop = shop(&test.store).await;
        let cards: Vec<NewProduct> =
            (1..=7).map(|n| card(n, &format!("Кружка {n}"), &[n * 10, n * 10 + 1])).collect();
        shop.put(&cards).await;
        let seen: Vec<ObservedWarehouse> = (0..3)
            .map(|number| ObservedWarehouse {
                source: StockSource::Marketplace,
                number,
                name: format!("Склад {number}"),
                region: None,
            })
            .collect();
        let places: Vec<WarehouseId> = seen.iter().map(|_| id()).collect();
        let new: Vec<_> = places.iter().copied().zip(&seen).collect();
        let mut tx = shop.store.write(&shop.caller).await.unwrap();
        tx.upsert_warehouses(shop.account, &new).await.unwrap();
        let measured = FreshnessRow {
            as_of: Some(noon()),
            first_as_of: Some(noon() - TimeDelta::days(DAYS)),
            ..FreshnessRow::never(StepKind::Measures)
        };
        tx.set_freshness(shop.account, &measured).await.unwrap();
        tx.commit().await.unwrap();
        let changes = changes(&cards, &places);
        let past = Self { shop, cards, changes };
        past.write(&past.changes).await;
        past
    }

    async fn write(&self, changes: &[PastChange]) {
        let mut tx = self.shop.store.write(&self.shop.caller).await.unwrap();
        tx.write_history(changes).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn fold(&self, start: Option<HistoryStart>) -> Thinned {
        let mut all = Thinned::default();
        loop {
            let mut tx = self.shop.store.system_write(Reason::Operator).await.unwrap();
            let tenant = self.shop.caller.tenant_id();
            let some = tx.fold_history(tenant, settled(), start, all.last).await.unwrap();
            tx.commit().await.unwrap();
            all.removed += some.removed;
            all.packed += some.packed;
            all.last = some.last;
            if all.last.is_none() {
                return all;
            }
        }
    }

    fn ids(&self) -> Vec<ProductId> {
        let mut ids: Vec<ProductId> = self.cards.iter().map(|card| card.id).collect();
        ids.sort_unstable();
        ids
    }

    /// All that can be asked of the past from a moment on, each answer under its question.
    async fn told(&self, since: DateTime<Utc>) -> BTreeMap<String, String> {
        let mut told = BTreeMap::new();
        let ids = self.ids();
        let (first, today) = (day_of(since) + 1, day_of(noon()));
        let mut tx = self.shop.store.read(&self.shop.caller).await.unwrap();
        for until in [noon(), noon() - TimeDelta::days(20)] {
            let asked: Vec<_> = ids.iter().map(|id| (*id, until)).collect();
            let days = tx.stock_deltas(&asked, first).await.unwrap();
            told.insert(format!("days until {until}"), format!("{days:?}"));
        }
        for id in &ids {
            let mut places = tx.place_deltas(*id, first).await.unwrap();
            places.sort_unstable();
            told.insert(format!("places of {id}"), format!("{places:?}"));
        }
        let days = MeasureDays { first: first.max(today - 28), last: today - 1, today };
        for scope in [MeasureScope::After(None, 100), MeasureScope::These(&ids)] {
            let inputs = tx.measure_inputs(self.shop.account, days, scope).await.unwrap();
            let deltas: Vec<_> = inputs.iter().map(|input| &input.deltas).collect();
            told.insert(format!("measures of {scope:?}"), format!("{deltas:?}"));
        }
        let mut weeks: BTreeMap<(ProductId, i64), i64> = BTreeMap::new();
        let ends = (ids[0], ids[ids.len() - 1]);
        for (product, day, delta) in tx.deltas_between(ends, (first, today - 3)).await.unwrap() {
            *weeks.entry((product, day)).or_default() += delta;
        }
        told.insert("weeks".into(), format!("{weeks:?}"));
        let mut shop = tx.shop_day_inputs(self.shop.account, first).await.unwrap().deltas;
        shop.sort_unstable();
        told.insert("shop".into(), format!("{shop:?}"));
        for hours in (0..=(noon() - since).num_hours()).step_by(31) {
            let at = noon() - TimeDelta::hours(hours);
            let asked: Vec<_> = ids.iter().map(|id| (*id, day_of(at), noon())).collect();
            let rest: BTreeMap<_, _> =
                tx.rest_of_day(&asked, at).await.unwrap().into_iter().collect();
            // A day on which nothing more happened may be missing or zero.
            let rest: Vec<_> = rest.into_iter().filter(|(_, delta)| *delta != 0).collect();
            told.insert(format!("rest of the day of {at}"), format!("{rest:?}"));
            for id in &ids {
                let (places, sizes) = tx.places_at(*id, at, day_of(at)).await.unwrap();
                let sizes: BTreeMap<_, _> = sizes.into_iter().collect();
                told.insert(format!("places of {id} at {at}"), format!("{places:?} {sizes:?}"));
            }
            let day = at.timestamp() / 86_400;
            let mut changed = Vec::new();
            loop {
                let after = changed.last().map(|last: &store::ChangedProduct| last.id);
                let to = at + TimeDelta::days(9);
                let some = tx.changed_products((at, to), day, after, 2).await.unwrap();
                changed.extend_from_slice(&some);
                if some.len() < 2 {
                    break;
                }
            }
            told.insert(format!("changed since {at}"), format!("{changed:?}"));
        }
        told
    }

    /// The changes as they leave the house.
    async fn exported(&self) -> Vec<String> {
        let (mut rows, mut cursor) = (Vec::new(), Some(ExportCursor::default()));
        while let Some(at) = cursor {
            let mut tx = self.shop.store.read(&self.shop.caller).await.unwrap();
            let (some, next) = tx.export_page(at).await.unwrap();
            tx.commit().await.unwrap();
            rows.extend(some.into_iter().filter(|row| row["table"] == "stock_changes"));
            cursor = next;
        }
        rows.into_iter().map(|row| row["row"].to_string()).collect()
    }
}

fn changes(cards: &[NewProduct], places: &[WarehouseId]) -> Vec<PastChange> {
    let mut numbers = Numbers(7);
    let mut levels: BTreeMap<_, i64> = BTreeMap::new();
    let mut changes = Vec::new();
    for day in (1..=DAYS).rev() {
        for _ in 0..12 {
            let at = noon() - TimeDelta::days(day)
                + TimeDelta::seconds(numbers.below(80_000))
                + TimeDelta::microseconds(numbers.below(1_000_000));
            let card = &cards[usize::try_from(numbers.below(6)).unwrap()];
            let offer = card.offer_ids[usize::try_from(numbers.below(2)).unwrap()];
            let place = (offer, places[usize::try_from(numbers.below(3)).unwrap()]);
            let quantity = numbers.below(40);
            let level = levels.entry(place).or_default();
            let now = Pieces {
                quantity,
                in_way_to_client: numbers.below(3),
                in_way_from_client: numbers.below(2),
            };
            let change = LevelChange { place, product: card.id, now, delta: quantity - *level };
            *level = quantity;
            changes.push(PastChange { change, at, day: day_of(at) });
        }
    }
    changes.sort_unstable_by_key(|change| change.at);
    let mut levels: BTreeMap<_, i64> = BTreeMap::new();
    for past in &mut changes {
        let level = levels.entry(past.change.place).or_default();
        past.change.delta = past.change.now.quantity - *level;
        *level = past.change.now.quantity;
    }
    changes
}

fn same(one: &BTreeMap<String, String>, other: &BTreeMap<String, String>) {
    assert!(one.len() > 100, "{} questions", one.len());
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    for (question, answer) in one {
        assert_eq!(answer, &other[question], "{question}");
    }
}

fn all_of_it() -> DateTime<Utc> {
    noon() - TimeDelta::days(DAYS + 1)
}

async fn what_is_packed_reads_as_before(test: TestStore) {
    let past = Past::of(&test).await;
    let (before, exported) = (past.told(all_of_it()).await, past.exported().await);
    assert_eq!(exported.len(), past.changes.len());
    let folded = past.fold(None).await;
    let old = past.changes.iter().filter(|change| change.day < settled()).count();
    assert_eq!((folded.removed, folded.packed), (0, old as u64));
    assert!(old > 500 && old < past.changes.len(), "both kinds: {old}");
    same(&before, &past.told(all_of_it()).await);
    assert_eq!(past.exported().await, exported);
    assert_eq!(past.fold(None).await, Thinned::default(), "once");
    same(&before, &past.told(all_of_it()).await);
}

async fn what_comes_late_is_packed_once(test: TestStore) {
    let past = Past::of(&test).await;
    let before = past.told(all_of_it()).await;
    past.fold(None).await;
    // A report that is read once more, as after a crash.
    past.write(&past.changes).await;
    same(&before, &past.told(all_of_it()).await);
    assert_eq!(past.fold(None).await.packed, 0);
    // And one that knows more: of the same places, and of a card that had no past.
    let of = past.changes[100];
    let late = |seconds, product, delta| PastChange {
        change: LevelChange { product, delta, ..of.change },
        at: of.at + TimeDelta::seconds(seconds),
        ..of
    };
    past.write(&[late(1, of.change.product, 5), late(2, past.cards[6].id, 7)]).await;
    let with_late = past.told(all_of_it()).await;
    assert_ne!(before["weeks"], with_late["weeks"]);
    assert_eq!(past.exported().await.len(), past.changes.len() + 2);
    assert_eq!(past.fold(None).await.packed, 2);
    same(&with_late, &past.told(all_of_it()).await);
    assert_eq!(past.exported().await.len(), past.changes.len() + 2);
}

async fn the_levels_of_the_beginning_stay(test: TestStore) {
    let past = Past::of(&test).await;
    let price = |minor| ObservedPrice {
        offer: 10,
        price_minor: minor,
        discount_percent: None,
        discounted_minor: minor,
        buyer_minor: None,
        currency: "RUB".into(),
    };
    for (days, minor) in [(60, 100), (50, 200), (45, 300), (10, 400)] {
        let observed = price(minor);
        let new = NewPrice {
            offer: past.cards[0].offer_ids[0],
            product: past.cards[0].id,
            observed: &observed,
        };
        let mut tx = past.shop.store.write(&past.shop.caller).await.unwrap();
        tx.upsert_prices(&[new], noon() - TimeDelta::days(days)).await.unwrap();
        tx.commit().await.unwrap();
    }
    // Once packed before, once all at once.
    let mut before = BTreeMap::new();
    for (kept, is_packed) in [(50, true), (40, false), (30, false)] {
        let day = day_of(noon()) - kept;
        let at = DateTime::from_timestamp((day + 1) * 86_400, 0).unwrap();
        if is_packed {
            past.fold(None).await;
        }
        before = past.told(at).await;
        let exported = past.exported().await.len();
        let folded = past.fold(Some(HistoryStart { day, at })).await;
        assert!(folded.removed > 50, "{folded:?}");
        same(&before, &past.told(at).await);
        let left = past.exported().await;
        assert!(left.len() < exported);
        let older = left.iter().filter(|row| {
            let row: serde_json::Value = serde_json::from_str(row).unwrap();
            row["day"].as_i64().unwrap() < day
        });
        let places = past.changes.iter().filter(|c| c.day < day).map(|c| c.change.place);
        let places: std::collections::BTreeSet<_> = places.collect();
        assert_eq!(older.count(), places.len(), "one of each place");
        assert_eq!(past.fold(Some(HistoryStart { day, at })).await, Thinned::default(), "once");
        same(&before, &past.told(at).await);
    }
    let mut tx = past.shop.store.read(&past.shop.caller).await.unwrap();
    let prices = tx.price_history(past.cards[0].id).await.unwrap();
    let known: Vec<i64> = prices.iter().map(|price| price.price_minor).collect();
    assert_eq!(known, [400, 300], "that of the beginning and what came later");
    // A shorter past than what is packed anyway, and what is read again of before it.
    let day = day_of(noon()) - 1;
    let at = DateTime::from_timestamp((day + 1) * 86_400, 0).unwrap();
    let start = HistoryStart { day, at };
    past.write(&past.changes).await;
    past.fold(Some(start)).await;
    let now = past.told(at - TimeDelta::days(1)).await;
    let is_asked = |key: &String| key.starts_with("places") && key.ends_with(&noon().to_string());
    let places: Vec<_> = before.iter().filter(|(key, _)| is_asked(key)).collect();
    assert_eq!(places.len(), past.cards.len());
    for (question, answer) in places {
        assert_eq!(answer, &now[question], "{question}");
    }
}

async fn a_past_of_before_reads_the_same(test: TestStore) {
    let past = Past::of(&test).await;
    let (before, exported) = (past.told(all_of_it()).await, past.exported().await);
    let sqlite = test.settings.url.starts_with("sqlite");
    let forget = "delete from _stock_tracker_migrations where version = 25;";
    if sqlite {
        let first = include_str!("../../../migrations/sqlite/0001_init.sql");
        let (_, old) = first.split_once("create table stock_changes (").unwrap();
        let (columns, _) = old.split_once(';').unwrap();
        let sql = format!(
            "alter table stock_changes rename to newer;
             create table stock_changes ({columns};
             insert into stock_changes select * from newer;
             drop table newer; drop table stock_past; {forget}"
        );
        let pool = sqlx::SqlitePool::connect(&test.settings.url).await.unwrap();
        sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&pool).await.unwrap();
        pool.close().await;
    } else {
        let pool = sqlx::PgPool::connect(&test.settings.url).await.unwrap();
        let sql = format!("drop table stock_past; {forget}");
        sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&pool).await.unwrap();
        pool.close().await;
    }
    assert!(test.store.verify().await.is_err(), "an older schema");
    test.store.migrate().await.unwrap();
    test.store.verify().await.unwrap();
    same(&before, &past.told(all_of_it()).await);
    assert!(past.fold(None).await.packed > 500);
    same(&before, &past.told(all_of_it()).await);
    assert_eq!(past.exported().await, exported);
}

async fn each_company_has_its_own(test: TestStore) {
    let (mine, theirs) = (Past::of(&test).await, Past::of(&test).await);
    let (before, exported) = (theirs.told(all_of_it()).await, theirs.exported().await);
    let day = day_of(noon()) - 30;
    let at = DateTime::from_timestamp((day + 1) * 86_400, 0).unwrap();
    assert!(mine.fold(Some(HistoryStart { day, at })).await.removed > 0);
    same(&before, &theirs.told(all_of_it()).await);
    assert_eq!(theirs.exported().await, exported);
    theirs.fold(None).await;
    let mut tx = mine.shop.store.read(&mine.shop.caller).await.unwrap();
    let asked: Vec<_> = theirs.ids().into_iter().map(|id| (id, noon())).collect();
    assert!(tx.stock_deltas(&asked, 0).await.unwrap().is_empty());
    for (id, _) in asked {
        let (places, sizes) = tx.places_at(id, noon(), day_of(noon())).await.unwrap();
        assert!(places.is_empty() && sizes.is_empty());
    }
}

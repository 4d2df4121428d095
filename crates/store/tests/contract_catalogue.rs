//! Cards, stock, orders, lists: every function on both engines.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::items_after_statements,
    clippy::inconsistent_digit_grouping,
    reason = "tests: money is written in roubles and kopecks"
)]

mod shop;

use chrono::TimeDelta;
use domain::{
    WarehouseId,
    observed::{ObservedOrder, ObservedWarehouse},
    product::{ProductQuery, ProductSort, SortOrder, StockSource},
    today::{Abc, Xyz},
};
use shop::{Shop, card, id, noon, order, shop, today};
use std::collections::{BTreeMap, HashMap, HashSet};
use store::{
    Cursor, FreshnessRow, INFINITE_COVER, LevelChange, MeasureDays, MeasureScope, Measures, Part,
    Pieces, PlanMeasures, StockCurve, on_both_engines, testing::TestStore,
};

on_both_engines!(
    cards_are_written_only_when_they_differ,
    what_vanished_is_archived_and_may_return,
    offers_follow_their_card,
    search_and_sort_know_cyrillic,
    unknown_quantities_sort_last_in_either_order,
    filters_count_and_sum,
    counted_sums_are_believed_until_something_changes,
    changes_of_stock_are_known_until_the_measuring,
    cursors_read_all_rows_once_whatever_is_inserted,
    names_come_sorted_and_without_the_archived,
    levels_and_their_changes,
    a_later_change_of_an_order_wins,
    daily_sums_are_what_a_naive_count_says,
    orders_are_adopted_when_their_card_appears,
    measures_come_back_as_they_were_written,
    freshness_is_kept,
    tenants_do_not_see_each_other,
);

async fn cards_are_written_only_when_they_differ(test: TestStore) {
    let shop = shop(&test.store).await;
    // More than one piece of a bulk statement.
    let mut cards: Vec<_> = (1..=900).map(|n| card(n, "Кружка", &[n * 10, n * 10 + 1])).collect();
    let first = shop.put(&cards).await;
    assert_eq!((first.changed, first.offers_changed), (900, 1800));
    let again = shop.put(&cards).await;
    assert_eq!((again.changed, again.offers_changed), (0, 0));
    cards[7].observed.title = "Чашка".into();
    cards[8].observed.brand = None;
    cards[9].observed.offers[1].barcodes.push("999".into());
    cards[10].observed.changed_at += TimeDelta::days(1);
    let third = shop.put(&cards).await;
    // A new barcode is searched for, so its card changes, too; a mere check by the marketplace changes nothing.
    assert_eq!((third.changed, third.offers_changed), (3, 1));
    let mut tx = test.store.read(&shop.caller).await.unwrap();
    let ids = tx.product_ids(shop.account).await.unwrap();
    assert_eq!(ids.len(), 900);
    assert_eq!(ids[&8], cards[7].id, "an id stays");
    assert_eq!(tx.listed_products(shop.account).await.unwrap(), 900);
}

async fn names_come_sorted_and_without_the_archived(test: TestStore) {
    let (mine, other) = (shop(&test.store).await, shop(&test.store).await);
    mine.put(&[card(1, "Ложка", &[11]), card(2, "Ёлка", &[21]), card(3, "вилка", &[31])]).await;
    let mut tx = test.store.write(&mine.caller).await.unwrap();
    tx.archive_products_except(mine.account, &HashSet::from([1, 2]), noon()).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = test.store.read(&mine.caller).await.unwrap();
    let titles =
        |rows: Vec<store::NamedProduct>| rows.into_iter().map(|row| row.title).collect::<Vec<_>>();
    assert_eq!(titles(tx.product_names(9).await.unwrap()), ["Ёлка", "Ложка"]);
    assert_eq!(titles(tx.product_names(1).await.unwrap()), ["Ёлка"]);
    drop(tx);
    let mut tx = test.store.read(&other.caller).await.unwrap();
    assert_eq!(tx.product_names(9).await.unwrap(), []);
}

async fn what_vanished_is_archived_and_may_return(test: TestStore) {
    let shop = shop(&test.store).await;
    let cards = [card(1, "Кружка", &[11]), card(2, "Ложка", &[21]), card(3, "Вилка", &[31])];
    shop.put(&cards).await;
    let seen = HashSet::from([1, 3]);
    let mut tx = test.store.write(&shop.caller).await.unwrap();
    let later = noon() + TimeDelta::hours(1);
    assert_eq!(tx.archive_products_except(shop.account, &seen, later).await.unwrap(), 1);
    assert_eq!(tx.archive_products_except(shop.account, &seen, later).await.unwrap(), 0);
    tx.commit().await.unwrap();
    let mut tx = test.store.read(&shop.caller).await.unwrap();
    let page = tx.list_products(&ProductQuery::default(), Part::Page).await.unwrap();
    assert_eq!(page.total, 2);
    let gone = tx.listed_product(cards[1].id).await.unwrap().unwrap();
    assert_eq!(gone.archived_at, Some(later));
    let offers = tx.known_offers(shop.account).await.unwrap();
    assert!(!offers[&21].listed && offers[&11].listed);
    drop(tx);
    assert_eq!(shop.put(&cards[1..2]).await.changed, 1, "it came back");
    let mut tx = test.store.read(&shop.caller).await.unwrap();
    assert_eq!(tx.listed_product(cards[1].id).await.unwrap().unwrap().archived_at, None);
}

async fn offers_follow_their_card(test: TestStore) {
    let shop = shop(&test.store).await;
    shop.put(&[card(1, "Кружка", &[11, 12]), card(2, "Ложка", &[21])]).await;
    // A size is gone, another moved to the other card.
    let moved = [card(1, "Кружка", &[11]), card(2, "Ложка", &[21, 12])];
    assert_eq!(shop.put(&moved).await.offers_changed, 1);
    let gone = [card(1, "Кружка", &[11]), card(2, "Ложка", &[21])];
    assert_eq!(shop.put(&gone).await.offers_changed, 1);
    let mut tx = test.store.read(&shop.caller).await.unwrap();
    let ids = tx.product_ids(shop.account).await.unwrap();
    let offers = tx.known_offers(shop.account).await.unwrap();
    assert_eq!(offers[&12].product, ids[&2]);
    assert!(!offers[&12].listed);
    let of_first = tx.offers(ids[&1], true).await.unwrap();
    assert_eq!(of_first.len(), 1);
    assert_eq!(of_first[0].marketplace_offer, "11");
    assert_eq!(of_first[0].barcodes, ["4600000000011"]);
    assert_eq!(of_first[0].quantity, Some(0));
    assert_eq!(tx.offers(ids[&1], false).await.unwrap()[0].quantity, None);
}

async fn titles(shop: &Shop, query: ProductQuery) -> Vec<String> {
    let mut tx = shop.store.read(&shop.caller).await.unwrap();
    let page = tx.list_products(&query, Part::Page).await.unwrap();
    page.rows.into_iter().map(|row| row.summary.product_name).collect()
}

async fn search_and_sort_know_cyrillic(test: TestStore) {
    let shop = shop(&test.store).await;
    shop.put(&[
        card(1, "ёлка новогодняя", &[11]),
        card(2, "Ваза 100% стекло", &[21]),
        card(3, "жираф", &[31]),
        card(4, "Абажур", &[41]),
    ])
    .await;
    let by_name = |order| ProductQuery {
        sort_by: ProductSort::ProductName,
        sort_order: order,
        ..ProductQuery::default()
    };
    let names = titles(&shop, by_name(SortOrder::Asc)).await;
    assert_eq!(names, ["Абажур", "Ваза 100% стекло", "ёлка новогодняя", "жираф"]);
    let mut back = titles(&shop, by_name(SortOrder::Desc)).await;
    back.reverse();
    assert_eq!(names, back);
    let found = async |text: &str| {
        let query = ProductQuery { search: Some(text.into()), ..by_name(SortOrder::Asc) };
        titles(&shop, query).await
    };
    assert_eq!(found("ЕЛКА").await, ["ёлка новогодняя"]);
    assert_eq!(found("годняя Ёлк").await, ["ёлка новогодняя"]);
    assert_eq!(found("арт-3").await, ["жираф"]);
    assert_eq!(found("4600000000041").await, ["Абажур"]);
    assert_eq!(found("100%").await, ["Ваза 100% стекло"]);
    assert_eq!(found("1%0").await, [""; 0]);
    assert_eq!(found("уют").await.len(), 4, "by brand");
    assert_eq!(found("  ").await.len(), 4);
}

async fn counted_sums_are_believed_until_something_changes(test: TestStore) {
    let shop = shop(&test.store).await;
    let cards: Vec<_> = (1..=5).map(|n| card(n, &format!("{n}"), &[n])).collect();
    shop.put(&cards).await;
    let of = |stock| Measures { total_stock: Some(stock), ..Measures::default() };
    measure(&shop, &[(cards[0].id, of(5)), (cards[1].id, of(7))]).await;
    let asked = async |query: ProductQuery| {
        let mut tx = shop.store.read(&shop.caller).await.unwrap();
        let page = tx.list_products(&query, Part::Page).await.unwrap();
        (page.total, page.totals.total_stock)
    };
    let whole = || asked(ProductQuery::default());
    let count = async || {
        let mut tx = shop.store.write(&shop.caller).await.unwrap();
        tx.count_totals(shop.account, noon()).await.unwrap();
        tx.commit().await.unwrap();
    };
    assert_eq!(whole().await, (5, Some(12)), "added up while nobody has counted");
    count().await;
    // What is believed can be told from what is added up: a wrong sum is planted.
    let plant = async || {
        test.set_counted(shop.caller.tenant_id(), 99).await;
        assert_eq!(whole().await.0, 99);
    };
    plant().await;
    let some = ProductQuery { min_stock: Some(6), ..ProductQuery::default() };
    assert_eq!(asked(some).await, (1, Some(7)), "a filter is added up");
    let beyond = ProductQuery { page: 9, ..ProductQuery::default() };
    assert_eq!(asked(beyond).await.0, 5, "a page without rows, too");

    measure(&shop, &[(cards[2].id, of(8))]).await;
    assert_eq!(whole().await, (5, Some(20)), "other measures");
    count().await;
    plant().await;
    shop.put(&[card(6, "6", &[6])]).await;
    assert_eq!(whole().await, (6, Some(20)), "another card");
    count().await;
    plant().await;
    let mut tx = shop.store.write(&shop.caller).await.unwrap();
    tx.archive_products_except(shop.account, &HashSet::from([1, 2]), noon()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(whole().await, (2, Some(12)), "cards that are gone");
    count().await;
    assert_eq!(whole().await, (2, Some(12)));
}

async fn changes_of_stock_are_known_until_the_measuring(test: TestStore) {
    let shop = shop(&test.store).await;
    let cup = card(1, "Кружка", &[11]);
    shop.put(&[cup.clone(), card(2, "Ложка", &[21])]).await;
    let warehouse: WarehouseId = id();
    let seen = ObservedWarehouse {
        source: StockSource::Marketplace,
        number: 507,
        name: "Коледино".into(),
        region: None,
    };
    let at = |hours| noon() + TimeDelta::hours(hours);
    let mut tx = shop.store.write(&shop.caller).await.unwrap();
    tx.upsert_warehouses(shop.account, &[(warehouse, &seen)]).await.unwrap();
    for (hours, day, quantity, delta) in [
        (-72, today() - 3, 9, 9),
        (-48, today() - 2, 7, -2),
        (-47, today() - 2, 4, -3),
        (2, today(), 1, -3),
    ] {
        let change = LevelChange {
            place: (cup.offer_ids[0], warehouse),
            product: cup.id,
            now: Pieces { quantity, ..Pieces::default() },
            delta,
        };
        tx.write_levels(&[change], at(hours), day).await.unwrap();
    }
    let measured = FreshnessRow {
        as_of: Some(noon()),
        first_as_of: Some(noon()),
        ..FreshnessRow::never(domain::sync::StepKind::Measures)
    };
    tx.set_freshness(shop.account, &measured).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = shop.store.read(&shop.caller).await.unwrap();
    let query = ProductQuery {
        sort_by: ProductSort::ProductName,
        sort_order: SortOrder::Asc,
        ..ProductQuery::default()
    };
    let page = tx.list_products(&query, Part::Page).await.unwrap();
    let measured = page.rows[0].measured_at.unwrap();
    let ids: Vec<_> = page.rows.iter().map(|row| (row.summary.id, measured)).collect();
    let mut since = async |day| {
        let deltas = tx.stock_deltas(&ids, day).await.unwrap();
        let mut deltas: Vec<_> = deltas.iter().map(|d| (d.product_id, d.day, d.delta)).collect();
        deltas.sort_unstable();
        deltas
    };
    assert_eq!(
        since(today() - 2).await,
        [(cup.id, today() - 2, -5)],
        "a day's changes are one, later ones are not yet measured"
    );
    assert_eq!(since(today() - 3).await, [(cup.id, today() - 3, 9), (cup.id, today() - 2, -5)]);
}

async fn measure(shop: &Shop, values: &[(domain::ProductId, Measures)]) {
    let mut tx = shop.store.write(&shop.caller).await.unwrap();
    assert_eq!(tx.write_measures(shop.account, values, noon()).await.unwrap(), values.len() as u64);
    tx.commit().await.unwrap();
}

async fn unknown_quantities_sort_last_in_either_order(test: TestStore) {
    let shop = shop(&test.store).await;
    let cards: Vec<_> = (1..=5).map(|n| card(n, &format!("{n}"), &[n])).collect();
    shop.put(&cards).await;
    let of =
        |stock, cover_tenths| Measures { total_stock: stock, cover_tenths, ..Measures::default() };
    measure(
        &shop,
        &[
            (cards[0].id, of(Some(5), Some(63))),
            (cards[1].id, of(None, None)),
            (cards[2].id, of(Some(0), Some(0))),
            (cards[3].id, of(Some(9), Some(INFINITE_COVER))),
        ],
    )
    .await;
    let sorted = async |sort_by, sort_order| {
        titles(&shop, ProductQuery { sort_by, sort_order, ..ProductQuery::default() }).await
    };
    // Equals are told apart by their ids, which grow with the number.
    assert_eq!(sorted(ProductSort::TotalStock, SortOrder::Asc).await, ["3", "1", "4", "2", "5"]);
    assert_eq!(sorted(ProductSort::TotalStock, SortOrder::Desc).await, ["4", "1", "3", "5", "2"]);
    assert_eq!(sorted(ProductSort::Cover, SortOrder::Asc).await, ["3", "1", "4", "2", "5"]);
    for sort in [ProductSort::Orders7, ProductSort::Orders28, ProductSort::TotalOrders] {
        assert_eq!(sorted(sort, SortOrder::Asc).await, ["1", "2", "3", "4", "5"]);
        assert_eq!(sorted(sort, SortOrder::Desc).await, ["5", "4", "3", "2", "1"]);
    }
    for sort in [ProductSort::UpdatedAt, ProductSort::CreatedAt, ProductSort::SellerArticle] {
        assert_eq!(sorted(sort, SortOrder::Asc).await.len(), 5);
    }
    let mut tx = shop.store.read(&shop.caller).await.unwrap();
    let covers: Vec<_> = tx
        .list_products(
            &ProductQuery {
                sort_by: ProductSort::ProductName,
                sort_order: SortOrder::Asc,
                ..ProductQuery::default()
            },
            Part::Page,
        )
        .await
        .unwrap()
        .rows
        .into_iter()
        .map(|row| row.summary.cover)
        .collect();
    use domain::demand::{Cover, UnknownReason};
    assert_eq!(
        covers,
        [
            Cover::Days { tenths: 63 },
            Cover::Unknown { reason: UnknownReason::NoStock },
            Cover::OutOfStock,
            Cover::Infinite,
            Cover::Unknown { reason: UnknownReason::NoStock },
        ]
    );
}

async fn filters_count_and_sum(test: TestStore) {
    let shop = shop(&test.store).await;
    let cards: Vec<_> = (0..30).map(|n| card(n, &format!("Вещь {n}"), &[n])).collect();
    shop.put(&cards).await;
    let measures: Vec<_> = (0..20)
        .map(|n: i64| {
            let stock = Measures { total_stock: Some(n), orders_7: Some(1), ..Measures::default() };
            (cards[usize::try_from(n).unwrap()].id, stock)
        })
        .collect();
    measure(&shop, &measures).await;
    let listed = async |query: ProductQuery| {
        let mut tx = shop.store.read(&shop.caller).await.unwrap();
        tx.list_products(&query, Part::Page).await.unwrap()
    };
    let all = listed(ProductQuery::default()).await;
    assert_eq!((all.total, all.totals.total_stock, all.totals.orders_7), (30, Some(190), Some(20)));
    assert_eq!(all.totals.orders_28, None, "nothing of it is known");
    let some = ProductQuery {
        min_stock: Some(5),
        max_stock: Some(7),
        page_size: 2,
        ..ProductQuery::default()
    };
    let some = listed(some).await;
    assert_eq!((some.total, some.rows.len(), some.totals.total_stock), (3, 2, Some(18)));
    let low = listed(ProductQuery { low_stock_only: true, ..ProductQuery::default() }).await;
    assert_eq!(low.total, 10, "below the tenant's threshold, and known");
    let far = listed(ProductQuery { page: 9, ..ProductQuery::default() }).await;
    assert_eq!((far.total, far.rows.len()), (30, 0));
    assert!(far.next.is_none());
    let third = listed(ProductQuery { page: 3, page_size: 12, ..ProductQuery::default() }).await;
    assert_eq!(third.rows.len(), 6);
}

async fn cursors_read_all_rows_once_whatever_is_inserted(test: TestStore) {
    let shop = shop(&test.store).await;
    let cards: Vec<_> = (0..50).map(|n| card(n, &format!("Вещь {:02}", n % 7), &[n])).collect();
    shop.put(&cards).await;
    let measures: Vec<_> = (0..40_i64)
        .map(|n| {
            let value = Some(n % 5);
            let all = Measures {
                total_stock: value,
                orders_7: value,
                orders_28: value,
                total_orders: value,
                cover_tenths: value,
                ..Measures::default()
            };
            (cards[usize::try_from(n).unwrap()].id, all)
        })
        .collect();
    measure(&shop, &measures).await;
    let mut extra = 1000;
    let sorts = [
        ProductSort::UpdatedAt,
        ProductSort::ProductName,
        ProductSort::SellerArticle,
        ProductSort::TotalStock,
        ProductSort::TotalOrders,
        ProductSort::Orders7,
        ProductSort::Orders28,
        ProductSort::Cover,
        ProductSort::CreatedAt,
    ];
    for sort_by in sorts {
        for sort_order in [SortOrder::Asc, SortOrder::Desc] {
            let query =
                ProductQuery { sort_by, sort_order, page_size: 7, ..ProductQuery::default() };
            let mut seen = Vec::new();
            let mut after: Option<Cursor> = None;
            loop {
                let mut tx = shop.store.read(&shop.caller).await.unwrap();
                let part = after.as_ref().map_or(Part::Page, Part::After);
                let page = tx.list_products(&query, part).await.unwrap();
                drop(tx);
                seen.extend(page.rows.iter().map(|row| row.summary.id));
                let Some(next) = page.next else { break };
                // What a client sends back is text.
                after = Some(Cursor::from_text(&next.to_text(), &query).unwrap());
                extra += 1;
                shop.put(&[card(extra, &format!("Вещь {:02}", extra % 7), &[extra])]).await;
            }
            let once: HashSet<_> = seen.iter().copied().collect();
            assert_eq!(once.len(), seen.len(), "{sort_by:?} {sort_order:?}: twice");
            assert!(
                cards.iter().all(|card| once.contains(&card.id)),
                "{sort_by:?} {sort_order:?}: missed"
            );
        }
    }
}

async fn levels_and_their_changes(test: TestStore) {
    let shop = shop(&test.store).await;
    shop.put(&[card(1, "Кружка", &[11, 12])]).await;
    let place = |source, number: i64, name: &str| ObservedWarehouse {
        source,
        number,
        name: name.into(),
        region: None,
    };
    let wb = place(StockSource::Marketplace, -999_999, "Склад WB");
    let own = place(StockSource::Seller, 658_434, "Мой склад");
    let mut tx = test.store.write(&shop.caller).await.unwrap();
    let new: [(WarehouseId, _); 2] = [(id(), &wb), (id(), &own)];
    assert_eq!(tx.upsert_warehouses(shop.account, &new).await.unwrap(), 2);
    assert_eq!(tx.upsert_warehouses(shop.account, &new).await.unwrap(), 0);
    let renamed = place(StockSource::Seller, 658_434, "Склад в Казани");
    assert_eq!(tx.upsert_warehouses(shop.account, &[(id(), &renamed)]).await.unwrap(), 1);
    let wb = tx.warehouse_ids(shop.account, StockSource::Marketplace).await.unwrap()[&-999_999];
    let own = tx.warehouse_ids(shop.account, StockSource::Seller).await.unwrap()[&658_434];
    assert_eq!(own, new[1].0);
    let offers = tx.known_offers(shop.account).await.unwrap();
    let change = |number: i64, warehouse, quantity, delta| LevelChange {
        place: (offers[&number].offer, warehouse),
        product: offers[&number].product,
        now: Pieces { quantity, in_way_to_client: 2, in_way_from_client: 1 },
        delta,
    };
    let first = [change(11, wb, 7, 7), change(12, wb, 3, 3), change(11, own, 5, 5)];
    tx.write_levels(&first, noon(), today()).await.unwrap();
    tx.commit().await.unwrap();

    let mut tx = test.store.write(&shop.caller).await.unwrap();
    let later = noon() + TimeDelta::days(1);
    let second = [change(11, wb, 4, -3)];
    tx.write_levels(&second, later, today() + 1).await.unwrap();
    // The same once more, as after a crash whose commit was not heard of.
    tx.write_levels(&second, later, today() + 1).await.unwrap();
    tx.commit().await.unwrap();

    let mut tx = test.store.read(&shop.caller).await.unwrap();
    let levels = tx.levels(shop.account, StockSource::Marketplace).await.unwrap();
    assert_eq!(levels.len(), 2);
    assert_eq!(levels[&(offers[&11].offer, wb)].1.quantity, 4);
    assert_eq!(tx.levels(shop.account, StockSource::Seller).await.unwrap().len(), 1);
    let product = offers[&11].product;
    let deltas = async |tx: &mut store::TenantTx, from, until| {
        let mut deltas: Vec<_> = tx
            .stock_deltas(&[(product, until)], from)
            .await
            .unwrap()
            .into_iter()
            .map(|delta| (delta.day - today(), delta.delta))
            .collect();
        deltas.sort_unstable();
        deltas
    };
    assert_eq!(deltas(&mut tx, today(), later).await, [(0, 15), (1, -3)]);
    assert_eq!(deltas(&mut tx, today(), noon()).await, [(0, 15)]);
    assert_eq!(deltas(&mut tx, today() + 1, later).await, [(1, -3)]);
    let stock = tx.warehouse_stock(product).await.unwrap();
    let told: Vec<_> = stock
        .iter()
        .map(|w| (w.warehouse_name.as_str(), w.source, w.quantity, w.in_way_to_client))
        .collect();
    assert_eq!(
        told,
        [
            ("Склад WB", StockSource::Marketplace, 7, 4),
            ("Склад в Казани", StockSource::Seller, 5, 2),
        ]
    );
    assert_eq!(stock[0].changed_at, later);
    let quantities: Vec<_> =
        tx.offers(product, true).await.unwrap().iter().map(|offer| offer.quantity).collect();
    assert_eq!(quantities, [Some(9), Some(3)]);
}

async fn a_later_change_of_an_order_wins(test: TestStore) {
    let shop = shop(&test.store).await;
    let cup = card(1, "Кружка", &[11]);
    shop.put(std::slice::from_ref(&cup)).await;
    let day = today() - 3;
    assert_eq!(shop.put_orders(&[order("а", 1, day, 0), order("б", 1, day, 0)]).await, 2);
    assert_eq!(shop.put_orders(&[order("а", 1, day, 0)]).await, 0, "nothing new");
    let cancelled = ObservedOrder { cancelled_at: Some(noon()), ..order("а", 1, day, 50) };
    assert_eq!(shop.put_orders(&[cancelled]).await, 1);
    assert_eq!(shop.put_orders(&[order("а", 1, day, 20)]).await, 0, "an older row comes late");
    let dearer = ObservedOrder { price_minor: 150_00, ..order("б", 1, day, 60) };
    assert_eq!(shop.put_orders(&[dearer]).await, 1);
    let mut tx = test.store.read(&shop.caller).await.unwrap();
    let sales = tx.day_sales(cup.id, day).await.unwrap();
    assert_eq!(sales.len(), 1);
    let sale = sales[0];
    assert_eq!((sale.day, sale.ordered, sale.cancelled, sale.revenue_minor), (day, 1, 1, 150_00));
    assert!(tx.day_sales(cup.id, day + 1).await.unwrap().is_empty());
    assert_eq!(tx.currency(cup.id).await.unwrap().as_deref(), Some("RUB"));
}

/// A small generator of cases: the same ones every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n
    }
}

async fn daily_sums_are_what_a_naive_count_says(test: TestStore) {
    let shop = shop(&test.store).await;
    let cards: Vec<_> = (1..=4).map(|n| card(n, "Кружка", &[n])).collect();
    shop.put(&cards).await;
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
    let mut known: HashMap<String, ObservedOrder> = HashMap::new();
    for _ in 0..25 {
        let mut batch: BTreeMap<String, ObservedOrder> = BTreeMap::new();
        for _ in 0..chance.below(700) {
            let number = chance.below(900);
            let day = today() - i64::try_from(number % 20).unwrap();
            let changed = i64::try_from(chance.below(1000)).unwrap();
            let mut order =
                order(&format!("ключ-{number}"), 1 + (number % 5).cast_signed(), day, changed);
            order.cancelled_at = (chance.below(3) == 0).then(noon);
            order.price_minor = i64::try_from(chance.below(5000)).unwrap();
            batch.insert(order.key.clone(), order);
        }
        let batch: Vec<_> = batch.into_values().collect();
        shop.put_orders(&batch).await;
        for order in batch {
            let later = known.get(&order.key).is_none_or(|old| order.changed_at > old.changed_at);
            if later {
                known.insert(order.key.clone(), order);
            }
        }
    }
    let mut tx = test.store.read(&shop.caller).await.unwrap();
    for card in &cards {
        let mut expected: BTreeMap<i64, [i64; 3]> = BTreeMap::new();
        for order in known.values().filter(|order| order.article == card.observed.article) {
            let sums = expected.entry(order.ordered_at.timestamp() / 86_400).or_default();
            if order.cancelled_at.is_some() {
                sums[1] += 1;
            } else {
                sums[0] += 1;
                sums[2] += order.price_minor;
            }
        }
        let sums: BTreeMap<i64, [i64; 3]> = tx
            .day_sales(card.id, 0)
            .await
            .unwrap()
            .into_iter()
            .map(|sale| (sale.day, [sale.ordered, sale.cancelled, sale.revenue_minor]))
            .collect();
        assert_eq!(sums, expected);
        assert!(!sums.is_empty());
    }
}

async fn orders_are_adopted_when_their_card_appears(test: TestStore) {
    let shop = shop(&test.store).await;
    shop.put_orders(&[order("а", 1, today(), 0), order("б", 2, today(), 0)]).await;
    let cup = card(1, "Кружка", &[11]);
    shop.put(std::slice::from_ref(&cup)).await;
    let mut tx = test.store.write(&shop.caller).await.unwrap();
    assert_eq!(tx.adopt_orders(shop.account).await.unwrap(), 1);
    assert_eq!(tx.adopt_orders(shop.account).await.unwrap(), 0);
    tx.commit().await.unwrap();
    let mut tx = test.store.read(&shop.caller).await.unwrap();
    assert_eq!(tx.day_sales(cup.id, 0).await.unwrap()[0].ordered, 1);
}

async fn measures_come_back_as_they_were_written(test: TestStore) {
    let shop = shop(&test.store).await;
    let cards = [card(1, "Кружка", &[11]), card(2, "Ложка", &[21])];
    shop.put(&cards).await;
    let orders: Vec<_> = (0..40).map(|n| order(&format!("{n}"), 1, today() - n, 0)).collect();
    shop.put_orders(&orders).await;
    let mut tx = test.store.write(&shop.caller).await.unwrap();
    let wb = ObservedWarehouse {
        source: StockSource::Marketplace,
        number: 1,
        name: "Склад".into(),
        region: None,
    };
    let warehouse: WarehouseId = id();
    tx.upsert_warehouses(shop.account, &[(warehouse, &wb)]).await.unwrap();
    let offers = tx.known_offers(shop.account).await.unwrap();
    for (day, quantity, delta) in [(-40, 9, 9), (-2, 4, -5), (0, 6, 2)] {
        let change = LevelChange {
            place: (offers[&11].offer, warehouse),
            product: offers[&11].product,
            now: Pieces { quantity, in_way_to_client: 3, in_way_from_client: 2 },
            delta,
        };
        let at = noon() + TimeDelta::days(day);
        tx.write_levels(&[change], at, today() + day).await.unwrap();
    }
    let days = MeasureDays { first: today() - 28, last: today() - 1, today: today() };
    let mut inputs =
        tx.measure_inputs(shop.account, days, MeasureScope::After(None, 100)).await.unwrap();
    inputs.sort_by_key(|input| input.product);
    let cup = &inputs[0];
    let nothing = StockCurve::default().until(days.today);
    assert_eq!(cup.stored, Measures { curve: nothing, ..Measures::default() });
    assert_eq!((cup.levels, cup.total_orders), ([6, 3, 2], 40));
    assert_eq!(cup.ordered, vec![1; 28]);
    let mut deltas = vec![0; 29];
    (deltas[26], deltas[28]) = (-5, 2);
    assert_eq!(cup.deltas, deltas);
    assert_eq!((inputs[1].levels, inputs[1].total_orders), ([0; 3], 0));
    let measures = Measures {
        total_stock: Some(6),
        in_way_to_client: Some(3),
        in_way_from_client: Some(2),
        orders_7: Some(7),
        orders_28: Some(28),
        total_orders: Some(40),
        days_in_stock_28: Some(28),
        cover_tenths: None,
        plan: PlanMeasures {
            price_minor: Some(69_900),
            velocity_thousandths: Some(1000),
            at_risk_units: Some(8),
            dead_units: Some(0),
            abc: Some(Abc::A),
            xyz: Some(Xyz::Y),
            ..PlanMeasures::default()
        },
        curve: StockCurve::new(days.today, &[Some(9), Some(0), Some(6)]),
    };
    let later = noon() + TimeDelta::minutes(1);
    assert_eq!(
        tx.write_measures(shop.account, &[(cards[0].id, measures)], later).await.unwrap(),
        1
    );
    tx.commit().await.unwrap();
    let mut tx = test.store.read(&shop.caller).await.unwrap();
    let inputs =
        tx.measure_inputs(shop.account, days, MeasureScope::After(None, 100)).await.unwrap();
    let cup = inputs.iter().find(|input| input.product == cards[0].id).unwrap();
    assert_eq!(cup.stored, measures);
    let row = tx.listed_product(cards[0].id).await.unwrap().unwrap();
    assert_eq!(row.summary.updated_at, later);
    assert_eq!(row.days_in_stock_28, Some(28));
    assert_eq!(row.curve, measures.curve);
}

async fn freshness_is_kept(test: TestStore) {
    use domain::sync::{StepKind, StepProblem, StepProblemCode};
    let shop = shop(&test.store).await;
    let mut tx = test.store.write(&shop.caller).await.unwrap();
    let never = tx.freshness_of(shop.account, StepKind::Orders).await.unwrap();
    assert_eq!(never, FreshnessRow::never(StepKind::Orders));
    let row = FreshnessRow {
        step: StepKind::Orders,
        first_as_of: Some(noon() - TimeDelta::days(90)),
        as_of: Some(noon()),
        rows: 12,
        cursor: Some(serde_json::json!({ "latest_change": "x" })),
        problem: None,
    };
    tx.set_freshness(shop.account, &row).await.unwrap();
    let problem =
        StepProblem { code: StepProblemCode::Disabled, detail: "выключено".into() };
    for step in [StepKind::Orders, StepKind::Products] {
        tx.set_freshness_problem(shop.account, step, Some(&problem)).await.unwrap();
    }
    let all = tx.freshness(shop.account).await.unwrap();
    assert_eq!(all.len(), 2);
    assert_eq!(all[0].step, StepKind::Products);
    assert_eq!(all[0].as_of, None);
    assert_eq!(all[1], FreshnessRow { problem: Some(problem), ..row });
}

async fn tenants_do_not_see_each_other(test: TestStore) {
    let (mine, theirs) = (shop(&test.store).await, shop(&test.store).await);
    let cup = card(1, "Кружка", &[11]);
    mine.put(std::slice::from_ref(&cup)).await;
    mine.put_orders(&[order("а", 1, today(), 0)]).await;
    let mut tx = test.store.read(&theirs.caller).await.unwrap();
    assert_eq!(tx.list_products(&ProductQuery::default(), Part::Page).await.unwrap().total, 0);
    assert!(tx.listed_product(cup.id).await.unwrap().is_none());
    assert!(tx.product_ids(mine.account).await.unwrap().is_empty());
    assert!(tx.known_offers(mine.account).await.unwrap().is_empty());
    assert!(tx.offers(cup.id, true).await.unwrap().is_empty());
    assert!(tx.warehouse_stock(cup.id).await.unwrap().is_empty());
    assert!(tx.day_sales(cup.id, 0).await.unwrap().is_empty());
    assert!(tx.currency(cup.id).await.unwrap().is_none());
    assert!(tx.stock_deltas(&[(cup.id, noon())], 0).await.unwrap().is_empty());
    drop(tx);
    // The same article in another shop is another product, and nobody writes into another's shop.
    let other = card(1, "Чужая кружка", &[11]);
    theirs.put(std::slice::from_ref(&other)).await;
    let mut tx = test.store.write(&theirs.caller).await.unwrap();
    let smuggled = tx.upsert_products(mine.account, &[card(2, "Ложка", &[])], noon()).await;
    assert!(smuggled.is_err(), "{smuggled:?}");
    drop(tx);
    let mut tx = test.store.write(&theirs.caller).await.unwrap();
    let measures = [(cup.id, Measures { total_stock: Some(1), ..Measures::default() })];
    assert_eq!(tx.write_measures(mine.account, &measures, noon()).await.unwrap(), 0);
    tx.commit().await.unwrap();
    let mut tx = test.store.read(&mine.caller).await.unwrap();
    let row = tx.listed_product(cup.id).await.unwrap().unwrap();
    assert_eq!((row.summary.product_name.as_str(), row.summary.total_stock), ("Кружка", None));
}

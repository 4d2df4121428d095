//! The product table: every order read forwards and backwards, every filter, searching that forgives; on both engines.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]

mod shop;

use chrono::TimeDelta;
use domain::{
    ProductId, WarehouseId,
    catalogue::{ProductFilter, SortKey, StockState},
    demand::Grade,
    observed::ObservedWarehouse,
    product::{ProductQuery, ProductSort, SortOrder, StockSource},
};
use shop::{Shop, card, id, noon, shop, today};
use std::collections::HashSet;
use store::{
    Cursor, INFINITE_COVER, LevelChange, Measures, Part, Pieces, on_both_engines,
    testing::TestStore,
};

on_both_engines!(
    every_order_reads_the_same_forwards_and_backwards,
    what_a_filter_leaves_keeps_the_order,
    a_filter_that_leaves_much_is_counted_so_far,
    several_columns_sort_one_after_the_other,
    each_filter_leaves_what_it_says,
    warehouses_and_archive_are_filters_too,
    a_search_forgives_and_what_is_exact_comes_first,
    a_search_pages_and_sums_what_it_found,
    short_words_are_found_as_well,
    what_is_searched_follows_its_card,
);

/// 40 products whose numbers tie, and some of which are not known.
async fn filled(shop: &Shop) -> Vec<ProductId> {
    let cards: Vec<_> =
        (1..=40).map(|n| card(n, &format!("Вещь {:02}", (n * 7) % 40), &[n])).collect();
    shop.put(&cards).await;
    let of = |n: i64, every: i64| (n % every != 0).then_some(n % 5);
    let measures: Vec<_> = (1..=40)
        .map(|n| {
            let measures = Measures {
                total_stock: of(n, 4),
                in_way_to_client: of(n, 6),
                in_way_from_client: of(n, 7),
                orders_7: of(n, 3),
                orders_28: of(n, 5),
                total_orders: of(n, 9),
                cover_tenths: of(n, 8),
                ..Measures::default()
            };
            (cards[usize::try_from(n - 1).unwrap()].id, measures)
        })
        .collect();
    measure(shop, &measures).await;
    cards.into_iter().map(|card| card.id).collect()
}

async fn measure(shop: &Shop, values: &[(ProductId, Measures)]) {
    let mut tx = shop.store.write(&shop.caller).await.unwrap();
    tx.write_measures(shop.account, values, noon()).await.unwrap();
    tx.commit().await.unwrap();
}

async fn ask(shop: &Shop, query: &ProductQuery, part: Part<'_>) -> store::ListedPage {
    let mut tx = shop.store.read(&shop.caller).await.unwrap();
    tx.list_products(query, part).await.unwrap()
}

/// All pages forwards, then all pages back again.
async fn both_ways(shop: &Shop, query: &ProductQuery) -> Vec<ProductId> {
    let mut forwards: Vec<Vec<ProductId>> = Vec::new();
    let mut page = ask(shop, query, Part::Page).await;
    assert_eq!(page.previous, None);
    let text = |cursor: &Cursor| Cursor::from_text(&cursor.to_text(), query).unwrap();
    loop {
        forwards.push(page.rows.iter().map(|row| row.summary.id).collect());
        let Some(next) = page.next.as_ref().map(text) else { break };
        page = ask(shop, query, Part::After(&next)).await;
        assert!(page.previous.is_some());
    }
    let mut back: Vec<Vec<ProductId>> = vec![forwards.last().unwrap().clone()];
    while let Some(previous) = page.previous.as_ref().map(text) {
        page = ask(shop, query, Part::Before(&previous)).await;
        if page.rows.is_empty() {
            break;
        }
        back.push(page.rows.iter().map(|row| row.summary.id).collect());
    }
    back.reverse();
    assert_eq!(back, forwards, "{query:?}");
    forwards.concat()
}

async fn every_order_reads_the_same_forwards_and_backwards(test: TestStore) {
    let shop = shop(&test.store).await;
    let all: HashSet<_> = filled(&shop).await.into_iter().collect();
    for (sort_by, _) in ProductSort::ALL {
        for sort_order in [SortOrder::Asc, SortOrder::Desc] {
            let query =
                ProductQuery { sort_by, sort_order, page_size: 8, ..ProductQuery::default() };
            let seen = both_ways(&shop, &query).await;
            assert_eq!(seen.len(), 40, "{sort_by:?} {sort_order:?}");
            assert_eq!(seen.iter().copied().collect::<HashSet<_>>(), all);
        }
    }
}

async fn what_a_filter_leaves_keeps_the_order(test: TestStore) {
    let shop = shop(&test.store).await;
    filled(&shop).await;
    for (sort_by, _) in ProductSort::ALL {
        for sort_order in [SortOrder::Asc, SortOrder::Desc] {
            let whole =
                ProductQuery { sort_by, sort_order, page_size: 200, ..ProductQuery::default() };
            let few = |row: &store::ListedProduct| row.summary.total_stock.is_some_and(|n| n <= 3);
            let rows = ask(&shop, &whole, Part::Page).await.rows;
            let left: Vec<_> =
                rows.iter().filter(|row| few(row)).map(|row| row.summary.id).collect();
            let query = ProductQuery { max_stock: Some(3), page_size: 7, ..whole };
            assert_eq!(both_ways(&shop, &query).await, left, "{sort_by:?} {sort_order:?}");
        }
    }
}

async fn a_filter_that_leaves_much_is_counted_so_far(test: TestStore) {
    let shop = shop(&test.store).await;
    let many = 10_060;
    let cards: Vec<_> = (1..=many).map(|n| card(n, "Вещь", &[n])).collect();
    for some in cards.chunks(2000) {
        shop.put(some).await;
    }
    let of = |n| Measures {
        total_stock: Some(n),
        orders_28: (n > many - 60).then_some(n),
        ..Measures::default()
    };
    let measures: Vec<_> = cards.iter().zip(1..).map(|(card, n)| (card.id, of(n))).collect();
    measure(&shop, &measures).await;
    let from = |least| ProductQuery {
        min_stock: Some(least),
        sort: SortKey::read("-stock").unwrap(),
        page_size: 40,
        ..ProductQuery::default()
    };
    let stocks = |page: &store::ListedPage| -> Vec<i64> {
        page.rows.iter().filter_map(|row| row.summary.total_stock).collect()
    };

    let broad = ask(&shop, &from(2), Part::Page).await;
    assert_eq!((broad.total, broad.more), (10_000, true));
    assert_eq!(broad.totals.total_stock, None, "the sum of some is not the sum");
    assert_eq!(stocks(&broad), (many - 39..=many).rev().collect::<Vec<_>>());
    let text = broad.next.unwrap().to_text();
    let next = Cursor::from_text(&text, &from(2)).unwrap();
    let second = ask(&shop, &from(2), Part::After(&next)).await;
    assert_eq!(stocks(&second), (many - 79..=many - 40).rev().collect::<Vec<_>>());
    let numbered = ask(&shop, &ProductQuery { page: 251, ..from(2) }, Part::Page).await;
    assert_eq!(stocks(&numbered), (21..=60).rev().collect::<Vec<_>>(), "behind what is counted");

    // Sorted by what it does not filter by: near the beginning, behind what was looked at, and from the known to the unknown.
    let sold = ProductQuery { sort: SortKey::read("-orders_28").unwrap(), ..from(2) };
    let page = ask(&shop, &sold, Part::Page).await;
    assert_eq!(stocks(&page), (many - 39..=many).rev().collect::<Vec<_>>());
    let next = Cursor::from_text(&page.next.unwrap().to_text(), &sold).unwrap();
    let page = ask(&shop, &sold, Part::After(&next)).await;
    let known = (many - 59..=many - 40).rev();
    let unknown = (many - 79..=many - 60).rev();
    assert_eq!(stocks(&page), known.chain(unknown).collect::<Vec<_>>());
    let back = Cursor::from_text(&page.previous.unwrap().to_text(), &sold).unwrap();
    let page = ask(&shop, &sold, Part::Before(&back)).await;
    assert_eq!(stocks(&page), (many - 39..=many).rev().collect::<Vec<_>>());
    let numbered = ask(&shop, &ProductQuery { page: 251, ..sold }, Part::Page).await;
    assert_eq!(stocks(&numbered), (21..=60).rev().collect::<Vec<_>>());

    let exact = ask(&shop, &from(61), Part::Page).await;
    assert_eq!((exact.total, exact.more), (10_000, false));
    assert_eq!(exact.totals.total_stock, Some((61..=many).sum()));
    let whole = ask(&shop, &ProductQuery::default(), Part::Page).await;
    assert_eq!((whole.total, whole.more), (many, false), "all are always counted");
    let found = ProductQuery { search: Some("вещь".into()), ..ProductQuery::default() };
    let found = ask(&shop, &found, Part::Page).await;
    assert_eq!((found.total, found.more), (many, false), "and so is what a search finds");
}

async fn several_columns_sort_one_after_the_other(test: TestStore) {
    let shop = shop(&test.store).await;
    filled(&shop).await;
    for sort in [
        "cover,-stock",
        "-cover,stock,-orders_7",
        "stock,name",
        "name,-cover",
        "-orders_28,-orders_7,seller_article",
    ] {
        let sort = SortKey::read(sort).unwrap();
        let query = ProductQuery { sort: sort.clone(), page_size: 6, ..ProductQuery::default() };
        let seen = both_ways(&shop, &query).await;
        let rows = ask(&shop, &ProductQuery { page_size: 200, ..query }, Part::Page).await.rows;
        assert_eq!(seen, rows.iter().map(|row| row.summary.id).collect::<Vec<_>>());
        // As a plain sort in memory has it, unknown ones last.
        let number = |at: usize, key: &SortKey| -> (bool, i64, String) {
            let row = &rows[at].summary;
            let sign = if key.order == SortOrder::Desc { -1 } else { 1 };
            let value = match key.sort {
                ProductSort::TotalStock => row.total_stock,
                ProductSort::Orders7 => row.orders_7,
                ProductSort::Orders28 => row.orders_28,
                ProductSort::Cover => match row.cover {
                    domain::demand::Cover::Days { tenths } => Some(tenths),
                    domain::demand::Cover::OutOfStock => Some(0),
                    _ => None,
                },
                _ => Some(0),
            };
            let words = match key.sort {
                ProductSort::ProductName => row.product_name.to_lowercase(),
                ProductSort::SellerArticle => row.seller_article.to_lowercase(),
                _ => String::new(),
            };
            (value.is_none(), value.unwrap_or_default() * sign, words)
        };
        // What cover says is not what is sorted when stock is not known, so cover's first order is trusted.
        if sort.iter().all(|key| key.sort != ProductSort::Cover) {
            for at in 1..rows.len() {
                let of = |at| sort.iter().map(|key| number(at, key)).collect::<Vec<_>>();
                assert!(of(at - 1) <= of(at), "{sort:?} at {at}");
            }
        }
    }
}

async fn each_filter_leaves_what_it_says(test: TestStore) {
    let shop = shop(&test.store).await;
    let mut cards: Vec<_> = (1..=6).map(|n| card(n, &format!("{n}"), &[n])).collect();
    cards[0].observed.brand = Some("Север".into());
    cards[1].observed.subject = Some("Кружки".into());
    shop.put(&cards).await;
    // Days of cover: none left, 10, 40, 100, 200, never ends.
    let of = |stock: i64, orders: i64, tenths: i64| Measures {
        total_stock: Some(stock),
        orders_28: Some(orders),
        cover_tenths: Some(tenths),
        ..Measures::default()
    };
    let values = [
        of(0, 9, 0),
        of(5, 14, 100),
        of(40, 28, 400),
        of(100, 28, 1000),
        of(200, 28, 2000),
        of(7, 0, INFINITE_COVER),
    ];
    let measures: Vec<_> = cards.iter().map(|card| card.id).zip(values).collect();
    measure(&shop, &measures).await;
    let asked = async |filter: ProductFilter| {
        let query = ProductQuery {
            sort_by: ProductSort::ProductName,
            sort_order: SortOrder::Asc,
            filter,
            ..ProductQuery::default()
        };
        let page = ask(&shop, &query, Part::Page).await;
        assert_eq!(page.total, i64::try_from(page.rows.len()).unwrap());
        let names = page.rows.into_iter().map(|row| row.summary.product_name);
        names.collect::<Vec<_>>().join(" ")
    };
    let none = ProductFilter::default;
    assert_eq!(asked(none()).await, "1 2 3 4 5 6");
    assert_eq!(asked(ProductFilter { brand: vec!["Север".into()], ..none() }).await, "1");
    let both = vec!["Север".into(), "Уют".into()];
    assert_eq!(asked(ProductFilter { brand: both, ..none() }).await, "1 2 3 4 5 6");
    assert_eq!(asked(ProductFilter { subject: vec!["Кружки".into()], ..none() }).await, "2");
    assert_eq!(asked(ProductFilter { account: vec![shop.account], ..none() }).await, "1 2 3 4 5 6");
    assert_eq!(asked(ProductFilter { account: vec![id()], ..none() }).await, "");
    for (stock, names) in
        [(StockState::Out, "1"), (StockState::Low, "2 6"), (StockState::Has, "2 3 4 5 6")]
    {
        assert_eq!(asked(ProductFilter { stock: Some(stock), ..none() }).await, names, "{stock:?}");
    }
    for (grade, names) in [
        (Grade::Deficit, "1 2"),
        (Grade::Popular, "3"),
        (Grade::Actual, "4"),
        (Grade::Surplus, "5"),
        (Grade::NoSales, "6"),
    ] {
        assert_eq!(asked(ProductFilter { grade: vec![grade], ..none() }).await, names, "{grade:?}");
    }
    let two = vec![Grade::Popular, Grade::NoSales];
    assert_eq!(asked(ProductFilter { grade: two, ..none() }).await, "3 6");
    assert_eq!(asked(ProductFilter { cover_from: Some(40), ..none() }).await, "3 4 5");
    assert_eq!(asked(ProductFilter { cover_to: Some(40), ..none() }).await, "2");
    let between = ProductFilter { cover_from: Some(40), cover_to: Some(200), ..none() };
    assert_eq!(asked(between).await, "3 4");
    let together = ProductFilter { stock: Some(StockState::Has), cover_to: Some(101), ..none() };
    assert_eq!(
        asked(together).await,
        "2 3 4 5 6".split(' ').filter(|n| *n < "5").collect::<Vec<_>>().join(" ")
    );
}

async fn warehouses_and_archive_are_filters_too(test: TestStore) {
    let shop = shop(&test.store).await;
    let cards = [card(1, "Кружка", &[11]), card(2, "Ложка", &[21]), card(3, "Вилка", &[31])];
    shop.put(&cards).await;
    let sold = Measures { orders_28: Some(4), ..Measures::default() };
    measure(&shop, &[(cards[1].id, sold)]).await;
    let mut tx = test.store.write(&shop.caller).await.unwrap();
    let place = ObservedWarehouse {
        source: StockSource::Marketplace,
        number: 1,
        name: "Коледино".into(),
        region: None,
    };
    let warehouse: WarehouseId = id();
    tx.upsert_warehouses(shop.account, &[(warehouse, &place)]).await.unwrap();
    let offers = tx.known_offers(shop.account).await.unwrap();
    let level = |number: i64, quantity: i64| LevelChange {
        place: (offers[&number].offer, warehouse),
        product: offers[&number].product,
        now: Pieces { quantity, ..Pieces::default() },
        delta: quantity,
    };
    tx.write_levels(&[level(11, 5), level(21, 0)], noon(), today()).await.unwrap();
    let seen = HashSet::from([1, 2]);
    let later = noon() + TimeDelta::hours(1);
    tx.archive_products_except(shop.account, &seen, later).await.unwrap();
    tx.commit().await.unwrap();
    let asked = async |filter: ProductFilter| {
        let query = ProductQuery { filter, ..ProductQuery::default() };
        let rows = ask(&shop, &query, Part::Page).await.rows;
        rows.into_iter().map(|row| row.summary.product_name).collect::<Vec<_>>()
    };
    let at = ProductFilter { warehouse: vec![warehouse], ..ProductFilter::default() };
    assert_eq!(asked(at.clone()).await, ["Кружка"]);
    assert_eq!(asked(ProductFilter { warehouse_out: true, ..at }).await, ["Ложка"]);
    let archived = ProductFilter { archived: true, ..ProductFilter::default() };
    assert_eq!(asked(archived).await, ["Вилка"]);
    assert_eq!(asked(ProductFilter::default()).await.len(), 2);
}

fn search(text: &str) -> ProductQuery {
    ProductQuery {
        search: Some(text.into()),
        sort_by: ProductSort::ProductName,
        sort_order: SortOrder::Asc,
        ..ProductQuery::default()
    }
}

async fn names(shop: &Shop, query: &ProductQuery) -> Vec<String> {
    let rows = ask(shop, query, Part::Page).await.rows;
    rows.into_iter().map(|row| row.summary.product_name).collect()
}

async fn a_search_forgives_and_what_is_exact_comes_first(test: TestStore) {
    let shop = shop(&test.store).await;
    let mut cards = [
        card(1, "Кружка синяя", &[11]),
        card(2, "Ёлка", &[21]),
        card(33, "Чехол Samsung", &[31]),
        card(333, "Абажур для 33", &[41]),
    ];
    cards[3].observed.seller_article = "ABC-33".into();
    shop.put(&cards).await;
    for (typed, found) in [
        ("rhe;rf", "Кружка синяя"),
        ("kruzhka", "Кружка синяя"),
        ("КРУЖКА  СИН", "Кружка синяя"),
        ("елка", "Ёлка"),
        ("самсунг", "Чехол Samsung"),
        // Cyrillic А, В and С.
        ("АВС-33", "Абажур для 33"),
        ("4600000000041", "Абажур для 33"),
    ] {
        assert_eq!(names(&shop, &search(typed)).await, [found], "{typed}");
    }
    assert_eq!(names(&shop, &search("33")).await, ["Чехол Samsung", "Абажур для 33"]);
    assert_eq!(names(&shop, &search("333")).await, ["Абажур для 33"]);
    assert_eq!(names(&shop, &search("кружка елка")).await, [""; 0]);
    // The tenant's own rows alone.
    let other = shop::shop(&test.store).await;
    other.put(&[card(1, "Кружка чужая", &[11])]).await;
    assert_eq!(names(&shop, &search("кружка")).await, ["Кружка синяя"]);
    assert_eq!(names(&other, &search("кружка")).await, ["Кружка чужая"]);
}

async fn a_search_pages_and_sums_what_it_found(test: TestStore) {
    let shop = shop(&test.store).await;
    filled(&shop).await;
    let mut query = ProductQuery { page_size: 7, ..search("вещь") };
    for sort_by in [ProductSort::ProductName, ProductSort::TotalStock, ProductSort::Cover] {
        query.sort_by = sort_by;
        assert_eq!(both_ways(&shop, &query).await.len(), 40);
    }
    let page = ask(&shop, &search("вещь 1"), Part::Page).await;
    assert_eq!(page.total, i64::try_from(page.rows.len()).unwrap());
    let sum = page.rows.iter().filter_map(|row| row.summary.total_stock).sum();
    assert_eq!(page.totals.total_stock, Some(sum));
    let nothing = ask(&shop, &search("несуществующее"), Part::Page).await;
    assert_eq!((nothing.total, nothing.totals.total_stock), (0, None));
}

async fn short_words_are_found_as_well(test: TestStore) {
    let shop = shop(&test.store).await;
    shop.put(&[card(1, "Чай", &[11]), card(2, "Мёд", &[21]), card(3, "Ча", &[31])]).await;
    assert_eq!(names(&shop, &search("ча")).await, ["Ча", "Чай"]);
    assert_eq!(names(&shop, &search("мё")).await, ["Мёд"]);
}

async fn what_is_searched_follows_its_card(test: TestStore) {
    let shop = shop(&test.store).await;
    let mut cards = [card(1, "Кружка", &[11]), card(2, "Ложка", &[21])];
    shop.put(&cards).await;
    cards[0].observed.title = "Тарелка".into();
    shop.put(&cards).await;
    assert_eq!(names(&shop, &search("кружка")).await, [""; 0]);
    assert_eq!(names(&shop, &search("тарелка")).await, ["Тарелка"]);
}

//! Sales, returns and prices: every function on both engines.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::inconsistent_digit_grouping,
    reason = "tests: money is written in roubles and kopecks"
)]

mod shop;

use chrono::{TimeDelta, Utc};
use domain::{
    ProductId,
    observed::{ObservedOrder, ObservedPrice, ObservedSale, SaleKind},
};
use shop::{Shop, card, noon, order, shop, today};
use std::collections::{BTreeMap, HashMap};
use store::{DaySales, NewFigure, NewPrice, NewSale, on_both_engines, testing::TestStore};

on_both_engines!(
    a_line_of_several_pieces_counts_as_several,
    an_amount_that_is_told_later_is_filled_in,
    a_later_change_of_a_sale_wins,
    daily_sums_of_sales_are_what_a_naive_count_says,
    sales_are_adopted_when_their_card_appears,
    prices_are_written_only_when_they_differ,
    figures_replace_the_earlier_ones,
    trade_is_seen_by_its_tenant_alone,
);

fn sale(key: &str, article: i64, day: i64, changed: i64) -> ObservedSale {
    ObservedSale {
        key: key.to_owned(),
        kind: if key.starts_with('R') { SaleKind::Return } else { SaleKind::Sale },
        order_key: Some(format!("order-{key}")),
        article,
        offer: None,
        barcode: None,
        happened_at: noon() + TimeDelta::days(day - today()),
        changed_at: noon() + TimeDelta::seconds(changed),
        quantity: 1,
        price_minor: Some(100_00),
        payout_minor: Some(80_00),
        currency: "RUB".into(),
        warehouse_name: None,
        region: None,
    }
}

async fn put(shop: &Shop, sales: &[ObservedSale]) -> u64 {
    let mut tx = shop.store.write(&shop.caller).await.unwrap();
    let products = tx.product_ids(shop.account).await.unwrap();
    let new: Vec<NewSale<'_>> = sales
        .iter()
        .map(|observed| NewSale {
            observed,
            product: products.get(&observed.article).copied(),
            day: observed.happened_at.timestamp() / 86_400,
        })
        .collect();
    let changed = tx.upsert_sales(shop.account, &new).await.unwrap();
    tx.commit().await.unwrap();
    changed
}

async fn days(shop: &Shop, product: ProductId) -> Vec<DaySales> {
    let mut tx = shop.store.read(&shop.caller).await.unwrap();
    tx.day_sales(product, 0).await.unwrap()
}

async fn a_line_of_several_pieces_counts_as_several(test: TestStore) {
    let shop = shop(&test.store).await;
    let cup = card(1, "Кружка", &[11]);
    shop.put(std::slice::from_ref(&cup)).await;
    let three = ObservedOrder { quantity: 3, price_minor: 40_00, ..order("а", 1, today(), 0) };
    let lost =
        ObservedOrder { quantity: 2, cancelled_at: Some(noon()), ..order("б", 1, today(), 0) };
    shop.put_orders(&[three, lost]).await;
    put(
        &shop,
        &[ObservedSale { quantity: 2, price_minor: Some(40_00), ..sale("S", 1, today(), 0) }],
    )
    .await;
    let day = days(&shop, cup.id).await[0];
    assert_eq!((day.ordered, day.cancelled, day.revenue_minor), (3, 2, 120_00));
    assert_eq!((day.sold, day.returned, day.sold_minor, day.returned_minor), (2, 0, 80_00, 0));
}

async fn an_amount_that_is_told_later_is_filled_in(test: TestStore) {
    let shop = shop(&test.store).await;
    let cup = card(1, "Кружка", &[11]);
    shop.put(std::slice::from_ref(&cup)).await;
    let untold =
        ObservedSale { price_minor: None, payout_minor: None, ..sale("S1", 1, today(), 7) };
    assert_eq!(put(&shop, std::slice::from_ref(&untold)).await, 1);
    assert_eq!(put(&shop, std::slice::from_ref(&untold)).await, 0, "nothing new");
    let since = async |from| {
        let mut tx = shop.store.read(&shop.caller).await.unwrap();
        tx.untold_since(shop.account, from).await.unwrap()
    };
    let changed_at = untold.changed_at;
    assert_eq!(since(noon()).await, Some(changed_at));
    assert_eq!(since(changed_at + TimeDelta::seconds(1)).await, None, "too old to be asked for");
    let day = days(&shop, cup.id).await[0];
    assert_eq!((day.sold, day.sold_minor), (1, 0));
    let price = ObservedSale { price_minor: Some(90_00), ..untold.clone() };
    assert_eq!(put(&shop, &[price]).await, 1, "the date of the change stayed");
    assert_eq!(since(noon()).await, Some(changed_at), "the payout is still missing");
    assert_eq!(put(&shop, std::slice::from_ref(&untold)).await, 0, "what was told stays told");
    let whole = ObservedSale {
        price_minor: Some(90_00),
        payout_minor: Some(70_00),
        ..sale("S1", 1, today(), 7)
    };
    assert_eq!(put(&shop, std::slice::from_ref(&whole)).await, 1);
    assert_eq!(put(&shop, &[whole]).await, 0);
    assert_eq!(since(noon()).await, None);
    assert_eq!(days(&shop, cup.id).await[0].sold_minor, 90_00);
}

async fn a_later_change_of_a_sale_wins(test: TestStore) {
    let shop = shop(&test.store).await;
    let cup = card(1, "Кружка", &[11]);
    shop.put(std::slice::from_ref(&cup)).await;
    // An S and later an R of the same order are two rows.
    assert_eq!(put(&shop, &[sale("S1", 1, today() - 1, 0), sale("R1", 1, today(), 0)]).await, 2);
    let later = ObservedSale { price_minor: Some(50_00), ..sale("S1", 1, today() - 1, 20) };
    assert_eq!(put(&shop, &[later]).await, 1);
    assert_eq!(put(&shop, &[sale("S1", 1, today() - 1, 10)]).await, 0, "an older row comes late");
    let [first, second] = days(&shop, cup.id).await[..] else { panic!("two days") };
    assert_eq!((first.sold, first.sold_minor, first.returned), (1, 50_00, 0));
    assert_eq!((second.sold, second.returned, second.returned_minor), (0, 1, 100_00));
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

async fn daily_sums_of_sales_are_what_a_naive_count_says(test: TestStore) {
    let shop = shop(&test.store).await;
    let cards: Vec<_> = (1..=4).map(|n| card(n, "Кружка", &[n])).collect();
    shop.put(&cards).await;
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
    let mut known: HashMap<String, ObservedSale> = HashMap::new();
    for _ in 0..15 {
        let mut batch: BTreeMap<String, ObservedSale> = BTreeMap::new();
        for _ in 0..chance.below(500) {
            let number = chance.below(600);
            let day = today() - i64::try_from(number % 9).unwrap();
            let kind = if number.is_multiple_of(4) { 'R' } else { 'S' };
            let changed = i64::try_from(chance.below(1000)).unwrap();
            let mut new =
                sale(&format!("{kind}{number}"), 1 + (number % 5).cast_signed(), day, changed);
            new.quantity = 1 + chance.below(3).cast_signed();
            new.price_minor = (chance.below(4) > 0).then(|| chance.below(5000).cast_signed());
            batch.insert(new.key.clone(), new);
        }
        let batch: Vec<_> = batch.into_values().collect();
        put(&shop, &batch).await;
        for new in batch {
            let Some(old) = known.get_mut(&new.key) else {
                known.insert(new.key.clone(), new);
                continue;
            };
            let price_minor = new.price_minor.or(old.price_minor);
            let is_told = new.changed_at == old.changed_at && price_minor != old.price_minor;
            if new.changed_at > old.changed_at || is_told {
                *old = ObservedSale { price_minor, ..new };
            }
        }
    }
    for card in &cards {
        let mut expected: BTreeMap<i64, [i64; 4]> = BTreeMap::new();
        for sale in known.values().filter(|sale| sale.article == card.observed.article) {
            let sums = expected.entry(sale.happened_at.timestamp() / 86_400).or_default();
            let at = usize::from(sale.kind == SaleKind::Return);
            sums[at] += sale.quantity;
            sums[2 + at] += sale.quantity * sale.price_minor.unwrap_or(0);
        }
        let sums: BTreeMap<i64, [i64; 4]> = days(&shop, card.id)
            .await
            .into_iter()
            .map(|d| (d.day, [d.sold, d.returned, d.sold_minor, d.returned_minor]))
            .collect();
        assert_eq!(sums, expected);
        assert!(!sums.is_empty());
    }
}

async fn sales_are_adopted_when_their_card_appears(test: TestStore) {
    let shop = shop(&test.store).await;
    put(&shop, &[sale("S1", 1, today(), 0), sale("S2", 2, today(), 0)]).await;
    let cup = card(1, "Кружка", &[11]);
    shop.put(std::slice::from_ref(&cup)).await;
    let mut tx = test.store.write(&shop.caller).await.unwrap();
    assert_eq!(tx.adopt_sales(shop.account).await.unwrap(), 1);
    assert_eq!(tx.adopt_sales(shop.account).await.unwrap(), 0);
    tx.commit().await.unwrap();
    assert_eq!(days(&shop, cup.id).await[0].sold, 1);
}

fn price(offer: i64, rubles: i64) -> ObservedPrice {
    ObservedPrice {
        offer,
        price_minor: rubles * 100,
        discount_percent: Some(30),
        discounted_minor: rubles * 70,
        buyer_minor: None,
        currency: "RUB".into(),
    }
}

async fn put_prices(shop: &Shop, prices: &[ObservedPrice], at: chrono::DateTime<Utc>) -> u64 {
    let mut tx = shop.store.write(&shop.caller).await.unwrap();
    let offers = tx.known_offers(shop.account).await.unwrap();
    let new: Vec<NewPrice<'_>> = prices
        .iter()
        .map(|observed| {
            let known = &offers[&observed.offer];
            NewPrice { offer: known.offer, product: known.product, observed }
        })
        .collect();
    let changed = tx.upsert_prices(&new, at).await.unwrap();
    tx.commit().await.unwrap();
    changed
}

async fn prices_are_written_only_when_they_differ(test: TestStore) {
    let shop = shop(&test.store).await;
    // More than one piece of a bulk statement.
    let cards: Vec<_> = (1..=700).map(|n| card(n, "Кружка", &[n * 10])).collect();
    shop.put(&cards).await;
    let mut prices: Vec<_> = (1..=700).map(|n| price(n * 10, 100 + n)).collect();
    assert_eq!(put_prices(&shop, &prices, noon()).await, 700);
    let later = noon() + TimeDelta::hours(1);
    assert_eq!(put_prices(&shop, &prices, later).await, 0);
    prices[0].price_minor += 1;
    prices[1].discount_percent = None;
    prices[2].buyer_minor = Some(5);
    prices[3].currency = "BYN".into();
    prices[4].discounted_minor -= 1;
    assert_eq!(put_prices(&shop, &prices, later).await, 5);
    assert_eq!(put_prices(&shop, &prices, later).await, 0);
    let mut tx = test.store.read(&shop.caller).await.unwrap();
    let now = tx.prices_of(cards[2].id).await.unwrap();
    assert_eq!((now.len(), now[0].buyer_minor, now[0].since), (1, Some(5), later));
    assert_eq!(now[0].offer_id, cards[2].offer_ids[0]);
    let history = tx.price_history(cards[2].id).await.unwrap();
    let told: Vec<_> = history.iter().map(|price| (price.since, price.buyer_minor)).collect();
    assert_eq!(told, [(later, Some(5)), (noon(), None)]);
    assert_eq!(tx.price_history(cards[9].id).await.unwrap().len(), 1);
}

async fn figures_replace_the_earlier_ones(test: TestStore) {
    let shop = shop(&test.store).await;
    let cards = [card(1, "Кружка", &[11]), card(2, "Ложка", &[21])];
    shop.put(&cards).await;
    let of = |product, name, value| NewFigure {
        product,
        name,
        place: "",
        value,
        unit: value.map(|_| "hours"),
        word: if value.is_none() { Some("infinite") } else { None },
    };
    let (cup, spoon) = (cards[0].id, cards[1].id);
    let put = async |figures: &[NewFigure<'_>], at| {
        let mut tx = shop.store.write(&shop.caller).await.unwrap();
        tx.write_figures(shop.account, figures, at).await.unwrap();
        let dropped = tx.drop_figures_before(shop.account, at).await.unwrap();
        tx.commit().await.unwrap();
        dropped
    };
    let north = NewFigure { place: "Север", ..of(cup, "idc", Some(7)) };
    let first = [of(cup, "idc", Some(5)), north.clone(), of(spoon, "idc", Some(9))];
    assert_eq!(put(&first, noon()).await, 0);
    let later = noon() + TimeDelta::hours(2);
    assert_eq!(put(&[of(cup, "idc", None), north], later).await, 1, "the spoon's is gone");
    let mut tx = shop.store.read(&shop.caller).await.unwrap();
    let kept: Vec<_> = tx
        .figures(cup)
        .await
        .unwrap()
        .into_iter()
        .map(|f| (f.place, f.value, f.unit, f.word, f.as_of))
        .collect();
    assert_eq!(
        kept,
        [
            (String::new(), None, None, Some("infinite".to_owned()), later),
            ("Север".to_owned(), Some(7), Some("hours".to_owned()), None, later),
        ]
    );
    assert!(tx.figures(spoon).await.unwrap().is_empty());
}

async fn trade_is_seen_by_its_tenant_alone(test: TestStore) {
    let (mine, theirs) = (shop(&test.store).await, shop(&test.store).await);
    let cup = card(1, "Кружка", &[11]);
    mine.put(std::slice::from_ref(&cup)).await;
    put(&mine, &[ObservedSale { price_minor: None, ..sale("S1", 1, today(), 0) }]).await;
    put_prices(&mine, &[price(11, 100)], noon()).await;
    let mut tx = test.store.read(&theirs.caller).await.unwrap();
    assert!(tx.prices_of(cup.id).await.unwrap().is_empty());
    assert!(tx.price_history(cup.id).await.unwrap().is_empty());
    assert!(tx.figures(cup.id).await.unwrap().is_empty());
    assert_eq!(tx.untold_since(mine.account, noon()).await.unwrap(), None);
    drop(tx);
    let mut tx = test.store.write(&theirs.caller).await.unwrap();
    assert_eq!(tx.adopt_sales(mine.account).await.unwrap(), 0);
    let observed = price(11, 1);
    let smuggled = NewPrice { offer: cup.offer_ids[0], product: cup.id, observed: &observed };
    assert!(tx.upsert_prices(&[smuggled], noon()).await.is_err());
}

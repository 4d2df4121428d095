//! Products of several shops that are one thing: every function on both engines.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]

mod shop;

use domain::{AccountId, Marketplace, ProductId, Realm, links::LinkReason};
use shop::{Shop, card, id, noon, shop};
use store::{NewAccount, on_both_engines, testing::TestStore};

on_both_engines!(
    keys_find_pairs_of_different_shops_alone,
    a_key_that_many_share_says_nothing,
    a_group_of_one_is_none,
);

/// A second shop of the company.
async fn second(shop: &Shop) -> AccountId {
    let new = NewAccount {
        id: id(),
        marketplace: Marketplace::Ozon,
        realm: Realm::Production,
        name: "Ozon",
        now: noon(),
    };
    let mut tx = shop.store.write(&shop.caller).await.unwrap();
    tx.add_account(&new).await.unwrap();
    for account in [shop.account, new.id] {
        tx.note_link_scan(account, false, noon()).await.unwrap();
    }
    tx.commit().await.unwrap();
    new.id
}

/// Cards of a shop, each with its keys.
async fn put(shop: &Shop, account: AccountId, cards: &[(i64, &[&str])]) -> Vec<ProductId> {
    let new: Vec<_> = cards.iter().map(|(n, _)| card(*n, "Кружка", &[*n])).collect();
    let mut tx = shop.store.write(&shop.caller).await.unwrap();
    tx.upsert_products(account, &new, noon()).await.unwrap();
    let articles: Vec<i64> = cards.iter().map(|(n, _)| *n).collect();
    let ids = tx.products_of_articles(account, &articles).await.unwrap();
    let keys: Vec<(ProductId, Vec<String>)> = cards
        .iter()
        .map(|(n, keys)| (ids[n], keys.iter().map(|key| (*key).to_owned()).collect()))
        .collect();
    tx.write_product_keys(account, &keys, noon()).await.unwrap();
    tx.commit().await.unwrap();
    cards.iter().map(|(n, _)| ids[n]).collect()
}

async fn pairs(shop: &Shop) -> Vec<(ProductId, ProductId, LinkReason)> {
    let mut tx = shop.store.read(&shop.caller).await.unwrap();
    let found = tx.suggested_pairs(None, None, 100).await.unwrap();
    let open = tx.count_suggestions(None).await.unwrap();
    assert_eq!(usize::try_from(open).unwrap(), found.len());
    found.into_iter().map(|pair| (pair.first, pair.second, pair.by)).collect()
}

async fn keys_find_pairs_of_different_shops_alone(test: TestStore) {
    let shop = shop(&test.store).await;
    let ozon = second(&shop).await;
    let ours: &[(i64, &[&str])] =
        &[(1, &["a:mug", "b:460"]), (2, &["a:cup", "b:461"]), (3, &["a:mug"])];
    let ours = put(&shop, shop.account, ours).await;
    assert!(pairs(&shop).await.is_empty(), "products of one shop are not compared");
    let theirs =
        put(&shop, ozon, &[(11, &["a:mug", "b:460"]), (12, &["b:461"]), (13, &["a:fork"])]).await;
    let mut expected = vec![
        (ours[0], theirs[0], LinkReason::Both),
        (ours[1], theirs[1], LinkReason::Barcode),
        (ours[2], theirs[0], LinkReason::Article),
    ]
    .into_iter()
    .map(|(a, b, by)| (a.min(b), a.max(b), by))
    .collect::<Vec<_>>();
    expected.sort_unstable_by_key(|(a, b, _)| (*a, *b));
    assert_eq!(pairs(&shop).await, expected);

    // What no longer shares a key is no longer suggested; what was declined stays so.
    let mut tx = shop.store.write(&shop.caller).await.unwrap();
    tx.decline_links(&[(theirs[1], ours[1])], noon()).await.unwrap();
    tx.commit().await.unwrap();
    put(&shop, shop.account, &[(2, &["a:cup", "b:461", "b:462"]), (3, &["a:spoon"])]).await;
    let left = pairs(&shop).await;
    assert_eq!(left.len(), 1, "{left:?}");
    assert_eq!(left[0].2, LinkReason::Both);

    // One thing: nothing of it is suggested, and a new group takes all along.
    let group = uuid::Uuid::now_v7();
    let mut tx = shop.store.write(&shop.caller).await.unwrap();
    let links = [(ours[0], group), (theirs[0], group)];
    tx.link_products(&links, shop.caller.user_id(), noon()).await.unwrap();
    assert_eq!(tx.groups_of(&[ours[0], ours[1]]).await.unwrap().len(), 1);
    tx.commit().await.unwrap();
    assert!(pairs(&shop).await.is_empty());
    put(&shop, shop.account, &[(1, &["a:mug", "b:460", "b:463"])]).await;
    assert!(pairs(&shop).await.is_empty(), "not found again either");
}

/// The key that all of them have.
const SHARED: &[&str] = &["b:000"];

async fn a_key_that_many_share_says_nothing(test: TestStore) {
    let shop = shop(&test.store).await;
    let ozon = second(&shop).await;
    let many: Vec<(i64, &[&str])> = (1..=20).map(|n| (n, SHARED)).collect();
    put(&shop, shop.account, &many[..19]).await;
    put(&shop, ozon, &[(100, &["b:000"])]).await;
    assert_eq!(pairs(&shop).await.len(), 19, "twenty may share one");
    put(&shop, ozon, &[(101, &["b:000"])]).await;
    put(&shop, ozon, &[(102, &["b:000"])]).await;
    assert_eq!(pairs(&shop).await.len(), 19, "more may not");
}

async fn a_group_of_one_is_none(test: TestStore) {
    let shop = shop(&test.store).await;
    let ozon = second(&shop).await;
    let ours = put(&shop, shop.account, &[(1, &["a:mug"])]).await;
    let theirs = put(&shop, ozon, &[(11, &["a:mug"])]).await;
    let group = uuid::Uuid::now_v7();
    let mut tx = shop.store.write(&shop.caller).await.unwrap();
    assert_eq!(tx.shops_without_keys().await.unwrap().len(), 2, "not whole yet");
    let links = [(ours[0], group), (theirs[0], group)];
    tx.link_products(&links, None, noon()).await.unwrap();
    tx.remove_account(ozon).await.unwrap();
    assert!(tx.follows_keys(shop.account).await.unwrap());
    tx.tidy_links().await.unwrap();
    assert!(tx.groups_of(&ours).await.unwrap().is_empty());
    assert!(tx.follows_keys(shop.account).await.unwrap(), "they stay and stay true");
    assert!(tx.shops_without_keys().await.unwrap().is_empty(), "nothing to compare");
    tx.commit().await.unwrap();
}

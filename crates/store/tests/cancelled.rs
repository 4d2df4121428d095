//! A caller that goes away in the middle leaves nothing behind for the next one.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]

mod shop;

use shop::{card, shop};
use store::{on_both_engines, testing::TestStore};

on_both_engines!(a_transaction_given_up_while_it_begins_leaves_no_connection_inside_it);

async fn a_transaction_given_up_while_it_begins_leaves_no_connection_inside_it(test: TestStore) {
    let shop = shop(&test.store).await;
    for round in 0..60_u64 {
        // Given up after ever more steps: some of them lie between the question and its answer.
        let mut begun = Box::pin(test.store.read(&shop.caller));
        for _ in 0..=round / 10 {
            if futures::poll!(&mut begun).is_ready() {
                break;
            }
            tokio::task::yield_now().await;
        }
        drop(begun);
        let mut tx = test.store.write(&shop.caller).await.unwrap();
        let number = i64::try_from(round).unwrap();
        tx.upsert_products(shop.account, &[card(number, "Кружка", &[])], shop::noon())
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
    let mut tx = test.store.read(&shop.caller).await.unwrap();
    assert_eq!(tx.listed_products(shop.account).await.unwrap(), 60);
}

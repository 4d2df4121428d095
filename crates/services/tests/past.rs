//! The past as it is kept: packed once its days are over, and let go when the plan says so; of what is left, the same is
//! told.
#![allow(clippy::unwrap_used, reason = "tests")]

mod shop;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{Plan, ProductId, product::ProductDetail, sync::SyncStatus};
use services::{
    operator, past, products,
    store::{on_both_engines, testing::TestStore},
    syncs::{self, RunOutcome},
};
use shop::Shop;
use std::collections::BTreeMap;

on_both_engines!(the_past_is_kept_as_long_as_the_plan_says);

/// Works on a sync to its end, however often it has to wait.
async fn sync(shop: &Shop) {
    let run = shop.start().await;
    for _ in 0..60 {
        match syncs::run_now(&shop.services, run).await.unwrap() {
            RunOutcome::Over => {
                assert_eq!(shop.run(run).await.status, SyncStatus::Completed);
                return;
            }
            RunOutcome::Postponed(moment) => {
                shop.advance((moment - shop.services.clock.now()).max(TimeDelta::zero()));
            }
            outcome => panic!("{outcome:?}"),
        }
    }
    panic!("it never ends");
}

/// What is told of each product now.
async fn present(shop: &Shop) -> BTreeMap<ProductId, ProductDetail> {
    let mut told = BTreeMap::new();
    for id in shop.ids().await.into_values() {
        let product = products::get(&shop.services, &shop.caller, id).await.unwrap();
        told.insert(id, product.unwrap());
    }
    told
}

/// What is told of each product at some moments.
async fn told(
    shop: &Shop,
    moments: &[DateTime<Utc>],
) -> BTreeMap<(DateTime<Utc>, ProductId), ProductDetail> {
    let mut told = BTreeMap::new();
    for at in moments {
        for id in shop.ids().await.into_values() {
            let product = past::get(&shop.services, &shop.caller, id, *at).await.unwrap();
            told.insert((*at, id), product.unwrap());
        }
    }
    told
}

async fn the_past_is_kept_as_long_as_the_plan_says(test: TestStore) {
    let shop = Shop::open(&test).await;
    let (services, tenant) = (&shop.services, shop.caller.tenant_id());
    let mut moments = Vec::new();
    for days in [0, 40, 25, 40, 1] {
        shop.advance(TimeDelta::days(days));
        sync(&shop).await;
        moments.push(services.clock.now());
    }
    moments.push(moments[2] + TimeDelta::days(7));
    let (before, now) = (told(&shop, &moments).await, present(&shop).await);
    assert!(before.values().all(|product| product.summary.total_stock.is_some()));
    assert_eq!(operator::thin_history(services).await.unwrap(), 1, "the first sync's log");
    assert_eq!(told(&shop, &moments).await, before, "packed, and the same");
    assert_eq!(present(&shop).await, now);

    assert!(operator::set_plan(services, tenant, Plan::Free).await.unwrap());
    assert!(operator::thin_history(services).await.unwrap() > 0, "changes of the first days");
    assert_eq!(operator::thin_history(services).await.unwrap(), 0, "once");
    // Nothing of what is known now went with it, and of what went nothing is made up.
    assert!(operator::set_plan(services, tenant, Plan::Pro).await.unwrap());
    assert_eq!(present(&shop).await, now);
    let after = told(&shop, &moments).await;
    let (gone, early) = (moments[0], moments[1]);
    for ((at, id), was) in &before {
        let is = &after[&(*at, *id)];
        if *at == gone {
            assert_eq!(is.summary.total_stock, None, "{at}");
        } else if *at == early {
            // Four weeks before it are no longer known whole; its levels are.
            assert_eq!(is.summary.total_stock, was.summary.total_stock, "{at}");
            assert_eq!((&is.warehouse_data, &is.offers), (&was.warehouse_data, &was.offers));
        } else {
            assert_eq!(is, was, "{at}");
        }
    }
    for id in shop.ids().await.into_values() {
        let history = products::history(services, &shop.caller, id, 105, None).await.unwrap();
        let days = history.unwrap().days;
        assert!(days.iter().take(10).all(|day| day.stock.is_none()), "{:?}", days[0]);
        assert!(days[days.len() - 80..].iter().all(|day| day.stock.is_some()));
    }
}

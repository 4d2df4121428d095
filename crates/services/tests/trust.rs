//! Numbers that can be trusted: what could not be read is no zero, what was left out is not believed at once, and
//! whatever goes wrong, in the end we know what the marketplace knows.
#![allow(clippy::unwrap_used, reason = "tests")]

#[path = "ozon/truth.rs"]
mod ozon_truth;
mod shop;
#[path = "shop/truth.rs"]
mod truth;

use chrono::TimeDelta;
use domain::{
    account::KeyStatus,
    sync::{StepKind, StepProblemCode, StepState, SyncRun, SyncStatus},
};
use services::{
    operator,
    store::{on_both_engines, testing::TestStore},
    syncs::{self, RunOutcome},
};
use shop::{Shop, settings, step};
use simulator::{Fault, Operation, Recipe, Settings, Step, Trouble, Where};

on_both_engines!(
    a_row_that_cant_be_read_is_set_aside_and_is_no_zero,
    a_changed_shape_changes_no_number,
    an_answer_that_leaves_out_most_is_not_believed_at_once,
    a_list_that_leaves_out_most_cards_archives_none_at_once,
    an_order_that_cant_be_read_is_asked_for_again,
    only_what_changed_is_measured,
    whatever_goes_wrong_in_the_end_it_is_the_truth,
    whatever_goes_wrong_on_ozon_in_the_end_it_is_the_truth,
);

/// The same trouble at every call of a method.
fn always(operation: Operation, trouble: Trouble) -> Recipe {
    let steps = vec![Step {
        operations: vec![operation],
        from: 0,
        until: None,
        share: 1.0,
        run: 1,
        trouble,
    }];
    Recipe { seed: 1, steps }
}

/// Works on a sync to its end, however often it has to wait.
async fn sync(shop: &Shop) -> SyncRun {
    let run = shop.start().await;
    for _ in 0..60 {
        match syncs::run_now(&shop.services, run).await.unwrap() {
            RunOutcome::Over => return shop.run(run).await,
            RunOutcome::Postponed(moment) => {
                shop.advance((moment - shop.services.clock.now()).max(TimeDelta::zero()));
            }
            outcome => panic!("{outcome:?}"),
        }
    }
    panic!("it never ends");
}

async fn a_row_that_cant_be_read_is_set_aside_and_is_no_zero(test: TestStore) {
    let shop = Shop::open(&test).await;
    sync(&shop).await;
    for (operation, kind) in [
        (Operation::WbWarehouses, StepKind::MarketplaceStock),
        (Operation::Stocks, StepKind::SellerStock),
        (Operation::CardsList, StepKind::Products),
    ] {
        // Late enough for a person who asks to get all cards again; the marketplace's day stands still.
        shop.services.clock.advance(TimeDelta::hours(1));
        shop.simulator.follow(always(operation, Trouble::MalformedRow));
        let run = sync(&shop).await;
        assert_eq!(run.status, SyncStatus::Completed, "{run:#?}");
        let one = step(&run, kind);
        assert_eq!(one.problem.as_ref().unwrap().code, StepProblemCode::UnexpectedShape);
        assert!(one.quarantined >= 1, "{one:?}");
        assert!(run.steps.iter().filter(|step| step.quarantined > 0).count() == 1, "{run:#?}");
        let accounts = services::tenants::accounts(&shop.services, &shop.caller).await.unwrap();
        let data = accounts[0].freshness.iter().find(|data| data.step == kind).unwrap();
        assert_eq!(data.problem, one.problem, "it stands beside the data");
        truth::compare(&shop).await;
    }
    let rows = operator::quarantined(&shop.services, None, 100).await.unwrap();
    let key = shop.simulator.keys().personal;
    for word in ["marketplace_stock", "seller_stock", "products"] {
        let row = rows.iter().find(|row| row.step == word).unwrap();
        assert!(row.raw.starts_with('{') && !row.problem.is_empty() && row.times >= 1, "{row:?}");
        assert!(!row.raw.contains(key.split('.').nth(1).unwrap()));
    }
    let nobody = domain::TenantId(uuid::Uuid::nil());
    assert!(operator::quarantined(&shop.services, Some(nobody), 100).await.unwrap().is_empty());
    shop.services.clock.advance(TimeDelta::hours(1));
    // Read again, nothing stands beside the data, and a month later the rows are gone.
    shop.simulator.clear_faults();
    let run = sync(&shop).await;
    assert!(run.steps.iter().all(|step| step.problem.is_none() && step.quarantined == 0));
    assert_eq!(operator::forget_quarantine(&shop.services).await.unwrap(), 0);
    shop.services.clock.advance(TimeDelta::days(31));
    assert_eq!(operator::forget_quarantine(&shop.services).await.unwrap(), rows.len() as u64);
}

async fn a_changed_shape_changes_no_number(test: TestStore) {
    let shop = Shop::open(&test).await;
    sync(&shop).await;
    let rows: Vec<String> =
        (0..50).map(|n| format!(r#"{{"chrtId":{n},"warehouse":{{"id":5}},"qty":0}}"#)).collect();
    shop.simulator.fail_next(Operation::WbWarehouses, answer(&rows));
    let run = sync(&shop).await;
    let stock = step(&run, StepKind::MarketplaceStock);
    assert_eq!((run.status, stock.state), (SyncStatus::Partial, StepState::Failed));
    assert_eq!(stock.problem.as_ref().unwrap().code, StepProblemCode::UnexpectedShape);
    assert_eq!(stock.quarantined, 50);
    let kept = operator::quarantined(&shop.services, None, 100).await.unwrap();
    assert_eq!(kept.len(), domain::malformed::KEPT_ROWS, "the first of them teach enough");
    truth::compare(&shop).await;
}

fn answer(rows: &[String]) -> Fault {
    Fault::Answer {
        status: 200,
        content_type: "application/json".into(),
        headers: Vec::new(),
        body: format!(r#"{{"data":{{"items":[{}]}}}}"#, rows.join(",")),
    }
}

async fn an_answer_that_leaves_out_most_is_not_believed_at_once(test: TestStore) {
    let shop = Shop::open(&test).await;
    sync(&shop).await;
    let before = shop.listed().await;
    let world = shop.simulator.world();
    let level = world.levels(shop.simulator.now()).find(|level| !level.warehouse.seller).unwrap();
    let few = || {
        answer(&[format!(
            r#"{{"chrtId":{},"warehouseId":{},"warehouseName":"W","regionName":"R","quantity":{}}}"#,
            level.chrt_id, level.warehouse.id, 7
        )])
    };
    for hours in [0, 1] {
        shop.services.clock.advance(TimeDelta::hours(hours));
        shop.simulator.fail_next(Operation::WbWarehouses, few());
        let run = sync(&shop).await;
        let stock = step(&run, StepKind::MarketplaceStock);
        let problem = stock.problem.as_ref().unwrap();
        assert_eq!(problem.code, StepProblemCode::SuspiciouslyEmpty);
        assert!(problem.detail.contains("left out"), "{}", problem.detail);
        assert_eq!(run.status, SyncStatus::Partial, "the other steps go on");
        assert_eq!(shop.listed().await.totals.total_stock, before.totals.total_stock);
    }
    // Two hours after the first time it is said again: so it is.
    shop.services.clock.advance(TimeDelta::hours(1));
    shop.simulator.fail_next(Operation::WbWarehouses, few());
    let run = sync(&shop).await;
    assert_eq!(step(&run, StepKind::MarketplaceStock).state, StepState::Done);
    assert!(shop.listed().await.totals.in_way_to_client < before.totals.in_way_to_client);
    shop.simulator.clear_faults();
    shop.simulator.advance(shop.services.clock.now() - shop.simulator.now());
    sync(&shop).await;
    truth::compare(&shop).await;
}

async fn a_list_that_leaves_out_most_cards_archives_none_at_once(test: TestStore) {
    let shop = Shop::open(&test).await;
    sync(&shop).await;
    let listed = shop.listed().await.total;
    let one = Fault::Answer {
        status: 200,
        content_type: "application/json".into(),
        headers: Vec::new(),
        body: r#"{"cards":[{"nmID":5,"vendorCode":"new","title":"New","updatedAt":"2026-09-14T00:00:00Z",
            "sizes":[]}],"cursor":{"updatedAt":"2026-09-14T00:00:00Z","nmID":5,"total":1}}"#
            .into(),
    };
    shop.simulator.fail_next(Operation::CardsList, one);
    shop.services.clock.advance(TimeDelta::hours(1));
    let run = sync(&shop).await;
    let cards = step(&run, StepKind::Products);
    assert_eq!(cards.problem.as_ref().unwrap().code, StepProblemCode::SuspiciouslyEmpty);
    assert_eq!(shop.listed().await.total, listed + 1, "what is told is taken, nothing is archived");
    sync(&shop).await;
    truth::compare(&shop).await;
}

async fn an_order_that_cant_be_read_is_asked_for_again(test: TestStore) {
    let shop = Shop::open(&test).await;
    shop.simulator.follow(always(Operation::SupplierOrders, Trouble::MalformedRow));
    let run = sync(&shop).await;
    let orders = step(&run, StepKind::Orders);
    assert_eq!((orders.state, orders.quarantined), (StepState::Done, 1), "{orders:?}");
    assert_eq!(orders.problem.as_ref().unwrap().code, StepProblemCode::UnexpectedShape);
    shop.simulator.clear_faults();
    let run = sync(&shop).await;
    assert!(step(&run, StepKind::Orders).changed >= 1, "it is read now");
    truth::compare(&shop).await;
}

async fn only_what_changed_is_measured(test: TestStore) {
    let shop = Shop::open(&test).await;
    let run = sync(&shop).await;
    assert_eq!(step(&run, StepKind::Measures).rows, shop.listed().await.total);
    let run = sync(&shop).await;
    assert_eq!(step(&run, StepKind::Measures).rows, 0, "nothing changed");

    let world = shop.simulator.world();
    let level = world.levels(shop.simulator.now()).find(|l| !l.warehouse.seller && l.quantity > 0);
    let level = level.unwrap();
    let place = Where::Marketplace;
    shop.simulator.set_level(level.chrt_id, place, level.quantity + 5).unwrap();
    let run = sync(&shop).await;
    assert_eq!(step(&run, StepKind::Measures).rows, 1, "{run:#?}");
    truth::compare(&shop).await;

    // A worker that wrote and never measured leaves it to the next one, who does not know what it wrote.
    shop.simulator.set_level(level.chrt_id, place, level.quantity + 9).unwrap();
    let run = shop.start().await;
    shop.simulator.fail_next(Operation::SupplierOrders, Fault::Hang);
    let dying = tokio::spawn({
        let services = shop.services.clone();
        async move { syncs::run_now(&services, run).await.unwrap() }
    });
    while step(&shop.run(run).await, StepKind::MarketplaceStock).state != StepState::Done {
        tokio::task::yield_now().await;
    }
    dying.abort();
    assert!(dying.await.is_err());
    shop.simulator.clear_faults();
    shop.advance(TimeDelta::minutes(3));
    assert_eq!(syncs::run_now(&shop.services, run).await.unwrap(), RunOutcome::Over);
    truth::compare(&shop).await;

    // A new day moves everybody's window.
    shop.advance(TimeDelta::days(1));
    let run = sync(&shop).await;
    assert!(step(&run, StepKind::Measures).rows >= shop.listed().await.total);
    truth::compare(&shop).await;
}

/// Says which recipe it was.
struct Seed(u64);

impl Drop for Seed {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!(
                "the recipe was Recipe::random({}): TRUST_SEED={} shows it alone",
                self.0, self.0
            );
        }
    }
}

async fn whatever_goes_wrong_in_the_end_it_is_the_truth(test: TestStore) {
    let settings = Settings { skus: 30, ..settings() };
    let shop = Shop::with(&test, settings, |simulator| simulator.keys().personal).await;
    let key = shop.simulator.keys().personal;
    everything_goes_wrong(&shop, &key, truth::compare).await;
}

async fn whatever_goes_wrong_on_ozon_in_the_end_it_is_the_truth(test: TestStore) {
    let settings = Settings { skus: 12, ..settings() };
    let shop = Shop::on_ozon_with(&test, settings, |simulator| simulator.ozon_keys().admin).await;
    let key = shop.simulator.ozon_keys().admin;
    everything_goes_wrong(&shop, &key, ozon_truth::compare).await;
}

/// Three syncs under each recipe, then undisturbed ones until all is read.
async fn everything_goes_wrong(shop: &Shop, key: &str, compare: impl AsyncFn(&Shop)) {
    for seed in seeds() {
        let _seed = Seed(seed);
        shop.simulator.follow(Recipe::random(seed));
        for round in 0..3 {
            let hours = (seed * 7 + round * 5) % 30;
            shop.advance(TimeDelta::hours(hours.cast_signed()) + TimeDelta::minutes(17));
            sync(shop).await;
            // A person sees that the key is refused, and gives it once more.
            if shop.account().await.key.unwrap().status == KeyStatus::Invalid {
                shop.set_key(key).await;
            }
        }
        shop.simulator.clear_faults();
        shop.set_key(key).await;
        // All is read once a day. What was suspicious is believed the second time; what was held is read again.
        shop.advance(TimeDelta::hours(25));
        let mut run = sync(shop).await;
        if run.status != SyncStatus::Completed {
            shop.advance(TimeDelta::hours(3));
            run = sync(shop).await;
        }
        assert_eq!(run.status, SyncStatus::Completed, "{run:#?}");
        compare(shop).await;
    }
}

/// Ten recipes, or those of `TRUST_SEED`: `7`, `20..50`.
fn seeds() -> std::ops::Range<u64> {
    let Ok(wanted) = std::env::var("TRUST_SEED") else { return 0..10 };
    let number = |text: &str| text.parse::<u64>().unwrap();
    match wanted.split_once("..") {
        Some((from, until)) => number(from)..number(until),
        None => number(&wanted)..number(&wanted) + 1,
    }
}

//! Whole syncs against the simulated marketplace over real HTTP, on both engines.
#![allow(clippy::unwrap_used, reason = "tests")]

mod shop;
#[path = "shop/truth.rs"]
mod truth;

use chrono::TimeDelta;
use domain::{
    Marketplace,
    product::ProductQuery,
    sync::{StepKind, StepProblemCode, StepState, SyncRun, SyncStatus},
};
use futures::StreamExt;
use services::{
    store::{on_both_engines, testing::TestStore},
    syncs::{self, RunOutcome, WorkerSettings},
    testing::{client, noon, owner},
};
use shop::{Shop, settings, step};
use simulator::{Fault, Limiting, Operation, Settings, Where};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

on_both_engines!(
    a_whole_sync_is_the_truth,
    a_second_sync_changes_nothing_and_a_later_one_what_changed,
    only_who_may_starts_one_and_only_one_runs,
    a_refused_key_stops_everything_and_keeps_the_data,
    a_missing_permission_fails_one_step,
    a_method_switched_off_keeps_its_data,
    an_empty_snapshot_is_not_believed_at_once,
    a_long_limit_postpones_and_the_run_goes_on,
    a_cut_connection_is_tried_again,
    a_worker_that_dies_is_followed_by_another,
    a_stop_hands_the_run_back,
    without_a_key_nothing_is_asked,
    a_worker_takes_it_from_the_queue_and_it_can_be_watched,
    limits_are_kept_by_ourselves,
);

const KINDS: &[StepKind] = StepKind::of(Marketplace::Wildberries);

fn states(run: &SyncRun) -> Vec<StepState> {
    run.steps.iter().map(|step| step.state).collect()
}

async fn a_whole_sync_is_the_truth(test: TestStore) {
    let shop = Shop::open(&test).await;
    let (run, outcome) = shop.sync().await;
    assert_eq!(outcome, RunOutcome::Over);
    assert_eq!(
        (run.status, states(&run)),
        (SyncStatus::Completed, vec![StepState::Done; KINDS.len()]),
        "{run:#?}"
    );
    assert!(run.started_at.is_some() && run.finished_at.is_some());
    for &kind in KINDS {
        assert!(step(&run, kind).rows > 0 && step(&run, kind).changed > 0, "{kind:?}");
        assert_eq!(step(&run, kind).requests > 0, kind != StepKind::Measures);
    }
    truth::compare(&shop).await;
    let freshness =
        &services::tenants::accounts(&shop.services, &shop.caller).await.unwrap()[0].freshness;
    assert_eq!(freshness.len(), KINDS.len());
    assert!(
        freshness.iter().all(|f| f.as_of == Some(noon()) && f.problem.is_none()),
        "{freshness:?}"
    );
}

async fn a_second_sync_changes_nothing_and_a_later_one_what_changed(test: TestStore) {
    let shop = Shop::open(&test).await;
    shop.sync().await;
    let (second, _) = shop.sync().await;
    assert_eq!(second.status, SyncStatus::Completed);
    assert!(second.steps.iter().all(|step| step.changed == 0), "{second:#?}");
    assert!(step(&second, StepKind::Orders).rows < 50, "only the overlap is read again");
    assert!(step(&second, StepKind::Products).rows < 5, "only changed cards are read again");

    shop.advance(TimeDelta::days(3) + TimeDelta::hours(5));
    let card = shop.simulator.world().products(shop.simulator.now()).next().unwrap();
    shop.simulator.trash(card.nm_id).unwrap();
    shop.advance(TimeDelta::minutes(1));
    let (third, _) = shop.sync().await;
    assert_eq!(third.status, SyncStatus::Completed);
    // Prices may stay as they are for weeks, and the past was read.
    let may_stay = |kind: &&StepKind| matches!(kind, StepKind::Prices | StepKind::StockHistory);
    for &kind in KINDS.iter().filter(|kind| !may_stay(kind)) {
        assert!(step(&third, kind).changed > 0, "{kind:?}");
    }
    assert!(!shop.ids().await.contains_key(&card.nm_id), "it is archived");
    truth::compare(&shop).await;

    // A level that fell to nothing leaves the answer, and is 0 here.
    let card = shop.simulator.world().products(shop.simulator.now()).find(|card| {
        shop.simulator
            .world()
            .levels_of(card.nm_id, shop.simulator.now())
            .iter()
            .any(|l| l.quantity > 0)
    });
    let card = card.unwrap();
    for size in &card.sizes {
        shop.simulator.set_level(size.chrt_id, Where::Marketplace, 0).unwrap();
    }
    shop.sync().await;
    truth::compare(&shop).await;
}

async fn only_who_may_starts_one_and_only_one_runs(test: TestStore) {
    let shop = Shop::open(&test).await;
    let first = syncs::start(&shop.services, &shop.caller, &client()).await.unwrap();
    assert_eq!((first.status, first.tenant_id), (SyncStatus::Pending, shop.caller.tenant_id()));
    let second = syncs::start(&shop.services, &shop.caller, &client()).await.unwrap();
    assert_eq!((second.status, second.task_id), (SyncStatus::Running, first.task_id));
    assert_eq!(second.message, "Sync started");
    let log = syncs::list(&shop.services, &shop.caller, 10).await.unwrap();
    assert_eq!(log.len(), 1);
    let stranger = owner(&shop.services, "boris@example.com").await;
    assert!(syncs::get(&shop.services, &stranger, first.task_id).await.unwrap().is_none());
    assert!(syncs::watch(&shop.services, &stranger, first.task_id).await.unwrap().is_none());
    assert!(syncs::list(&shop.services, &stranger, 10).await.unwrap().is_empty());
}

async fn a_refused_key_stops_everything_and_keeps_the_data(test: TestStore) {
    let shop = Shop::open(&test).await;
    shop.sync().await;
    shop.simulator.withdraw(&shop.simulator.keys().personal).unwrap();
    let before = shop.simulator.calls(Operation::SupplierOrders);
    let (run, outcome) = shop.sync().await;
    assert_eq!(outcome, RunOutcome::Over);
    assert_eq!(
        (run.status, states(&run)),
        (SyncStatus::Failed, vec![StepState::Failed; KINDS.len()])
    );
    for step in &run.steps {
        assert_eq!(step.problem.as_ref().unwrap().code, StepProblemCode::KeyRefused);
    }
    assert_eq!(shop.simulator.calls(Operation::SupplierOrders), before, "nothing more was asked");
    truth::compare(&shop).await;
    let account =
        services::tenants::accounts(&shop.services, &shop.caller).await.unwrap().remove(0);
    assert_eq!(account.key.unwrap().status, domain::account::KeyStatus::Invalid);
    assert!(
        account.freshness.iter().all(|f| f.as_of == Some(noon())),
        "the old data is as old as it is"
    );
    // Another key, and all is well.
    shop.set_key(&shop.simulator.keys().service).await;
    let (run, _) = shop.sync().await;
    assert_eq!(run.status, SyncStatus::Completed);
}

async fn a_missing_permission_fails_one_step(test: TestStore) {
    let shop = Shop::with(&test, settings(), |s| s.keys().without_statistics).await;
    let (run, _) = shop.sync().await;
    assert_eq!(run.status, SyncStatus::Partial);
    let orders = step(&run, StepKind::Orders);
    assert_eq!(orders.state, StepState::Failed);
    assert_eq!(orders.problem.as_ref().unwrap().code, StepProblemCode::NotPermitted);
    assert_eq!(step(&run, StepKind::Measures).state, StepState::Done);
    let page = shop.listed().await;
    assert!(page.totals.total_stock.is_some());
    assert_eq!(page.totals.orders_7, None, "unknown is not zero");
    assert!(page.items.iter().all(|product| product.orders_28.is_none()));
}

async fn a_method_switched_off_keeps_its_data(test: TestStore) {
    let shop = Shop::open(&test).await;
    shop.sync().await;
    let before = shop.listed().await;
    shop.advance(TimeDelta::days(2));
    shop.simulator.disable(Operation::WbWarehouses, true);
    let (run, _) = shop.sync().await;
    assert_eq!(run.status, SyncStatus::Partial);
    let stock = step(&run, StepKind::MarketplaceStock);
    assert_eq!(stock.problem.as_ref().unwrap().code, StepProblemCode::Disabled);
    let after = shop.listed().await;
    assert_eq!(after.totals.in_way_to_client, before.totals.in_way_to_client);
    let account =
        services::tenants::accounts(&shop.services, &shop.caller).await.unwrap().remove(0);
    let stock = account.freshness.iter().find(|f| f.step == StepKind::MarketplaceStock).unwrap();
    assert_eq!(stock.as_of, Some(noon()));
    assert_eq!(stock.problem.as_ref().unwrap().code, StepProblemCode::Disabled);
    shop.simulator.disable(Operation::WbWarehouses, false);
    shop.sync().await;
    truth::compare(&shop).await;
}

async fn an_empty_snapshot_is_not_believed_at_once(test: TestStore) {
    let shop = Shop::open(&test).await;
    shop.sync().await;
    let before = shop.listed().await;
    for operation in [Operation::CardsList, Operation::WbWarehouses] {
        shop.simulator.answer_empty(operation, true);
    }
    // All cards are read again by now, not only those that changed.
    shop.advance(TimeDelta::minutes(65));
    for _ in 0..2 {
        let (run, _) = shop.sync().await;
        assert_eq!(run.status, SyncStatus::Partial);
        for kind in [StepKind::Products, StepKind::MarketplaceStock] {
            let problem = step(&run, kind).problem.as_ref().unwrap();
            assert_eq!(problem.code, StepProblemCode::SuspiciouslyEmpty, "{kind:?}");
        }
        let after = shop.listed().await;
        assert_eq!(
            (after.total, after.totals.in_way_to_client),
            (before.total, before.totals.in_way_to_client)
        );
    }
    // Said again hours later, it is believed.
    shop.advance(TimeDelta::hours(3));
    let (run, _) = shop.sync().await;
    assert_eq!(step(&run, StepKind::MarketplaceStock).state, StepState::Done);
    assert_eq!(shop.listed().await.totals.in_way_to_client, Some(0));
    shop.simulator.clear_faults();
    shop.sync().await;
    truth::compare(&shop).await;
}

fn limited(seconds: u32) -> Fault {
    Fault::Answer {
        status: 429,
        content_type: "application/problem+json".into(),
        headers: vec![("X-Ratelimit-Retry".into(), seconds.to_string())],
        body: r#"{"title":"too many requests","detail":"limited by global limiter","status":429}"#
            .into(),
    }
}

async fn a_long_limit_postpones_and_the_run_goes_on(test: TestStore) {
    let shop = Shop::open(&test).await;
    shop.simulator.fail_next(Operation::SupplierOrders, limited(3 * 3600));
    let (run, outcome) = shop.sync().await;
    let resumes = noon() + TimeDelta::seconds(3 * 3600 + 1);
    assert_eq!(outcome, RunOutcome::Postponed(resumes));
    assert_eq!(run.status, SyncStatus::Running);
    let orders = step(&run, StepKind::Orders);
    assert_eq!((orders.state, orders.next_try_at), (StepState::Postponed, Some(resumes)));
    assert_eq!(orders.problem.as_ref().unwrap().code, StepProblemCode::RateLimited);
    assert_eq!(step(&run, StepKind::Measures).state, StepState::Waiting);
    // What is known by now is shown by now.
    assert!(shop.listed().await.totals.total_stock.is_some());
    // Too early: nothing is asked, nothing is started beside it.
    let calls = shop.simulator.calls(Operation::SupplierOrders);
    assert_eq!(
        syncs::run_now(&shop.services, run.id).await.unwrap(),
        RunOutcome::Postponed(resumes)
    );
    assert_eq!(shop.simulator.calls(Operation::SupplierOrders), calls);
    let again = syncs::start(&shop.services, &shop.caller, &client()).await.unwrap();
    assert_eq!(again.task_id, run.id);

    // The other data is older by then, but it was read in this very run.
    shop.services.clock.advance(resumes - noon());
    assert_eq!(syncs::run_now(&shop.services, run.id).await.unwrap(), RunOutcome::Over);
    let run = shop.run(run.id).await;
    assert_eq!(run.status, SyncStatus::Completed, "{run:#?}");
    assert!(step(&run, StepKind::Orders).waited_ms >= 3 * 3600 * 1000);
    assert_eq!(step(&run, StepKind::Orders).problem, None);
}

async fn a_cut_connection_is_tried_again(test: TestStore) {
    let shop = Shop::open(&test).await;
    shop.simulator.fail_next(Operation::SupplierOrders, Fault::CutOff);
    shop.simulator.fail_next(Operation::CardsList, Fault::CutOff);
    let (run, outcome) = shop.sync().await;
    let RunOutcome::Postponed(first) = outcome else { panic!("{outcome:?}") };
    assert_eq!(step(&run, StepKind::Products).state, StepState::Postponed);
    assert_eq!(
        step(&run, StepKind::Products).problem.as_ref().unwrap().code,
        StepProblemCode::Unreachable
    );
    assert_eq!(step(&run, StepKind::MarketplaceStock).state, StepState::Waiting, "sizes first");
    shop.services.clock.advance(first - noon());
    assert_eq!(syncs::run_now(&shop.services, run.id).await.unwrap(), RunOutcome::Over);
    assert_eq!(shop.run(run.id).await.status, SyncStatus::Completed);

    // One that never comes back is given up after some tries, and its data stays.
    for _ in 0..4 {
        shop.simulator.fail_next(
            Operation::WbWarehouses,
            Fault::Gateway { status: 502, detail: String::new() },
        );
    }
    let (run, mut outcome) = shop.sync().await;
    let mut tries = 1;
    while let RunOutcome::Postponed(moment) = outcome {
        tries += 1;
        shop.services.clock.advance(moment - shop.services.clock.now());
        outcome = syncs::run_now(&shop.services, run.id).await.unwrap();
    }
    assert_eq!(tries, 4);
    let run = shop.run(run.id).await;
    assert_eq!(run.status, SyncStatus::Partial);
    assert_eq!(step(&run, StepKind::MarketplaceStock).state, StepState::Failed);
    assert!(shop.listed().await.totals.total_stock.is_some());
}

async fn a_worker_that_dies_is_followed_by_another(test: TestStore) {
    // Pages of few rows, so that there is a middle.
    let settings = Settings { skus: 1150, days: 100, mean_orders: 0.02, ..settings() };
    let shop = Shop::with(&test, settings, |s| s.keys().personal).await;
    let run = shop.start().await;
    shop.simulator.fail_next(Operation::WbWarehouses, Fault::Hang);
    let dying = tokio::spawn({
        let services = shop.services.clone();
        async move { syncs::run_now(&services, run).await.unwrap() }
    });
    // It hangs in its second step: that is where it dies.
    let mut seen = syncs::watch(&shop.services, &shop.caller, run).await.unwrap().unwrap().boxed();
    while let Some(run) = seen.next().await {
        if step(&run, StepKind::MarketplaceStock).state == StepState::Running {
            break;
        }
    }
    dying.abort();
    assert!(dying.await.unwrap_err().is_cancelled());
    // It may have died before its request went out.
    shop.simulator.clear_faults();
    assert_eq!(syncs::run_now(&shop.services, run).await.unwrap(), RunOutcome::Elsewhere);
    shop.services.clock.advance(TimeDelta::minutes(3));
    let cards = shop.simulator.calls(Operation::CardsList);
    assert_eq!(syncs::run_now(&shop.services, run).await.unwrap(), RunOutcome::Over);
    assert_eq!(shop.simulator.calls(Operation::CardsList), cards, "what was done is done");
    let run = shop.run(run).await;
    assert_eq!(run.status, SyncStatus::Completed, "{run:#?}");
    let query = ProductQuery::default();
    let page = services::products::list(&shop.services, &shop.caller, &query).await.unwrap();
    let world = shop.simulator.world();
    let stock: i64 = world.levels(noon()).map(|level| level.quantity).sum();
    let listed: std::collections::HashSet<i64> = world.products(noon()).map(|p| p.nm_id).collect();
    assert_eq!(page.total, i64::try_from(listed.len()).unwrap());
    let unlisted: i64 =
        world.levels(noon()).filter(|l| !listed.contains(&l.nm_id)).map(|l| l.quantity).sum();
    assert_eq!(page.totals.total_stock, Some(stock - unlisted));
}

async fn a_stop_hands_the_run_back(test: TestStore) {
    let shop = Shop::open(&test).await;
    let run = shop.start().await;
    let stop = CancellationToken::new();
    stop.cancel();
    let outcome = syncs::run_until(&shop.services, run, &stop).await.unwrap();
    assert_eq!(outcome, RunOutcome::HandedBack);
    assert_eq!(shop.run(run).await.status, SyncStatus::Running);
    assert_eq!(shop.simulator.calls(Operation::CardsList).total(), 0);
    assert_eq!(syncs::run_now(&shop.services, run).await.unwrap(), RunOutcome::Over);
    truth::compare(&shop).await;
}

async fn without_a_key_nothing_is_asked(test: TestStore) {
    let services = services::testing::services(&test);
    let caller = owner(&services, "anna@example.com").await;
    let run = syncs::start(&services, &caller, &client()).await.unwrap().task_id;
    assert_eq!(syncs::run_now(&services, run).await.unwrap(), RunOutcome::Over);
    let run = syncs::get(&services, &caller, run).await.unwrap().unwrap();
    assert_eq!(run.status, SyncStatus::Failed);
    assert!(run.steps.iter().all(|s| s.problem.as_ref().unwrap().code == StepProblemCode::NoKey));
}

async fn a_worker_takes_it_from_the_queue_and_it_can_be_watched(test: TestStore) {
    let shop = Shop::open(&test).await;
    let stop = CancellationToken::new();
    let worker = tokio::spawn({
        let (services, stop) = (shop.services.clone(), stop.clone());
        let settings =
            WorkerSettings { poll: Duration::from_millis(50), ..WorkerSettings::new("test") };
        async move { syncs::work(&services, settings, stop).await }
    });
    let run = shop.start().await;
    let seen: Vec<SyncRun> =
        syncs::watch(&shop.services, &shop.caller, run).await.unwrap().unwrap().collect().await;
    let last = seen.last().unwrap();
    assert_eq!(last.status, SyncStatus::Completed);
    assert_eq!(last, &shop.run(run).await, "what is told is what is kept");
    assert!(seen.len() > 5, "{}", seen.len());
    let rows: Vec<i64> =
        seen.iter().map(|run| run.steps.iter().map(|s| s.requests).sum()).collect();
    assert!(rows.is_sorted(), "{rows:?}");
    // One that is over is told once.
    let again: Vec<_> =
        syncs::watch(&shop.services, &shop.caller, run).await.unwrap().unwrap().collect().await;
    assert_eq!(again.len(), 1);
    stop.cancel();
    tokio::time::timeout(Duration::from_secs(10), worker).await.unwrap().unwrap();
}

async fn limits_are_kept_by_ourselves(test: TestStore) {
    // The simulator's limits and ours, by the same standing clocks.
    let settings = Settings { limits: Limiting::SimulatedTime, ..settings() };
    let shop = Shop::with(&test, settings, |s| s.keys().personal).await;
    let (run, _) = shop.sync().await;
    assert_eq!(run.status, SyncStatus::Completed, "{run:#?}");
    // The stock report may be asked for once in 20 s: the second sync waits by itself.
    let (run, outcome) = shop.sync().await;
    assert_eq!(outcome, RunOutcome::Postponed(noon() + TimeDelta::seconds(20)));
    assert_eq!(step(&run, StepKind::MarketplaceStock).requests, 0);
    shop.advance(TimeDelta::seconds(20));
    let outcome = syncs::run_now(&shop.services, run.id).await.unwrap();
    let run = shop.run(run.id).await;
    assert_eq!(step(&run, StepKind::MarketplaceStock).state, StepState::Done);
    // Sales may be asked for once a minute.
    assert_eq!(outcome, RunOutcome::Postponed(noon() + TimeDelta::seconds(60)));
    shop.advance(TimeDelta::seconds(40));
    assert_eq!(syncs::run_now(&shop.services, run.id).await.unwrap(), RunOutcome::Over);
    assert_eq!(shop.run(run.id).await.status, SyncStatus::Completed);
    for operation in Operation::ALL {
        assert_eq!(shop.simulator.calls(operation).limited, 0, "{operation:?}");
    }
}

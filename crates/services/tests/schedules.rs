//! Reading by itself, set aside runs, and shops of one seller, on both engines.
#![allow(clippy::unwrap_used, reason = "tests")]

mod shop;

use chrono::TimeDelta;
use domain::{
    Marketplace, Plan, Secret,
    account::{Account, KeyKind},
    shop::{NewShop, Schedule, ShopKey, ShopPatch, SyncRequest},
    sync::{StepKind, StepProblemCode, StepState, SyncRun, SyncStatus},
};
use services::{
    operator, shops,
    store::{Claim, on_both_engines, testing::TestStore},
    syncs::{self, RunOutcome},
    tenants,
    testing::{client, noon, owner},
};
use shop::{Shop, settings, step};
use simulator::{Limiting, Settings};

on_both_engines!(
    what_is_due_is_read_and_due_again,
    a_schedule_of_ones_own_comes_besides,
    a_shop_without_a_key_waits_for_a_person,
    a_person_may_ask_whatever_the_schedule_did,
    two_shops_of_one_seller_share_its_limits,
    a_run_that_kills_its_workers_is_set_aside,
    due_shops_are_found_by_one_look,
);

async fn accounts(shop: &Shop) -> Vec<Account> {
    tenants::accounts(&shop.services, &shop.caller).await.unwrap()
}

async fn runs(shop: &Shop) -> Vec<SyncRun> {
    syncs::list(&shop.services, &shop.caller, 50).await.unwrap()
}

fn kinds(run: &SyncRun) -> Vec<StepKind> {
    run.steps.iter().map(|step| step.kind).collect()
}

async fn what_is_due_is_read_and_due_again(test: TestStore) {
    let shop = Shop::open(&test).await;
    // A new shop is read at once.
    assert_eq!(syncs::run_due(&shop.services).await.unwrap(), (1, TimeDelta::zero()));
    let run = runs(&shop).await.remove(0);
    assert_eq!(syncs::run_now(&shop.services, run.id).await.unwrap(), RunOutcome::Over);
    assert_eq!(syncs::run_due(&shop.services).await.unwrap().0, 0, "nothing more is due yet");
    let next = accounts(&shop).await[0].next_sync_at.unwrap();
    assert!(next > noon() && next <= noon() + TimeDelta::minutes(30), "{next}");
    shop.advance(next - noon());
    let (made, lag) = syncs::run_due(&shop.services).await.unwrap();
    assert_eq!((made, lag), (1, TimeDelta::zero()));
    let run = runs(&shop).await.remove(0);
    assert_eq!(run.status, SyncStatus::Pending);
    assert!(kinds(&run).contains(&StepKind::MarketplaceStock), "{:?}", kinds(&run));
    assert!(kinds(&run).contains(&StepKind::Measures));
    // The same moment again is nobody's.
    assert_eq!(syncs::run_due(&shop.services).await.unwrap().0, 0);
    assert_eq!(syncs::run_now(&shop.services, run.id).await.unwrap(), RunOutcome::Over);
    // Over a day: every half hour the stock, every hour the cards, each on the minute of this shop.
    let mut of_kind = [0, 0];
    for _ in 0..24 * 60 {
        shop.advance(TimeDelta::minutes(1));
        if syncs::run_due(&shop.services).await.unwrap().0 == 0 {
            continue;
        }
        let run = runs(&shop).await.remove(0);
        of_kind[0] += usize::from(kinds(&run).contains(&StepKind::Orders));
        of_kind[1] += usize::from(kinds(&run).contains(&StepKind::Products));
        assert_eq!(syncs::run_now(&shop.services, run.id).await.unwrap(), RunOutcome::Over);
        assert!(
            matches!(shop.run(run.id).await.status, SyncStatus::Completed | SyncStatus::Partial),
            "{run:?}"
        );
    }
    assert_eq!(of_kind, [48, 24]);
}

async fn a_schedule_of_ones_own_comes_besides(test: TestStore) {
    let shop = Shop::open(&test).await;
    let account = accounts(&shop).await.remove(0);
    // 7:30 in Moscow is 4:30 here.
    let schedule = Schedule { automatic: false, cron: Some("30 7 * * *".into()) };
    let patch = ShopPatch { schedule: Some(schedule), ..ShopPatch::default() };
    let changed =
        shops::change(&shop.services, &shop.caller, account.id, patch, &client()).await.unwrap();
    let next = changed.unwrap().next_sync_at.unwrap();
    assert_eq!(next.to_rfc3339(), "2026-09-16T04:30:00+00:00");
    shop.advance(next - noon());
    assert_eq!(syncs::run_due(&shop.services).await.unwrap().0, 1);
    let run = runs(&shop).await.remove(0);
    assert!(kinds(&run).contains(&StepKind::Products) && kinds(&run).contains(&StepKind::Orders));
    let again = accounts(&shop).await[0].next_sync_at.unwrap();
    assert_eq!(again - next, TimeDelta::days(1));
}

async fn a_shop_without_a_key_waits_for_a_person(test: TestStore) {
    let shop = Shop::open(&test).await;
    let account = accounts(&shop).await.remove(0);
    // A refused key: the run says so, and nothing more is planned.
    shop.simulator.withdraw(&shop.simulator.keys().personal).unwrap();
    shop.advance(TimeDelta::hours(1));
    assert_eq!(syncs::run_due(&shop.services).await.unwrap().0, 1);
    let run = runs(&shop).await.remove(0);
    syncs::run_now(&shop.services, run.id).await.unwrap();
    assert_eq!(shop.run(run.id).await.status, SyncStatus::Failed);
    shop.advance(TimeDelta::hours(2));
    assert_eq!(syncs::run_due(&shop.services).await.unwrap().0, 0);
    assert_eq!(accounts(&shop).await[0].next_sync_at, None);
    // Another key, and it is read again.
    shop.set_key(&shop.simulator.keys().service).await;
    assert!(accounts(&shop).await[0].next_sync_at.is_some());
    shops::clear_key(&shop.services, &shop.caller, account.id, &client()).await.unwrap().unwrap();
    assert_eq!(accounts(&shop).await[0].next_sync_at, None);
}

async fn a_person_may_ask_whatever_the_schedule_did(test: TestStore) {
    let shop = Shop::open(&test).await;
    shop.advance(TimeDelta::hours(1));
    assert_eq!(syncs::run_due(&shop.services).await.unwrap().0, 1);
    // The same run is found while it is under way, by the schedule too.
    let started = syncs::start(&shop.services, &shop.caller, &client()).await.unwrap();
    let run = runs(&shop).await.remove(0);
    assert_eq!(started.task_id, run.id);
    shop.advance(TimeDelta::hours(1));
    assert_eq!(syncs::run_due(&shop.services).await.unwrap().0, 0, "it is under way");
    syncs::run_now(&shop.services, run.id).await.unwrap();
    assert_eq!(syncs::run_due(&shop.services).await.unwrap().0, 0, "looked at again in a minute");
    shop.advance(TimeDelta::seconds(61));
    assert_eq!(syncs::run_due(&shop.services).await.unwrap().0, 1);
}

async fn two_shops_of_one_seller_share_its_limits(test: TestStore) {
    let limited = Settings { limits: Limiting::SimulatedTime, ..settings() };
    let shop = Shop::with(&test, limited, |s| s.keys().personal).await;
    // The same seller in another company, with the same token, and in a second shop of the first.
    let other = owner(&shop.services, "boris@example.com").await;
    let key = ShopKey {
        wildberries_api_key: Some(Secret::new(shop.simulator.keys().personal)),
        ..ShopKey::default()
    };
    let new = NewShop {
        marketplace: Marketplace::Wildberries,
        name: Some("та же".into()),
        colour: None,
        key: Some(key),
    };
    // The checks are requests, too, and the simulator counts them.
    shop.advance(TimeDelta::hours(1));
    let second = shops::connect(&shop.services, &other, new.clone(), &client()).await.unwrap();
    shop.advance(TimeDelta::hours(1));
    let third = shops::connect(&shop.services, &shop.caller, new, &client()).await.unwrap();
    assert_eq!(third.key.as_ref().unwrap().kind, Some(KeyKind::Personal));
    shop.advance(TimeDelta::hours(1));
    let begun = shop.services.clock.now();

    let (first, outcome) = shop.sync().await;
    assert_eq!((first.status, outcome), (SyncStatus::Completed, RunOutcome::Over), "{first:#?}");
    for (caller, account) in [(&other, second.id), (&shop.caller, third.id)] {
        let which = SyncRequest { account_id: Some(account) };
        let run = syncs::start_of(&shop.services, caller, which, &client()).await.unwrap().task_id;
        let mut outcome = syncs::run_now(&shop.services, run).await.unwrap();
        // The stock report is for one in 20 s: the seller's, whoever asks.
        assert!(matches!(outcome, RunOutcome::Postponed(_)), "{outcome:?}");
        while let RunOutcome::Postponed(moment) = outcome {
            shop.advance(moment - shop.services.clock.now());
            outcome = syncs::run_now(&shop.services, run).await.unwrap();
        }
        let run = syncs::get(&shop.services, caller, run).await.unwrap().unwrap();
        assert_eq!(run.status, SyncStatus::Completed, "{run:#?}");
    }
    assert!(shop.services.clock.now() - begun >= TimeDelta::seconds(40));
    for operation in simulator::Operation::ALL {
        assert_eq!(shop.simulator.calls(operation).limited, 0, "{operation:?}");
    }
}

async fn a_run_that_kills_its_workers_is_set_aside(test: TestStore) {
    let shop = Shop::open(&test).await;
    let run = shop.start().await;
    for death in 1..=11 {
        let caller = shop.services.store.caller_for_run(run).await.unwrap().unwrap();
        let now = shop.services.clock.now();
        let mut tx = shop.services.store.write(&caller).await.unwrap();
        let claim = tx.claim_run(run, now, now + TimeDelta::seconds(60)).await.unwrap();
        let Claim::Taken { lost, .. } = claim else { panic!("{death}: {claim:?}") };
        assert_eq!(lost, death - 1);
        tx.commit().await.unwrap();
        // It says nothing more.
        shop.services.clock.advance(TimeDelta::seconds(61));
    }
    assert_eq!(syncs::run_now(&shop.services, run).await.unwrap(), RunOutcome::Over);
    let ended = shop.run(run).await;
    assert_eq!(ended.status, SyncStatus::Failed);
    for step in &ended.steps {
        assert_eq!(step.state, StepState::Failed);
        let problem = step.problem.as_ref().unwrap();
        assert_eq!(problem.code, StepProblemCode::Internal);
        assert!(problem.detail.contains("11 workers"), "{}", problem.detail);
    }
    let seen = operator::queue(&shop.services, true, 10).await.unwrap();
    assert_eq!((seen.runs[0].run, seen.runs[0].lost_leases), (run, 11));
    assert!(seen.runs[0].problem.as_ref().unwrap().contains("Set aside"));
    assert!(operator::queue(&shop.services, false, 10).await.unwrap().runs.is_empty());
    // Asked for again, it begins anew.
    let (again, outcome) = shop.sync().await;
    assert_eq!((again.status, outcome), (SyncStatus::Completed, RunOutcome::Over));
    assert!(step(&again, StepKind::Products).rows > 0);
}

async fn due_shops_are_found_by_one_look(test: TestStore) {
    let shop = Shop::open(&test).await;
    for n in 0..300 {
        let caller = owner(&shop.services, &format!("shop-{n}@example.com")).await;
        assert!(matches!(caller.plan(), Plan::Pro));
        let mut tx = shop.services.store.write(&caller).await.unwrap();
        let account = tx.accounts().await.unwrap().remove(0);
        tx.set_due(account.id, "orders", noon() + TimeDelta::seconds(n)).await.unwrap();
        tx.commit().await.unwrap();
    }
    // Without keys they are not read, and are due no more: each is looked at once.
    shop.services.clock.advance(TimeDelta::seconds(150));
    let due = shop.services.store.due_shops(shop.services.clock.now(), 1000).await.unwrap();
    assert_eq!(due.len(), 152, "with the one that was never read");
    assert!(due.is_sorted_by_key(|due| due.due_at));
    syncs::run_due(&shop.services).await.unwrap();
    let due = shop.services.store.due_shops(shop.services.clock.now(), 1000).await.unwrap();
    assert!(due.is_empty());
}

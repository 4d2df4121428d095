//! Whole syncs with a third party between us and the simulator that checks every question and every answer against the
//! official contracts (Prism as a proxy: 422 for a wrong question, 500 for a wrong answer). Left out where there is none:
//! `WILDBERRIES_CHECKED_BY` and `OZON_CHECKED_BY` name it, `CHECKED_SIMULATOR` is the address where it goes on to.
#![allow(clippy::unwrap_used, reason = "tests")]

mod shop;

use chrono::TimeDelta;
use domain::sync::{StepKind, StepState, SyncRun};
use services::{
    store::testing::TestStore,
    syncs::{self, RunOutcome},
};
use shop::{Shop, settings};
use simulator::{Operation, Recipe, Settings, Step, Trouble};

fn is_there(name: &str) -> bool {
    let there = [name, "CHECKED_SIMULATOR"].iter().all(|name| std::env::var_os(name).is_some());
    if !there {
        eprintln!("left out: {name} and CHECKED_SIMULATOR are not set");
    }
    there
}

fn many() -> Settings {
    Settings { skus: 400, ..settings() }
}

async fn sync(shop: &Shop) -> SyncRun {
    let run = shop.start().await;
    for _ in 0..200 {
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

/// Three days of syncs, none of which meets a violation: one would be a refused call, and a failed step.
async fn without_a_violation(shop: &Shop) -> Vec<(&'static str, u64)> {
    for hours in [0, 5, 30, 37] {
        shop.advance(TimeDelta::hours(hours));
        let run = sync(shop).await;
        // A proxy that takes every answer for a text damages the one that is an archive.
        let whole = run.steps.iter().filter(|step| step.kind != StepKind::StockHistory);
        for step in whole {
            assert_eq!((step.state, &step.problem), (StepState::Done, &None), "{step:#?}");
        }
    }
    let calls = Operation::all().map(|one| (one.name(), shop.simulator.calls(one)));
    let asked: Vec<_> = calls.filter(|(_, calls)| calls.total() > 0).collect();
    for (name, calls) in &asked {
        assert_eq!((calls.refused, calls.failed), (0, 0), "{name}");
    }
    asked.into_iter().map(|(name, calls)| (name, calls.total())).collect()
}

fn tell(marketplace: &str, asked: &[(&str, u64)]) {
    let requests: u64 = asked.iter().map(|(_, calls)| calls).sum();
    println!("{marketplace}: {} operations, {requests} requests, 0 violations", asked.len());
    for (name, calls) in asked {
        println!("{calls:6} {name}");
    }
}

/// A wrong answer put in on purpose is caught by the third party, not by us: the call fails, no row is set aside. Some fields
/// are younger than the contract: one of a few answers is wrong in another.
async fn a_violation_is_caught(shop: &Shop, operation: Operation) {
    let step = Step {
        operations: vec![operation],
        from: 0,
        until: None,
        share: 1.0,
        run: 1,
        trouble: Trouble::MalformedRow,
    };
    let mut caught = 0;
    for seed in 1..6 {
        shop.simulator.follow(Recipe { seed, steps: vec![step.clone()] });
        shop.advance(TimeDelta::hours(25));
        let run = sync(shop).await;
        let failed = run.steps.iter().filter(|step| step.kind == StepKind::Products);
        let mut failed = failed.filter(|step| step.state == StepState::Failed);
        caught += usize::from(failed.any(|step| step.quarantined == 0));
    }
    assert!(caught > 0);
    println!("a wrong answer of {} was caught {caught} times of 5", operation.name());
}

#[tokio::test(flavor = "multi_thread")]
async fn wildberries_is_asked_and_answers_by_its_contract() {
    if !is_there("WILDBERRIES_CHECKED_BY") {
        return;
    }
    let store = TestStore::sqlite().await;
    let shop = Shop::with(&store, many(), |simulator| simulator.keys().personal).await;
    let mut asked = without_a_violation(&shop).await;
    // A base token reads stock as a report.
    shop.set_key(&shop.simulator.keys().base).await;
    let before: u64 = asked.iter().map(|(_, calls)| calls).sum();
    asked = without_a_violation(&shop).await;
    assert!(asked.iter().map(|(_, calls)| calls).sum::<u64>() > before);
    tell("Wildberries", &asked);
    shop.set_key(&shop.simulator.keys().personal).await;
    a_violation_is_caught(&shop, Operation::CardsList).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ozon_is_asked_and_answers_by_its_contract() {
    if !is_there("OZON_CHECKED_BY") {
        return;
    }
    let store = TestStore::sqlite().await;
    let shop = Shop::on_ozon_with(&store, many(), |simulator| simulator.ozon_keys().admin).await;
    let asked = without_a_violation(&shop).await;
    tell("Ozon", &asked);
}

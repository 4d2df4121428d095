//! What a sync of Wildberries brings besides cards, stock and orders, against the simulated truth, on both engines.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod shop;
#[path = "shop/truth.rs"]
mod truth;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::{
    Marketplace, SyncRunId,
    comparison::{ComparedFigure as F, DifferenceReason, FigureComparison},
    sync::{StepKind, StepProblemCode, StepState, SyncRun, SyncStatus},
};
use planning::{day_of, day_starts_at};
use services::{
    store::{on_both_engines, testing::TestStore},
    syncs::{self, RunOutcome},
    testing::noon,
};
use shop::{Shop, settings, step};
use simulator::{Fault, Limiting, Operation, Settings, WarehouseNames};
use std::collections::HashMap;

on_both_engines!(
    amounts_that_are_told_later_are_filled_in,
    a_schedule_reads_changed_cards_and_all_once_a_day,
    a_base_token_waits_for_its_report,
    a_base_token_reads_stock_as_a_report,
    a_report_names_its_warehouses,
    a_report_that_never_comes_keeps_what_is_known,
    a_new_shop_has_its_past,
    a_new_shop_has_its_past_by_warehouse,
    a_worker_that_dies_in_the_past_is_followed_by_another,
    figures_are_the_marketplaces_own,
    our_turnover_is_wildberries_or_says_why_not,
    one_missing_permission_is_one_missing_capability,
);

/// Works on a run until it is over; both clocks go on to each moment that it waits for.
async fn finish(shop: &Shop, run: SyncRunId) -> SyncRun {
    for _ in 0..200 {
        match syncs::run_now(&shop.services, run).await.unwrap() {
            RunOutcome::Postponed(moment) => shop.advance(moment - shop.services.clock.now()),
            RunOutcome::Over => return shop.run(run).await,
            outcome => panic!("{outcome:?}"),
        }
    }
    panic!("it does not end: {:#?}", shop.run(run).await);
}

/// A run that nobody asked for, as a schedule begins one.
async fn scheduled(shop: &Shop) -> SyncRun {
    let run: SyncRunId = shop.services.clock.new_id();
    let now = shop.services.clock.now();
    let account = services::tenants::accounts(&shop.services, &shop.caller).await.unwrap()[0].id;
    let mut tx = shop.services.store.write(&shop.caller).await.unwrap();
    tx.create_run(run, account, now, None).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    finish(shop, run).await
}

async fn amounts_that_are_told_later_are_filled_in(test: TestStore) {
    let settings = Settings { mean_orders: 2.0, ..settings() };
    let shop = Shop::with(&test, settings, |s| s.keys().personal).await;
    shop.sync().await;
    truth::compare(&shop).await;
    let account = services::tenants::accounts(&shop.services, &shop.caller).await.unwrap()[0].id;
    let untold = async || {
        let mut tx = shop.services.store.read(&shop.caller).await.unwrap();
        tx.untold_since(account, noon() - TimeDelta::days(2)).await.unwrap()
    };
    let first = untold().await.expect("some amounts are still to be told");
    for hours in [1, 4, 9, 21] {
        shop.advance(TimeDelta::hours(hours));
        let (run, _) = shop.sync().await;
        assert_eq!(run.status, SyncStatus::Completed);
        truth::compare(&shop).await;
    }
    assert!(untold().await.is_none_or(|since| since > first), "what was to be told is told");
}

async fn a_schedule_reads_changed_cards_and_all_once_a_day(test: TestStore) {
    let shop = Shop::open(&test).await;
    let first = scheduled(&shop).await;
    assert_eq!(step(&first, StepKind::Products).rows, 40);
    shop.advance(TimeDelta::hours(2));
    let card = shop.simulator.world().products(shop.simulator.now()).next().unwrap();
    shop.simulator.trash(card.nm_id).unwrap();
    shop.advance(TimeDelta::hours(1));
    let second = scheduled(&shop).await;
    let products = step(&second, StepKind::Products);
    assert_eq!((products.state, products.expected), (StepState::Done, None));
    assert!(products.rows < 5, "only what changed: {}", products.rows);
    assert!(shop.ids().await.contains_key(&card.nm_id), "a card that vanishes says nothing");
    // An answer without a card is what a reading of changes usually gets.
    shop.simulator.answer_empty(Operation::CardsList, true);
    shop.advance(TimeDelta::hours(1));
    assert_eq!(step(&scheduled(&shop).await, StepKind::Products).state, StepState::Done);
    shop.simulator.clear_faults();
    // noon() is 12:00 in Moscow: it is three at night. No card at all is then not believed.
    shop.advance(TimeDelta::hours(11));
    shop.simulator.answer_empty(Operation::CardsList, true);
    let problem = step(&scheduled(&shop).await, StepKind::Products).problem.clone().unwrap();
    assert_eq!(problem.code, StepProblemCode::SuspiciouslyEmpty);
    assert_eq!(shop.listed().await.total, 40);
    shop.simulator.clear_faults();
    let night = scheduled(&shop).await;
    assert_eq!(step(&night, StepKind::Products).expected, Some(40));
    assert!(!shop.ids().await.contains_key(&card.nm_id), "a full reading sees that it is gone");
    truth::compare(&shop).await;
    // It comes back; a person who asks gets a full reading.
    shop.simulator.forget_changes();
    shop.advance(TimeDelta::hours(2));
    shop.sync().await;
    assert!(shop.ids().await.contains_key(&card.nm_id), "it is listed again");
    truth::compare(&shop).await;
}

async fn a_base_token_waits_for_its_report(test: TestStore) {
    let reports_take = TimeDelta::seconds(40);
    let settings = Settings { reports_take, limits: Limiting::SimulatedTime, ..settings() };
    let shop = Shop::with(&test, settings, |s| s.keys().base).await;
    let run = shop.start().await;
    let outcome = syncs::run_now(&shop.services, run).await.unwrap();
    assert!(matches!(outcome, RunOutcome::Postponed(_)), "{outcome:?}");
    let begun = shop.run(run).await;
    let stock = step(&begun, StepKind::MarketplaceStock);
    assert_eq!(stock.state, StepState::Postponed);
    assert_eq!(stock.problem.as_ref().unwrap().code, StepProblemCode::Preparing);
    assert_eq!(step(&begun, StepKind::Orders).state, StepState::Done, "others go on");
    let run = finish(&shop, run).await;
    assert_eq!(run.status, SyncStatus::Completed, "{run:#?}");
    assert_eq!(step(&run, StepKind::MarketplaceStock).problem, None);
    assert_eq!(shop.simulator.calls(Operation::WbWarehouses).total(), 0);
    for operation in Operation::ALL {
        assert_eq!(shop.simulator.calls(operation).limited, 0, "{operation:?}");
    }
}

async fn a_base_token_reads_stock_as_a_report(test: TestStore) {
    let shop = Shop::with(&test, settings(), |s| s.keys().base).await;
    let (run, _) = shop.sync().await;
    assert_eq!(run.status, SyncStatus::Completed, "{run:#?}");
    truth::compare(&shop).await;
    let (run, _) = shop.sync().await;
    assert_eq!(step(&run, StepKind::MarketplaceStock).changed, 0);
    shop.advance(TimeDelta::days(2));
    shop.sync().await;
    truth::compare(&shop).await;
}

/// Of transit the report says no place, so that the sums alone are compared.
async fn a_report_names_its_warehouses(test: TestStore) {
    let settings = Settings { warehouses: WarehouseNames::Named, ..settings() };
    let shop = Shop::with(&test, settings, |s| s.keys().base).await;
    shop.sync().await;
    let page = shop.listed().await;
    let mut names = std::collections::HashSet::new();
    for product in &page.items {
        let nm_id = product.marketplace_article.parse().unwrap();
        let mut truth = [0; 3];
        for level in shop.simulator.world().levels_of(nm_id, noon()) {
            truth[0] += level.quantity;
            if !level.warehouse.seller {
                truth[1] += level.in_way_to_client;
                truth[2] += level.in_way_from_client;
            }
        }
        let told = [product.total_stock, product.in_way_to_client, product.in_way_from_client];
        assert_eq!(told, truth.map(Some), "{nm_id}");
        let id = product.id;
        let product = services::products::get(&shop.services, &shop.caller, id).await.unwrap();
        names.extend(product.unwrap().warehouse_data.into_iter().map(|w| w.warehouse_name));
    }
    assert!(names.len() > 4 && !names.contains("Всего находится на складах"), "{names:?}");
}

async fn a_report_that_never_comes_keeps_what_is_known(test: TestStore) {
    let shop = Shop::with(&test, settings(), |s| s.keys().base).await;
    shop.sync().await;
    truth::compare(&shop).await;
    let before = shop.listed().await.totals.total_stock;
    shop.simulator.disable(Operation::RemainsCreate, true);
    shop.advance(TimeDelta::hours(3));
    let (run, _) = shop.sync().await;
    let stock = step(&run, StepKind::MarketplaceStock);
    assert_eq!(stock.state, StepState::Failed);
    assert_eq!(stock.problem.as_ref().unwrap().code, StepProblemCode::Disabled);
    assert_eq!(run.status, SyncStatus::Partial);
    shop.simulator.clear_faults();
    // One that is canceled each time is given up.
    let gone = Fault::Answer {
        status: 200,
        content_type: "application/json".into(),
        headers: Vec::new(),
        body: r#"{"data":{"id":"x","status":"canceled"}}"#.into(),
    };
    for _ in 0..4 {
        shop.simulator.fail_next(Operation::RemainsStatus, gone.clone());
    }
    let run = shop.start().await;
    let run = finish(&shop, run).await;
    let stock = step(&run, StepKind::MarketplaceStock);
    assert_eq!(stock.state, StepState::Failed, "{stock:?}");
    assert_eq!(stock.problem.as_ref().unwrap().code, StepProblemCode::Unreachable);
    // The seller's own warehouses are read on, the marketplace's levels stay.
    assert!(before.is_some() && shop.listed().await.totals.total_stock.is_some());
    shop.simulator.clear_faults();
    shop.sync().await;
    truth::compare(&shop).await;
}

/// The last minute of a day.
fn evening(day: NaiveDate) -> DateTime<Utc> {
    day_starts_at(Marketplace::Wildberries, day + TimeDelta::days(1)) - TimeDelta::minutes(1)
}

async fn past_is_the_truth(shop: &Shop) {
    let (world, now) = (shop.simulator.world(), shop.simulator.now());
    let today = day_of(Marketplace::Wildberries, now);
    let mut known = 0;
    for (nm_id, id) in shop.ids().await {
        let history = services::products::history(&shop.services, &shop.caller, id, 90, None).await;
        for day in history.unwrap().unwrap().days {
            if day.day == today {
                continue;
            }
            let Some(closing) = day.stock else {
                let created = world.product(nm_id).unwrap().created_at;
                assert!(created > evening(day.day), "{nm_id} is not known on {}", day.day);
                continue;
            };
            known += 1;
            let levels = world.levels_of(nm_id, evening(day.day));
            let truth: i64 = levels.iter().map(|level| level.quantity).sum();
            assert_eq!(closing, truth, "{nm_id} {}", day.day);
        }
    }
    assert!(known > 40 * 60, "{known} days");
}

async fn a_new_shop_has_its_past(test: TestStore) {
    has_its_past(test, WarehouseNames::Hidden).await;
}

async fn a_new_shop_has_its_past_by_warehouse(test: TestStore) {
    has_its_past(test, WarehouseNames::Named).await;
}

async fn has_its_past(test: TestStore, warehouses: WarehouseNames) {
    let reports_take = TimeDelta::seconds(40);
    let settings = Settings { reports_take, warehouses, ..settings() };
    let shop = Shop::with(&test, settings, |s| s.keys().personal).await;
    let run = shop.start().await;
    let run = finish(&shop, run).await;
    assert_eq!(run.status, SyncStatus::Completed, "{run:#?}");
    past_is_the_truth(&shop).await;
    // Its velocity is of all days from the first day on.
    let page = shop.listed().await;
    let sold = page.items.iter().filter(|product| product.orders_28 > Some(0));
    for product in sold {
        let id = product.id;
        let product = services::products::get(&shop.services, &shop.caller, id).await.unwrap();
        let curve = product.unwrap().summary.stock_28;
        assert!(curve.iter().all(Option::is_some), "{id}: {curve:?}");
    }
    // Once is enough.
    let calls = shop.simulator.calls(Operation::NmReportCreate).total();
    shop.advance(TimeDelta::days(2));
    let (run, _) = shop.sync().await;
    assert_eq!(step(&run, StepKind::StockHistory).requests, 0);
    assert_eq!(shop.simulator.calls(Operation::NmReportCreate).total(), calls);
    truth::compare(&shop).await;
}

async fn a_worker_that_dies_in_the_past_is_followed_by_another(test: TestStore) {
    let shop = Shop::open(&test).await;
    let run = shop.start().await;
    // The answer breaks off; the report is there for the next try.
    shop.simulator.fail_next(Operation::NmReportFile, Fault::CutOff);
    // And of the question after it nobody knows: it is asked again under another number.
    shop.simulator.fail_next(
        Operation::NmReportList,
        Fault::Answer {
            status: 200,
            content_type: "application/json".into(),
            headers: Vec::new(),
            body: r#"{"data":[]}"#.into(),
        },
    );
    let run = finish(&shop, run).await;
    assert_eq!(run.status, SyncStatus::Completed, "{run:#?}");
    assert_eq!(shop.simulator.calls(Operation::NmReportCreate).total(), 2);
    past_is_the_truth(&shop).await;
}

async fn figures_are_the_marketplaces_own(test: TestStore) {
    let shop = Shop::open(&test).await;
    shop.sync().await;
    let world = shop.simulator.world();
    let today = day_of(Marketplace::Wildberries, noon());
    let number = |day: NaiveDate| (day - NaiveDate::default()).num_days();
    let days = (number(today) - 28, number(today) - 1);
    let mut infinite = 0;
    for (nm_id, id) in shop.ids().await {
        let truth = world.figures_of(nm_id, days, noon()).unwrap();
        let mut tx = shop.services.store.read(&shop.caller).await.unwrap();
        let figures = tx.figures(id).await.unwrap();
        let of = |name: &str| {
            let figure = figures.iter().find(|figure| figure.name == name).unwrap();
            assert_eq!(figure.as_of, noon());
            (figure.value, figure.word.as_deref())
        };
        assert_eq!(of("orders"), (Some(truth.orders), None));
        assert_eq!(of("stock"), (Some(truth.stock), None));
        assert_eq!(of("missing_time"), (Some(truth.missing), None));
        let rate = match truth.sale_rate() {
            -1 => (None, Some("infinite")),
            -2 => (Some(0), None),
            hours => (Some(hours), None),
        };
        infinite += usize::from(rate.0.is_none());
        assert_eq!(of("sale_rate"), rate);
        if truth.orders == 0 {
            assert_eq!(of("turnover"), (None, Some("not_computed")));
        }
    }
    assert!(infinite > 0, "some hardly sell");
    // They are computed every two hours: nobody asks sooner.
    let calls = || shop.simulator.calls(Operation::StockProducts).total();
    let before = calls();
    shop.advance(TimeDelta::hours(1));
    shop.sync().await;
    assert_eq!(calls(), before);
    shop.advance(TimeDelta::hours(1));
    shop.sync().await;
    assert_eq!(calls(), before + 1);
    // None at all, after some, is not believed.
    shop.simulator.answer_empty(Operation::StockProducts, true);
    shop.advance(TimeDelta::hours(3));
    let (run, _) = shop.sync().await;
    let problem = step(&run, StepKind::Figures).problem.clone().unwrap();
    assert_eq!(problem.code, StepProblemCode::SuspiciouslyEmpty);
}

async fn one_missing_permission_is_one_missing_capability(test: TestStore) {
    let shop = Shop::with(&test, settings(), |s| s.keys().without_statistics).await;
    let (run, _) = shop.sync().await;
    assert_eq!(run.status, SyncStatus::Partial);
    for step in &run.steps {
        let refused = matches!(step.kind, StepKind::Orders | StepKind::Sales);
        let expected = if refused { StepState::Failed } else { StepState::Done };
        assert_eq!(step.state, expected, "{:?}", step.kind);
    }
}

/// All compared figures of the shop.
async fn compared(shop: &Shop) -> Vec<FigureComparison> {
    let mut found = Vec::new();
    for id in shop.ids().await.into_values() {
        let compared = services::products::compare(&shop.services, &shop.caller, id).await;
        let compared = compared.unwrap().unwrap();
        assert_eq!(compared.figures.len(), 5, "{compared:?}");
        let told: Vec<&str> = compared.told.iter().map(|figure| figure.name.as_str()).collect();
        assert!(told.contains(&"missing_time") && !told.contains(&"turnover"), "{told:?}");
        found.extend(compared.figures);
    }
    found
}

async fn our_turnover_is_wildberries_or_says_why_not(test: TestStore) {
    let shop = Shop::open(&test).await;
    let run = shop.start().await;
    // The past comes as a report.
    finish(&shop, run).await;
    let mut agreed: HashMap<F, usize> = HashMap::new();
    for row in compared(&shop).await {
        match (row.figure, row.reason) {
            // Another measure, whatever it says.
            (F::OwnCover, _) => {}
            // Nobody ordered it: there is nothing to compute.
            (F::Turnover, Some(DifferenceReason::NotKnown | DifferenceReason::OtherState))
                if row.theirs_word.as_deref() == Some("not_computed") => {}
            // A card that is younger than the window.
            (F::Turnover, Some(DifferenceReason::NotKnown)) => {}
            _ => {
                assert_eq!(row.agrees, Some(true), "{row:?}");
                *agreed.entry(row.figure).or_default() += 1;
            }
        }
    }
    for figure in [F::Stock, F::OrdersADay, F::DaysOfCover, F::Turnover] {
        assert!(agreed[&figure] > 20, "{figure:?} {agreed:?}");
    }
    // Nobody read for three days: what midnight said of them only the marketplace knows.
    shop.advance(TimeDelta::days(3) + TimeDelta::hours(5));
    let run = shop.start().await;
    finish(&shop, run).await;
    let mut reasons: HashMap<(F, DifferenceReason), usize> = HashMap::new();
    for row in compared(&shop).await {
        if row.agrees == Some(false) {
            *reasons.entry((row.figure, row.reason.unwrap())).or_default() += 1;
        } else if row.figure == F::Stock || row.figure == F::OrdersADay {
            assert_eq!(row.agrees, Some(true), "{row:?}");
        }
    }
    assert!(reasons.contains_key(&(F::Turnover, DifferenceReason::OtherReadings)), "{reasons:?}");
    let unexplained = |reason: &DifferenceReason| *reason == DifferenceReason::Unexplained;
    assert!(!reasons.keys().any(|(_, reason)| unexplained(reason)), "{reasons:?}");
}

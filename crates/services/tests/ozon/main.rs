//! Whole syncs against the simulated Ozon over real HTTP, on both engines.
#![allow(clippy::unwrap_used, reason = "tests")]

#[path = "../shop/mod.rs"]
mod shop;
mod truth;

use chrono::TimeDelta;
use domain::{
    Marketplace,
    account::{KeyScope, KeyStatus},
    comparison::{ComparedFigure as F, DifferenceReason, ProductComparison},
    sync::{StepKind, StepProblemCode, StepState, SyncStatus},
};
use services::{
    store::{on_both_engines, testing::TestStore},
    syncs::RunOutcome,
    testing::noon,
};
use shop::{Shop, states, step};
use simulator::{
    Analytics, Fault, Limiting, Operation, Ozon, Recipe, Settings, Step, Trouble, Where,
};
use std::collections::HashMap;

on_both_engines!(
    a_whole_sync_is_the_truth,
    a_second_sync_changes_nothing_and_a_later_one_what_changed,
    a_key_tells_what_it_may,
    a_refused_key_stops_everything_and_keeps_the_data,
    a_missing_role_fails_its_steps_alone,
    a_key_without_analytics_still_has_everything_else,
    an_empty_answer_is_not_believed_at_once,
    a_cursor_that_stands_still_keeps_the_data,
    a_cut_connection_is_tried_again,
    a_row_that_cant_be_read_costs_itself,
    a_young_method_that_is_missing_has_a_substitute,
    words_and_fields_that_nobody_knows_break_nothing,
    the_limit_of_turnover_keeps_nobody_waiting,
    limits_are_kept_by_ourselves,
    the_past_is_read_once_and_what_is_open_again,
    what_an_answer_left_out_is_found_the_next_day,
    a_word_that_is_new_is_counted_as_nothing,
    a_warehouse_without_a_name_gets_it_later,
    our_figures_are_ozons,
    figures_of_another_moment_say_so,
);

const STEPS: [StepKind; 8] = [
    StepKind::Products,
    StepKind::MarketplaceStock,
    StepKind::SellerStock,
    StepKind::Orders,
    StepKind::Returns,
    StepKind::Prices,
    StepKind::Figures,
    StepKind::Measures,
];

fn settings() -> Settings {
    Settings { skus: 25, ..shop::settings() }
}

fn trouble(method: Ozon, trouble: Trouble) -> Recipe {
    let step = Step {
        operations: vec![Operation::Ozon(method)],
        from: 0,
        until: None,
        share: 1.0,
        run: 1,
        trouble,
    };
    Recipe { steps: vec![step], ..Recipe::default() }
}

async fn a_whole_sync_is_the_truth(test: TestStore) {
    let shop = Shop::on_ozon(&test).await;
    let (run, outcome) = shop.sync().await;
    assert_eq!(outcome, RunOutcome::Over);
    assert_eq!(
        (run.status, states(&run)),
        (SyncStatus::Completed, vec![StepState::Done; 8]),
        "{run:#?}"
    );
    let kinds: Vec<StepKind> = run.steps.iter().map(|step| step.kind).collect();
    assert_eq!(kinds, STEPS);
    for kind in STEPS {
        assert!(step(&run, kind).rows > 0, "{kind:?}");
        assert_eq!(step(&run, kind).requests > 0, kind != StepKind::Measures, "{kind:?}");
    }
    let requests: i64 = run.steps.iter().map(|step| step.requests).sum();
    println!("{requests} requests");
    truth::compare(&shop).await;
    let back: i64 = shop
        .simulator
        .ozon()
        .returns(noon() - TimeDelta::days(200), noon(), noon())
        .iter()
        .filter(|one| one.kind == "ClientReturn")
        .filter(|one| one.back_at.unwrap_or(one.set_out_at) >= noon() - TimeDelta::days(90))
        .filter(|one| shop.simulator.ozon().products(noon()).any(|p| p.sku == one.sku))
        .map(|one| one.quantity)
        .sum();
    assert!(back > 0);
    assert_eq!(returned(&shop).await, back);
    let account = shop.account().await;
    assert!(
        account.freshness.iter().all(|f| f.as_of == Some(noon()) && f.problem.is_none()),
        "{:?}",
        account.freshness
    );
}

/// Pieces that were sold and came back, of the whole shop.
async fn returned(shop: &Shop) -> i64 {
    let mut sum = 0;
    let ids = shop.ids().await;
    let mut tx = shop.services.store.read(&shop.caller).await.unwrap();
    for id in ids.values() {
        sum += tx.day_sales(*id, 0).await.unwrap().iter().map(|day| day.returned).sum::<i64>();
    }
    tx.commit().await.unwrap();
    sum
}

async fn a_second_sync_changes_nothing_and_a_later_one_what_changed(test: TestStore) {
    let shop = Shop::on_ozon(&test).await;
    shop.sync().await;
    let (second, _) = shop.sync().await;
    assert_eq!(second.status, SyncStatus::Completed);
    assert!(second.steps.iter().all(|step| step.changed == 0), "{second:#?}");

    // Postings are split, cancelled and delivered meanwhile.
    for _ in 0..4 {
        shop.advance(TimeDelta::hours(17));
        let (later, _) = shop.sync().await;
        assert_eq!(later.status, SyncStatus::Completed, "{later:#?}");
        assert!(step(&later, StepKind::Orders).changed > 0);
        assert!(step(&later, StepKind::MarketplaceStock).changed > 0);
    }
    truth::compare(&shop).await;

    let gone = shop.simulator.ozon().products(shop.simulator.now()).next().unwrap();
    shop.simulator.archive(gone.sku).unwrap();
    shop.advance(TimeDelta::minutes(1));
    let (archived, _) = shop.sync().await;
    assert!(step(&archived, StepKind::Products).changed > 0);
    assert!(!shop.ids().await.contains_key(&gone.product_id));
    truth::compare(&shop).await;

    // What is sold out at every place is 0.
    let now = shop.simulator.now();
    let full = shop.simulator.ozon().levels(now).find(|level| level.free() > 0).unwrap();
    shop.simulator.set_ozon_level(full.sku, Where::Warehouse(full.warehouse.id), 0).unwrap();
    shop.sync().await;
    truth::compare(&shop).await;
}

async fn a_key_tells_what_it_may(test: TestStore) {
    let shop = Shop::on_ozon(&test).await;
    let key = shop.account().await.key.unwrap();
    assert_eq!(key.status, KeyStatus::Valid, "{key:?}");
    assert!(key.expires_at.is_some_and(|end| end > noon()));
    assert!(key.scopes.len() == KeyScope::ALL.len() && key.scopes.iter().all(|s| s.granted));
    assert_eq!(key.read_only, Some(true));
    assert!(key.seller_name.is_some());

    let keys = shop.simulator.ozon_keys();
    shop.set_key(&keys.without_postings).await;
    let key = shop.account().await.key.unwrap();
    let missing: Vec<_> = key.scopes.iter().filter(|s| !s.granted).map(|s| s.scope).collect();
    assert_eq!((key.status, missing), (KeyStatus::Valid, vec![KeyScope::Statistics]));
    assert!(key.message.contains("Admin read only"), "{}", key.message);
    for refused in [keys.expired, keys.deactivated, keys.restricted, keys.unsigned] {
        shop.set_key(&refused).await;
        let key = shop.account().await.key.unwrap();
        assert_eq!(key.status, KeyStatus::Invalid, "{key:?}");
        assert!(!key.message.contains(&refused), "a key is never repeated");
    }
}

async fn a_refused_key_stops_everything_and_keeps_the_data(test: TestStore) {
    let shop = Shop::on_ozon(&test).await;
    shop.sync().await;
    let before = shop.requests();
    shop.simulator.withdraw_ozon(&shop.simulator.ozon_keys().admin);
    let (run, outcome) = shop.sync().await;
    assert_eq!(outcome, RunOutcome::Over);
    assert_eq!((run.status, states(&run)), (SyncStatus::Failed, vec![StepState::Failed; 8]));
    for step in &run.steps {
        assert_eq!(step.problem.as_ref().unwrap().code, StepProblemCode::KeyRefused);
    }
    assert_eq!(shop.requests(), before + 1, "nothing more was asked");
    truth::compare(&shop).await;
    assert_eq!(shop.account().await.key.unwrap().status, KeyStatus::Invalid);
    shop.simulator.clear_faults();
    shop.set_key(&shop.simulator.ozon_keys().admin).await;
    assert_eq!(shop.sync().await.0.status, SyncStatus::Completed);
}

async fn a_missing_role_fails_its_steps_alone(test: TestStore) {
    let shop = Shop::on_ozon_with(&test, settings(), |s| s.ozon_keys().without_postings).await;
    let (run, _) = shop.sync().await;
    assert_eq!(run.status, SyncStatus::Partial);
    for kind in [StepKind::Orders, StepKind::Returns] {
        let failed = step(&run, kind);
        assert_eq!(failed.state, StepState::Failed, "{kind:?}");
        assert_eq!(failed.problem.as_ref().unwrap().code, StepProblemCode::NotPermitted);
    }
    assert_eq!(step(&run, StepKind::Measures).state, StepState::Done);
    let page = shop.listed().await;
    assert!(page.totals.total_stock.is_some());
    assert!(page.items.iter().all(|product| product.orders_28.is_none()), "unknown is not zero");
}

async fn a_key_without_analytics_still_has_everything_else(test: TestStore) {
    let shop = Shop::on_ozon_with(&test, settings(), |s| s.ozon_keys().without_analytics).await;
    let (run, _) = shop.sync().await;
    assert_eq!(run.status, SyncStatus::Partial);
    assert_eq!(step(&run, StepKind::Figures).state, StepState::Failed);
    truth::compare(&shop).await;
}

async fn an_empty_answer_is_not_believed_at_once(test: TestStore) {
    let shop = Shop::on_ozon(&test).await;
    shop.sync().await;
    let before = shop.listed().await;
    let empty = [Ozon::ProductList, Ozon::FboStocks];
    for method in empty {
        shop.simulator.answer_empty(Operation::Ozon(method), true);
    }
    shop.advance(TimeDelta::minutes(5));
    let (run, _) = shop.sync().await;
    assert_eq!(run.status, SyncStatus::Partial);
    for kind in [StepKind::Products, StepKind::MarketplaceStock] {
        let problem = step(&run, kind).problem.as_ref().unwrap();
        assert_eq!(problem.code, StepProblemCode::SuspiciouslyEmpty, "{kind:?}");
    }
    let after = shop.listed().await;
    assert_eq!((after.total, after.items[0].id), (before.total, before.items[0].id));
    for method in empty {
        shop.simulator.answer_empty(Operation::Ozon(method), false);
    }
    shop.sync().await;
    truth::compare(&shop).await;

    // A list that ends before the number that it names archives nothing.
    shop.simulator.follow(trouble(Ozon::ProductList, Trouble::Partial));
    let (run, _) = shop.sync().await;
    let problem = step(&run, StepKind::Products).problem.as_ref().unwrap();
    assert_eq!(problem.code, StepProblemCode::SuspiciouslyEmpty);
    truth::compare(&shop).await;
}

async fn a_cursor_that_stands_still_keeps_the_data(test: TestStore) {
    let shop = Shop::on_ozon(&test).await;
    let method = Ozon::FboPostings;
    for wrong in [Trouble::StuckCursor, Trouble::LostCursor] {
        shop.simulator.follow(trouble(method, wrong));
        let (run, _) = shop.sync().await;
        let orders = step(&run, StepKind::Orders);
        assert_eq!(orders.state, StepState::Failed, "{method:?} {wrong:?} {run:#?}");
        let problem = orders.problem.as_ref().unwrap();
        assert_eq!(problem.code, StepProblemCode::UnexpectedShape);
        assert!(problem.detail.contains("cursor"), "{}", problem.detail);
        let page = shop.listed().await;
        assert!(page.items.iter().all(|p| p.orders_28.is_none()), "half a past is no past");
    }
    shop.simulator.clear_faults();
    shop.sync().await;
    truth::compare(&shop).await;
}

async fn a_cut_connection_is_tried_again(test: TestStore) {
    let shop = Shop::on_ozon(&test).await;
    for method in [Ozon::ProductInfo, Ozon::FboStocks, Ozon::FbsPostings, Ozon::AnalyticsStocks] {
        shop.simulator.fail_next(Operation::Ozon(method), Fault::CutOff);
    }
    let limited = Fault::Answer {
        status: 429,
        content_type: "application/json".to_owned(),
        headers: vec![("retry-after".to_owned(), "40".to_owned())],
        body:
            r#"{"code":8,"message":"You have reached request rate limit per second","details":[]}"#
                .into(),
    };
    shop.simulator.fail_next(Operation::Ozon(Ozon::Prices), limited);
    let (mut run, mut outcome) = shop.sync().await;
    let mut rounds = 0;
    while let RunOutcome::Postponed(moment) = outcome {
        rounds += 1;
        assert!(rounds < 10);
        let now = shop.simulator.now();
        shop.advance((moment - now).max(TimeDelta::zero()));
        outcome = services::syncs::run_now(&shop.services, run.id).await.unwrap();
        run = services::syncs::get(&shop.services, &shop.caller, run.id).await.unwrap().unwrap();
    }
    assert!(rounds > 0);
    assert_eq!(run.status, SyncStatus::Completed, "{run:#?}");
    let prices = step(&run, StepKind::Prices);
    assert!(prices.waited_ms >= 40_000 && prices.requests > 1, "the named wait was kept");
    shop.sync().await;
    truth::compare(&shop).await;
}

async fn a_row_that_cant_be_read_costs_itself(test: TestStore) {
    let shop = Shop::on_ozon(&test).await;
    shop.sync().await;
    let before = shop.ids().await;
    let methods = [
        (Ozon::ProductList, StepKind::Products),
        (Ozon::FboStocks, StepKind::MarketplaceStock),
        (Ozon::FboPostings, StepKind::Orders),
    ];
    for (method, kind) in methods {
        let mut quarantined = 0;
        for seed in 0..8 {
            shop.simulator.follow(Recipe { seed, ..trouble(method, Trouble::MalformedRow) });
            let (run, _) = shop.sync().await;
            let told = step(&run, kind);
            // A field that nobody reads may have any shape.
            if told.quarantined > 0 {
                assert_eq!(told.problem.as_ref().unwrap().code, StepProblemCode::UnexpectedShape);
            }
            quarantined += told.quarantined;
            assert_eq!(shop.ids().await, before, "{kind:?}: nothing is gone");
            truth::compare(&shop).await;
        }
        assert!(quarantined > 0, "{kind:?}");
        shop.simulator.clear_faults();
    }
}

async fn a_young_method_that_is_missing_has_a_substitute(test: TestStore) {
    let shop = Shop::on_ozon(&test).await;
    shop.simulator.disable(Operation::Ozon(Ozon::FboStocks), true);
    let (run, _) = shop.sync().await;
    assert_eq!(run.status, SyncStatus::Completed, "{run:#?}");
    truth::compare(&shop).await;
}

async fn words_and_fields_that_nobody_knows_break_nothing(test: TestStore) {
    let shop = Shop::on_ozon(&test).await;
    for strange in [Trouble::NewFields, Trouble::Shuffled, Trouble::Repeated] {
        let step = Step {
            operations: Vec::new(),
            from: 0,
            until: None,
            share: 1.0,
            run: 1,
            trouble: strange,
        };
        shop.simulator.follow(Recipe { steps: vec![step], ..Recipe::default() });
        let (run, _) = shop.sync().await;
        assert_eq!(run.status, SyncStatus::Completed, "{strange:?} {run:#?}");
        shop.simulator.clear_faults();
        shop.sync().await;
        truth::compare(&shop).await;
    }
}

async fn the_limit_of_turnover_keeps_nobody_waiting(test: TestStore) {
    let shop = Shop::on_ozon(&test).await;
    let limited = Fault::Answer {
        status: 429,
        content_type: "application/json".to_owned(),
        headers: Vec::new(),
        body: r#"{"code":8,"message":"limit","details":[]}"#.to_owned(),
    };
    shop.simulator.fail_next(Operation::Ozon(Ozon::Turnover), limited);
    let (run, outcome) = shop.sync().await;
    assert_eq!((run.status, outcome), (SyncStatus::Completed, RunOutcome::Over), "{run:#?}");
    let ids = shop.ids().await;
    let figures = async |name: &str| {
        let mut tx = shop.services.store.read(&shop.caller).await.unwrap();
        let mut found = 0;
        for id in ids.values() {
            let all = tx.figures(*id).await.unwrap();
            found += all.iter().filter(|figure| figure.name == name).count();
        }
        tx.commit().await.unwrap();
        found
    };
    assert!(figures("idc").await > ids.len() / 2, "of what lies at Ozon's warehouses");
    assert_eq!(figures("ads_60").await, 0);
    shop.advance(TimeDelta::minutes(2));
    shop.sync().await;
    assert!(figures("ads_60").await > 0);
    let asked = shop.calls(Ozon::Turnover);
    shop.advance(TimeDelta::hours(1));
    shop.sync().await;
    assert_eq!(shop.calls(Ozon::Turnover), asked, "it is computed once a day");
}

async fn limits_are_kept_by_ourselves(test: TestStore) {
    let settings = Settings { limits: Limiting::SimulatedTime, skus: 12, ..settings() };
    let shop = Shop::on_ozon_with(&test, settings, |s| s.ozon_keys().admin).await;
    let (run, outcome) = shop.sync().await;
    assert_eq!((run.status, outcome), (SyncStatus::Completed, RunOutcome::Over), "{run:#?}");
    for method in Ozon::ALL {
        assert_eq!(shop.simulator.calls(Operation::Ozon(method)).limited, 0, "{method:?}");
    }
}

async fn the_past_is_read_once_and_what_is_open_again(test: TestStore) {
    let shop = Shop::on_ozon(&test).await;
    let (first, _) = shop.sync().await;
    let all = step(&first, StepKind::Orders).rows;
    shop.advance(TimeDelta::minutes(30));
    let (second, _) = shop.sync().await;
    let again = step(&second, StepKind::Orders).rows;
    assert!(again < all / 4, "{again} of {all} postings were read again");
    // Once a day all that is open is looked at, however old.
    shop.advance(TimeDelta::days(9));
    let (third, _) = shop.sync().await;
    assert!(step(&third, StepKind::Orders).rows > again);
    truth::compare(&shop).await;
}

async fn what_an_answer_left_out_is_found_the_next_day(test: TestStore) {
    let shop = Shop::on_ozon(&test).await;
    let lists = [Ozon::FboPostings, Ozon::FbsPostings, Ozon::Returns];
    let left_out = |trouble| Recipe {
        seed: 3,
        steps: lists.map(|list| self::trouble(list, trouble).steps.remove(0)).into(),
    };
    // Of the whole past at first, of the changes of two days later.
    for wrong in [Trouble::Partial, Trouble::Empty] {
        for _ in 0..2 {
            shop.simulator.follow(left_out(wrong));
            shop.advance(TimeDelta::hours(9));
            let (run, _) = shop.sync().await;
            assert_eq!(run.status, SyncStatus::Completed, "nothing says so: {run:#?}");
        }
        shop.simulator.clear_faults();
        shop.advance(TimeDelta::hours(21));
        shop.sync().await;
        truth::compare(&shop).await;
    }
    // Two readings that say the same, and the past is not read again.
    shop.advance(TimeDelta::hours(21));
    shop.sync().await;
    shop.advance(TimeDelta::hours(21));
    let (run, _) = shop.sync().await;
    let week = step(&run, StepKind::Orders).rows;
    let all = shop.simulator.ozon().postings(
        shop.simulator.now() - TimeDelta::days(90),
        shop.simulator.now(),
        shop.simulator.now(),
    );
    assert!(usize::try_from(week).unwrap() < all.len() / 2, "{week} of {}", all.len());
}

async fn a_word_that_is_new_is_counted_as_nothing(test: TestStore) {
    let shop = Shop::on_ozon(&test).await;
    for method in [Ozon::Returns, Ozon::FbsPostings] {
        shop.simulator.follow(trouble(method, Trouble::NewWords));
        let (run, _) = shop.sync().await;
        assert_eq!(run.status, SyncStatus::Completed, "{run:#?}");
    }
    assert_eq!(step(&shop.sync().await.0, StepKind::Returns).quarantined, 0);
    shop.simulator.clear_faults();
    shop.advance(TimeDelta::hours(21));
    shop.sync().await;
    truth::compare(&shop).await;
}

async fn a_warehouse_without_a_name_gets_it_later(test: TestStore) {
    let shop = Shop::on_ozon(&test).await;
    for method in [Ozon::Clusters, Ozon::OzonWarehouses] {
        shop.simulator.answer_empty(Operation::Ozon(method), true);
    }
    let (run, _) = shop.sync().await;
    assert_eq!(run.status, SyncStatus::Completed, "{run:#?}");
    let mut by_number = 0;
    for id in shop.ids().await.into_values() {
        let found = services::products::get(&shop.services, &shop.caller, id).await.unwrap();
        let places = found.unwrap().warehouse_data;
        by_number += places.iter().filter(|w| w.warehouse_name.parse::<i64>().is_ok()).count();
    }
    assert!(by_number > 0);
    shop.simulator.clear_faults();
    shop.sync().await;
    truth::compare(&shop).await;
}

async fn comparisons(shop: &Shop) -> Vec<ProductComparison> {
    let mut found = Vec::new();
    for id in shop.ids().await.into_values() {
        let compared = services::products::compare(&shop.services, &shop.caller, id).await;
        found.push(compared.unwrap().unwrap());
    }
    found
}

async fn our_figures_are_ozons(test: TestStore) {
    let settings = Settings { skus: 60, ..settings() };
    let shop = Shop::on_ozon_with(&test, settings, |simulator| simulator.ozon_keys().admin).await;
    shop.sync().await;
    for _ in 0..3 {
        let (mut graded, mut compared) = (HashMap::new(), 0);
        for comparison in comparisons(&shop).await {
            assert_eq!(comparison.marketplace, Marketplace::Ozon);
            for row in &comparison.figures {
                match row.figure {
                    // Within a tenth of a day, by the tolerance of the comparison.
                    F::Available | F::Ads | F::DaysOfCover => {
                        assert_eq!(row.agrees, Some(true), "{row:?}");
                        compared += 1;
                    }
                    F::Grade if row.reason == Some(DifferenceReason::OtherState) => {}
                    F::Grade => {
                        assert_eq!(row.agrees, Some(true), "{row:?}");
                        *graded.entry(row.ours_word.clone().unwrap()).or_insert(0) += 1;
                    }
                    F::Stock | F::OrdersADay | F::Turnover => panic!("Ozon's are others: {row:?}"),
                    F::OwnCover => assert!(matches!(
                        row.reason,
                        None | Some(DifferenceReason::OtherMeasure | DifferenceReason::NotKnown)
                    )),
                }
            }
        }
        assert!(compared > 100 && graded.len() >= 3, "{compared} {graded:?}");
        shop.advance(TimeDelta::days(5) + TimeDelta::hours(7));
        shop.sync().await;
    }
    let stranger = services::testing::owner(&shop.services, "boris@example.com").await;
    let (_, id) = shop.ids().await.into_iter().next().unwrap();
    let other = services::products::compare(&shop.services, &stranger, id).await.unwrap();
    assert!(other.is_none());
}

async fn figures_of_another_moment_say_so(test: TestStore) {
    let settings = Settings { skus: 60, analytics: Analytics::TwiceADay, ..settings() };
    let shop = Shop::on_ozon_with(&test, settings, |simulator| simulator.ozon_keys().admin).await;
    // Before the second of a day's computations, so that much was sold meanwhile.
    shop.advance(TimeDelta::hours(6));
    shop.sync().await;
    let mut reasons = HashMap::new();
    for comparison in comparisons(&shop).await {
        for row in comparison.figures.iter().filter(|row| row.agrees == Some(false)) {
            *reasons.entry((row.figure, row.reason.unwrap())).or_insert(0) += 1;
        }
    }
    assert!(reasons.contains_key(&(F::Available, DifferenceReason::OtherMoment)), "{reasons:?}");
    assert!(reasons.contains_key(&(F::DaysOfCover, DifferenceReason::FromStock)), "{reasons:?}");
    assert!(!reasons.contains_key(&(F::Available, DifferenceReason::Unexplained)), "{reasons:?}");
}

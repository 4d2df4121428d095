//! Runs, their leases, and the queue: every function on both engines.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]

mod shop;

use chrono::TimeDelta;
use domain::{
    SyncRunId,
    sync::{StepKind, StepProblem, StepProblemCode, StepState, SyncStatus},
};
use shop::{Shop, card, id, noon, shop};
use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};
use store::{
    Actor, Bucket, Claim, Lease, Reason, Turn, WorkerSettings, on_both_engines, testing::TestStore,
};

on_both_engines!(
    one_run_at_a_time,
    a_run_is_taken_under_a_lease,
    who_lost_the_lease_writes_nothing,
    what_is_removed_waits_for_its_worker,
    a_cancelled_run_is_over_for_its_worker_too,
    steps_are_kept_and_the_log_is_in_order,
    forgotten_runs_are_found,
    a_job_wakes_a_worker_soon_after_its_commit,
    a_dead_workers_job_is_taken_over,
    what_a_person_waits_for_comes_first,
    a_bucket_gives_its_burst_and_then_one_an_interval,
    what_a_marketplace_said_is_kept_and_never_moved_back,
    workers_together_take_no_more_than_the_bucket_has,
    a_request_counts_in_all_of_its_buckets_or_in_none,
);

async fn create(shop: &Shop) -> SyncRunId {
    let run = id();
    let mut tx = shop.store.write(&shop.caller).await.unwrap();
    let created = tx.create_run(run, shop.account, noon(), shop.caller.user_id()).await.unwrap();
    assert_eq!(created, Ok(()));
    tx.commit().await.unwrap();
    run
}

async fn claim(shop: &Shop, run: SyncRunId, after: TimeDelta) -> Claim {
    let now = noon() + after;
    let mut tx = shop.store.write(&shop.caller).await.unwrap();
    let claim = tx.claim_run(run, now, now + TimeDelta::seconds(60)).await.unwrap();
    tx.commit().await.unwrap();
    claim
}

async fn lease(shop: &Shop, run: SyncRunId, after: TimeDelta) -> Lease {
    match claim(shop, run, after).await {
        Claim::Taken { lease, .. } => lease,
        other => panic!("{other:?}"),
    }
}

async fn one_run_at_a_time(test: TestStore) {
    let (mine, theirs) = (shop(&test.store).await, shop(&test.store).await);
    let run = create(&mine).await;
    let mut tx = test.store.write(&mine.caller).await.unwrap();
    let second = tx.create_run(id(), mine.account, noon(), None).await.unwrap();
    assert_eq!(second, Err((run, SyncStatus::Pending)));
    tx.commit().await.unwrap();
    create(&theirs).await;
    let mut tx = test.store.read(&theirs.caller).await.unwrap();
    assert!(tx.run(run).await.unwrap().is_none());
    assert_eq!(tx.runs(10).await.unwrap().len(), 1);
    drop(tx);

    let held = lease(&mine, run, TimeDelta::zero()).await;
    let mut tx = test.store.write(&mine.caller).await.unwrap();
    let second = tx.create_run(id(), mine.account, noon(), None).await.unwrap();
    assert_eq!(second, Err((run, SyncStatus::Running)));
    assert!(tx.finish_run(&held, SyncStatus::Completed, noon()).await.unwrap());
    let third = tx.create_run(id(), mine.account, noon(), None).await.unwrap();
    assert_eq!(third, Ok(()));
    tx.commit().await.unwrap();
}

async fn a_run_is_taken_under_a_lease(test: TestStore) {
    let shop = shop(&test.store).await;
    let run = create(&shop).await;
    let caller = test.store.caller_for_run(run).await.unwrap().unwrap();
    assert_eq!(caller.tenant_id(), shop.caller.tenant_id());
    assert_eq!(caller.actor(), &Actor::Job { run });
    assert!(test.store.caller_for_run(id()).await.unwrap().is_none());

    let first = lease(&shop, run, TimeDelta::zero()).await;
    assert_eq!(first.run(), run);
    let until = noon() + TimeDelta::seconds(60);
    assert_eq!(first.until(), until);
    assert_eq!(claim(&shop, run, TimeDelta::seconds(59)).await, Claim::Leased(until));
    let second = lease(&shop, run, TimeDelta::seconds(60)).await;
    let mut tx = test.store.write(&shop.caller).await.unwrap();
    let later = noon() + TimeDelta::hours(3);
    assert!(!tx.postpone_run(&first, later, true).await.unwrap());
    assert!(tx.postpone_run(&second, later, true).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(claim(&shop, run, TimeDelta::hours(2)).await, Claim::NotBefore(later));
    match claim(&shop, run, TimeDelta::hours(3)).await {
        Claim::Taken { lease, attempts, account, lost } => {
            assert_eq!((attempts, account), (1, shop.account));
            assert_eq!(lost, 1, "the first worker's lease had ended without a word");
            let mut tx = test.store.write(&shop.caller).await.unwrap();
            assert!(tx.finish_run(&lease, SyncStatus::Partial, later).await.unwrap());
            assert!(!tx.finish_run(&lease, SyncStatus::Failed, later).await.unwrap());
            tx.commit().await.unwrap();
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(claim(&shop, run, TimeDelta::hours(9)).await, Claim::Over);
    assert_eq!(claim(&shop, id(), TimeDelta::zero()).await, Claim::Over);
}

async fn who_lost_the_lease_writes_nothing(test: TestStore) {
    let shop = shop(&test.store).await;
    let run = create(&shop).await;
    let first = lease(&shop, run, TimeDelta::zero()).await;
    let mut tx = test.store.write(&shop.caller).await.unwrap();
    let moved = tx.renew_lease(&first, noon() + TimeDelta::seconds(90)).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    let mut tx = test.store.write(&shop.caller).await.unwrap();
    assert!(tx.renew_lease(&first, noon() + TimeDelta::hours(1)).await.unwrap().is_none());
    drop(tx);
    let second = lease(&shop, run, TimeDelta::seconds(90)).await;
    let mut tx = test.store.write(&shop.caller).await.unwrap();
    assert!(tx.renew_lease(&moved, noon() + TimeDelta::hours(1)).await.unwrap().is_none());
    assert!(!tx.finish_run(&moved, SyncStatus::Failed, noon()).await.unwrap());
    assert!(tx.renew_lease(&second, noon() + TimeDelta::hours(1)).await.unwrap().is_some());
}

/// On PostgreSQL the two once waited for each other, until the database ended one of them.
async fn what_is_removed_waits_for_its_worker(test: TestStore) {
    for whole_company in [false, true] {
        let shop = shop(&test.store).await;
        shop.put(&[card(1, "Чашка", &[11])]).await;
        let run = create(&shop).await;
        let held = lease(&shop, run, TimeDelta::zero()).await;
        let mut worker = test.store.write(&shop.caller).await.unwrap();
        let until = noon() + TimeDelta::seconds(90);
        assert!(worker.renew_lease(&held, until).await.unwrap().is_some());
        let cards = [card(1, "Кружка", &[11])];
        worker.upsert_products(shop.account, &cards, noon()).await.unwrap();

        let removal = async {
            let removed = if whole_company {
                let tenant = shop.caller.tenant_id();
                let mut tx = test.store.system_write(Reason::Operator).await.unwrap();
                let removed = tx.remove_tenant(tenant).await.unwrap();
                tx.commit().await.unwrap();
                removed
            } else {
                let mut tx = test.store.write(&shop.caller).await.unwrap();
                let removed = tx.remove_account(shop.account).await.unwrap();
                tx.commit().await.unwrap();
                removed
            };
            assert!(removed);
        };
        tokio::pin!(removal);
        let waited = tokio::time::timeout(Duration::from_millis(300), &mut removal).await;
        assert!(waited.is_err(), "it was removed from under its worker");
        let cards = [card(2, "Блюдце", &[21])];
        let put = worker.upsert_products(shop.account, &cards, noon());
        tokio::select! {
            written = put => drop(written.unwrap()),
            () = &mut removal => panic!("it was removed from under its worker"),
        }
        worker.commit().await.unwrap();
        removal.await;
        let mut tx = test.store.read(&shop.caller).await.unwrap();
        assert!(tx.run(run).await.unwrap().is_none());
    }
}

async fn a_cancelled_run_is_over_for_its_worker_too(test: TestStore) {
    let shop = shop(&test.store).await;
    let run = create(&shop).await;
    let lease = lease(&shop, run, TimeDelta::zero()).await;
    let mut tx = test.store.write(&shop.caller).await.unwrap();
    let under_way = tx.runs_since(noon()).await.unwrap();
    assert_eq!(under_way.iter().map(|run| run.id).collect::<Vec<_>>(), [run]);
    let mut step = tx.step_progress(run).await.unwrap().remove(0);
    step.state = StepState::Done;
    tx.save_step(run, &step).await.unwrap();
    let problem =
        StepProblem { code: StepProblemCode::Cancelled, detail: "Somebody ended it.".into() };
    let later = noon() + TimeDelta::seconds(5);
    assert!(tx.cancel_run(run, &problem, later).await.unwrap());
    assert!(!tx.cancel_run(run, &problem, later).await.unwrap(), "once");
    assert!(!tx.cancel_run(id(), &problem, later).await.unwrap());
    tx.commit().await.unwrap();

    let mut tx = test.store.write(&shop.caller).await.unwrap();
    assert!(tx.renew_lease(&lease, noon() + TimeDelta::hours(1)).await.unwrap().is_none());
    assert!(!tx.finish_run(&lease, SyncStatus::Completed, later).await.unwrap());
    let ended = tx.run(run).await.unwrap().unwrap();
    assert_eq!((ended.status, ended.finished_at), (SyncStatus::Cancelled, Some(later)));
    assert_eq!(ended.steps[0].state, StepState::Done, "what was done stays done");
    assert!(ended.steps[1..].iter().all(|step| step.problem.as_ref() == Some(&problem)));
    assert_eq!(tx.runs_since(later).await.unwrap(), [ended]);
    assert!(tx.runs_since(later + TimeDelta::seconds(1)).await.unwrap().is_empty());
    drop(tx);
    assert_eq!(claim(&shop, run, TimeDelta::hours(9)).await, Claim::Over);
    create(&shop).await;
}

async fn steps_are_kept_and_the_log_is_in_order(test: TestStore) {
    let shop = shop(&test.store).await;
    let run = create(&shop).await;
    let held = lease(&shop, run, TimeDelta::zero()).await;
    let mut tx = test.store.write(&shop.caller).await.unwrap();
    let mut steps = tx.step_progress(run).await.unwrap();
    assert_eq!(
        steps.iter().map(|step| step.kind).collect::<Vec<_>>(),
        StepKind::of(domain::Marketplace::Wildberries)
    );
    assert!(steps.iter().all(|step| step.state == StepState::Waiting && step.cursor.is_none()));
    let step = &mut steps[3];
    step.state = StepState::Postponed;
    (step.rows, step.changed, step.expected, step.requests, step.waited_ms) = (7, 6, Some(5), 4, 3);
    step.started_at = Some(noon());
    step.next_try_at = Some(noon() + TimeDelta::hours(3));
    step.cursor = Some(serde_json::json!({ "at": { "since": "x" } }));
    step.problem =
        Some(StepProblem { code: StepProblemCode::RateLimited, detail: "ждём".into() });
    tx.save_step(run, step).await.unwrap();
    assert_eq!(tx.step_progress(run).await.unwrap(), steps);
    let seen = tx.run(run).await.unwrap().unwrap();
    assert_eq!((seen.status, seen.account_id), (SyncStatus::Running, shop.account));
    assert_eq!(seen.steps[3].problem, steps[3].problem);
    assert_eq!(seen.steps[3].next_try_at, steps[3].next_try_at);
    assert!(tx.finish_run(&held, SyncStatus::Completed, noon()).await.unwrap());
    let second = id();
    let later = noon() + TimeDelta::minutes(1);
    assert_eq!(tx.create_run(second, shop.account, later, None).await.unwrap(), Ok(()));
    tx.commit().await.unwrap();
    let mut tx = test.store.read(&shop.caller).await.unwrap();
    let log = tx.runs(10).await.unwrap();
    assert_eq!(log.iter().map(|run| run.id).collect::<Vec<_>>(), [second, run]);
    assert!(
        log.iter()
            .all(|run| run.steps.len() == StepKind::of(domain::Marketplace::Wildberries).len())
    );
    assert_eq!(tx.runs(1).await.unwrap().len(), 1);
}

async fn forgotten_runs_are_found(test: TestStore) {
    let (first, second) = (shop(&test.store).await, shop(&test.store).await);
    let (lost, held) = (create(&first).await, create(&second).await);
    lease(&second, held, TimeDelta::zero()).await;
    let found = async |before: TimeDelta| {
        let mut tx = test.store.system_write(Reason::WorkerPickUp).await.unwrap();
        let found = tx.revive_forgotten_runs(noon() + before, noon() + before).await.unwrap();
        for (run, tenant) in &found {
            tx.push_job(*run, *tenant).await.unwrap();
        }
        tx.commit().await.unwrap();
        found
    };
    assert_eq!(found(TimeDelta::zero()).await, []);
    assert_eq!(found(TimeDelta::seconds(30)).await, [(lost, first.caller.tenant_id())]);
    assert_eq!(found(TimeDelta::seconds(30)).await, [], "not again at once");
    assert_eq!(found(TimeDelta::seconds(90)).await.len(), 2, "a dead worker's, too");
}

fn settings(name: &str) -> WorkerSettings {
    WorkerSettings {
        heartbeat: Duration::from_millis(300),
        missed_heartbeats: 4,
        poll: Duration::from_millis(50),
        ..WorkerSettings::new(format!("{name}-{}", uuid::Uuid::new_v4()))
    }
}

async fn push(shop: &Shop, run: SyncRunId) {
    let mut tx = shop.store.write(&shop.caller).await.unwrap();
    tx.push_job(run, None).await.unwrap();
    tx.commit().await.unwrap();
}

async fn a_job_wakes_a_worker_soon_after_its_commit(test: TestStore) {
    let shop = shop(&test.store).await;
    let (told, mut heard) = tokio::sync::mpsc::unbounded_channel();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let store = test.store.clone();
    let worker = tokio::spawn(async move {
        let stop = async { stopped.await.unwrap_or_default() };
        let handle = move |job: store::SyncJob| {
            let told = told.clone();
            async move {
                told.send(job).unwrap();
                Ok(())
            }
        };
        store.work(settings("wakes"), stop, handle).await;
    });
    // The first shows that the worker is up; the second is measured.
    push(&shop, id()).await;
    heard.recv().await.unwrap();
    let mut tx = test.store.write(&shop.caller).await.unwrap();
    let (undone, delayed, run) = (id(), id(), id());
    tx.push_job(undone, None).await.unwrap();
    drop(tx);
    let mut tx = test.store.write(&shop.caller).await.unwrap();
    tx.push_job(delayed, Some(chrono::Utc::now() + TimeDelta::hours(1))).await.unwrap();
    tx.push_job(run, None).await.unwrap();
    tx.commit().await.unwrap();
    let begun = Instant::now();
    let job = heard.recv().await.unwrap();
    assert_eq!((job.run, job.tenant), (run, shop.caller.tenant_id()));
    assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());
    assert!(heard.try_recv().is_err(), "neither the undone nor the delayed one");
    stop.send(()).unwrap();
    tokio::time::timeout(Duration::from_secs(5), worker).await.unwrap().unwrap();
}

async fn a_dead_workers_job_is_taken_over(test: TestStore) {
    let shop = shop(&test.store).await;
    let run: SyncRunId = id();
    let taken = Arc::new(Mutex::new(0));
    let (told, mut heard) = tokio::sync::mpsc::unbounded_channel();
    let dead = tokio::spawn({
        let (store, told) = (test.store.clone(), told.clone());
        async move {
            let handle = move |_| {
                told.send("taken").unwrap();
                std::future::pending()
            };
            store.work(settings("dies"), std::future::pending(), handle).await;
        }
    });
    push(&shop, run).await;
    assert_eq!(heard.recv().await, Some("taken"));
    dead.abort();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let worker = tokio::spawn({
        let (store, taken) = (test.store.clone(), Arc::clone(&taken));
        async move {
            let handle = move |_| {
                *taken.lock().unwrap() += 1;
                told.send("taken over").unwrap();
                async { Ok(()) }
            };
            store
                .work(settings("lives"), async { stopped.await.unwrap_or_default() }, handle)
                .await;
        }
    });
    let over = tokio::time::timeout(Duration::from_secs(20), heard.recv()).await.unwrap();
    assert_eq!(over, Some("taken over"));
    stop.send(()).unwrap();
    tokio::time::timeout(Duration::from_secs(5), worker).await.unwrap().unwrap();
    assert_eq!(*taken.lock().unwrap(), 1);
}

async fn what_a_person_waits_for_comes_first(test: TestStore) {
    let shop = shop(&test.store).await;
    let runs: Vec<SyncRunId> = (0..20).map(|_| id()).collect();
    let mut tx = test.store.write(&shop.caller).await.unwrap();
    for run in &runs[..19] {
        tx.push_job(*run, None).await.unwrap();
    }
    tx.push_job_soon(runs[19]).await.unwrap();
    tx.commit().await.unwrap();
    let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
    let stop = Arc::new(tokio::sync::Notify::new());
    let settings = WorkerSettings { concurrency: 1, ..WorkerSettings::new("one") };
    let stopped = stop.clone();
    let worker = tokio::spawn(test.store.work(
        settings,
        async move { stopped.notified().await },
        move |job| {
            tell.send(job.run).unwrap();
            std::future::ready(Ok(()))
        },
    ));
    let mut order = Vec::new();
    while order.len() < 20 {
        order.push(told.recv().await.unwrap());
    }
    assert_eq!(order[0], runs[19]);
    stop.notify_one();
    worker.await.unwrap();
    let counts = test.store.queue_counts(noon()).await.unwrap();
    assert_eq!(counts.jobs.iter().map(|(_, n)| n).sum::<i64>(), 20);
    assert_eq!((counts.due, counts.closed_buckets), (0, 0));
    assert_eq!(test.store.remove_old_jobs().await.unwrap(), 0, "they have just ended");
}

fn bucket(id: &str, seconds: i64, burst: u32) -> Bucket {
    Bucket {
        id: id.to_owned(),
        name: format!("wildberries {id}"),
        interval: TimeDelta::seconds(seconds),
        burst,
    }
}

const NO_PATIENCE: TimeDelta = TimeDelta::zero();

async fn a_bucket_gives_its_burst_and_then_one_an_interval(test: TestStore) {
    let cards = bucket("cards", 6, 5);
    for rest in [TimeDelta::zero(), TimeDelta::hours(1)] {
        let now = noon() + rest;
        for _ in 0..5 {
            let turn = test.store.take_turn(std::slice::from_ref(&cards), now, NO_PATIENCE).await;
            assert_eq!(turn.unwrap(), Turn::At(now));
        }
        let next = now + TimeDelta::seconds(6);
        // Refused, nothing is taken: the second refusal names the same moment.
        for _ in 0..2 {
            let turn = test.store.take_turn(std::slice::from_ref(&cards), now, NO_PATIENCE).await;
            assert_eq!(turn.unwrap(), Turn::NotBefore(next));
        }
        // Who has patience has a moment of his own, and the next one the moment after.
        for n in 1..=2 {
            let patience = TimeDelta::seconds(12);
            let turn = test.store.take_turn(std::slice::from_ref(&cards), now, patience).await;
            assert_eq!(turn.unwrap(), Turn::At(now + TimeDelta::seconds(6 * n)));
        }
    }
    // Another seller's bucket is another.
    let other = bucket("other", 6, 5);
    let turn = test.store.take_turn(&[other], noon(), NO_PATIENCE).await.unwrap();
    assert_eq!(turn, Turn::At(noon()));
    // A full bucket says nothing, and goes.
    let mut tx = test.store.system_write(Reason::Operator).await.unwrap();
    assert_eq!(tx.remove_full_buckets(noon()).await.unwrap(), 0);
    assert_eq!(tx.remove_full_buckets(noon() + TimeDelta::days(1)).await.unwrap(), 2);
    tx.commit().await.unwrap();
}

async fn what_a_marketplace_said_is_kept_and_never_moved_back(test: TestStore) {
    let orders = bucket("orders", 60, 10);
    for hours in [3, 1] {
        let until = noon() + TimeDelta::hours(hours);
        test.store.close_until(&orders, until).await.unwrap();
    }
    let opens = noon() + TimeDelta::hours(3);
    let take = |now| {
        let (store, orders) = (test.store.clone(), orders.clone());
        async move { store.take_turn(&[orders], now, NO_PATIENCE).await.unwrap() }
    };
    assert_eq!(take(noon()).await, Turn::NotBefore(opens));
    let early = opens - TimeDelta::microseconds(1);
    assert_eq!(take(early).await, Turn::NotBefore(opens));
    // Then one, not the whole burst: the marketplace's own bucket was empty.
    assert_eq!(take(opens).await, Turn::At(opens));
    assert_eq!(take(opens).await, Turn::NotBefore(opens + TimeDelta::seconds(60)));

    // Somebody else used what we thought was there.
    let sales = bucket("sales", 60, 10);
    test.store.told_remaining(&sales, 2, noon()).await.unwrap();
    test.store.told_remaining(&sales, 9, noon()).await.unwrap();
    for _ in 0..2 {
        let turn = test.store.take_turn(std::slice::from_ref(&sales), noon(), NO_PATIENCE).await;
        assert_eq!(turn.unwrap(), Turn::At(noon()));
    }
    test.store.spend(&sales, 9, noon()).await.unwrap();
    let turn = test.store.take_turn(&[sales], noon(), NO_PATIENCE).await.unwrap();
    assert_eq!(turn, Turn::NotBefore(noon() + TimeDelta::minutes(10)));
}

async fn workers_together_take_no_more_than_the_bucket_has(test: TestStore) {
    let takes = (0..40).map(|_| {
        let store = test.store.clone();
        tokio::spawn(async move {
            store.take_turn(&[bucket("shared", 60, 7)], noon(), NO_PATIENCE).await.unwrap()
        })
    });
    let mut taken = 0;
    for take in takes.collect::<Vec<_>>() {
        match take.await.unwrap() {
            Turn::At(at) => {
                assert_eq!(at, noon());
                taken += 1;
            }
            Turn::NotBefore(at) => assert_eq!(at, noon() + TimeDelta::seconds(60)),
        }
    }
    assert_eq!(taken, 7);
}

async fn a_request_counts_in_all_of_its_buckets_or_in_none(test: TestStore) {
    let (path, client) = (bucket("path", 60, 1), bucket("client", 1, 2));
    let both = [path.clone(), client.clone()];
    let turn = test.store.take_turn(&both, noon(), NO_PATIENCE).await.unwrap();
    assert_eq!(turn, Turn::At(noon()));
    let turn = test.store.take_turn(&both, noon(), NO_PATIENCE).await.unwrap();
    assert_eq!(turn, Turn::NotBefore(noon() + TimeDelta::seconds(60)));
    // The refusal by the one took nothing of the other.
    let turn = test.store.take_turn(std::slice::from_ref(&client), noon(), NO_PATIENCE).await;
    assert_eq!(turn.unwrap(), Turn::At(noon()));
    let turn = test.store.take_turn(&[client], noon(), NO_PATIENCE).await.unwrap();
    assert_eq!(turn, Turn::NotBefore(noon() + TimeDelta::seconds(1)));
}

//! SIGKILL to a worker at points chosen by seed, between statements, on either side of a commit, between pages: whoever
//! goes on comes to the same tables as a sync that nobody disturbed.
#![allow(clippy::unwrap_used, reason = "tests")]

mod worker;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{Secret, SyncRunId, sync::SyncStatus, tenant::CredentialsPatch};
use futures::StreamExt;
use rand::{RngExt, SeedableRng, rngs::StdRng};
use services::{
    Caller, Services,
    store::{
        on_both_engines,
        testing::{Content, TestStore},
    },
    syncs, tenants,
    testing::{client, noon, owner},
};
use simulator::{Clock, Limiting, Settings, Simulator};
use std::ops::Range;
use worker::{Said, Worker};

on_both_engines!(a_killed_worker_leaves_the_same_tables);

/// Companies, each of which has its worker killed in its first sync and in its second: 200 points.
const COMPANIES: usize = 100;

/// The worker that comes next finds the leases over.
const LATER: TimeDelta = TimeDelta::seconds(130);

struct House {
    test: TestStore,
    services: Services,
    simulator: Simulator,
    front: String,
    _server: tokio::task::JoinHandle<()>,
}

async fn a_killed_worker_leaves_the_same_tables(test: TestStore) {
    let house = House::open(test).await;
    let undisturbed = house.company("undisturbed").await;
    let mut companies = Vec::new();
    for n in 0..COMPANIES {
        companies.push(house.company(&format!("killed-{n}")).await);
    }
    let mut random = StdRng::seed_from_u64(20_260_915);
    let mut interrupted = 0;
    for round in 0..2_i32 {
        let now = TimeDelta::days(2) * round;
        let at = noon() + now;
        house.services.clock.advance(at - house.services.clock.now());
        house.simulator.advance(at - house.simulator.now());
        let points = house.work_undisturbed(&undisturbed, now).await;
        let expected = house.content(&undisturbed, at).await;
        assert!(points > 30, "{points} points");
        let mut runs = Vec::new();
        for company in &companies {
            let run = house.start(company).await;
            let point = random.random_range(0..points);
            interrupted += usize::from(house.kill_at(point, now));
            runs.push(run);
        }
        house.go_on(&companies, &runs, now + LATER).await;
        for company in &companies {
            let content = house.content(company, at).await;
            compare(&expected, &content);
        }
    }
    println!("{interrupted} of {} runs were interrupted", 2 * COMPANIES);
    assert!(interrupted >= 2 * COMPANIES * 9 / 10, "only {interrupted} were really interrupted");
}

fn compare(expected: &Content, content: &Content) {
    assert_eq!(expected.keys().collect::<Vec<_>>(), content.keys().collect::<Vec<_>>());
    for (table, lines) in expected {
        let found = &content[table];
        let missing: Vec<_> = lines.iter().filter(|line| !found.contains(line)).take(3).collect();
        let more: Vec<_> = found.iter().filter(|line| !lines.contains(line)).take(3).collect();
        assert!(
            lines == found,
            "{table}: {} lines, {} expected; missing {missing:#?}, more {more:#?}",
            found.len(),
            lines.len()
        );
    }
}

impl House {
    async fn open(test: TestStore) -> Self {
        let settings = Settings {
            skus: 130,
            days: 40,
            mean_orders: 0.1,
            limits: Limiting::Off,
            ..Settings::default()
        };
        let simulator = Simulator::new(settings, Clock::fixed(noon()));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let front = format!("http://{}", listener.local_addr().unwrap());
        let server = tokio::spawn({
            let simulator = simulator.clone();
            async move { simulator.serve(listener, std::future::pending()).await.unwrap() }
        });
        let services = worker::services(&test, &front);
        Self { test, services, simulator, front, _server: server }
    }

    async fn company(&self, name: &str) -> Caller {
        let caller = owner(&self.services, &format!("{name}@example.com")).await;
        let key = Secret::new(self.simulator.keys().personal);
        let patch = CredentialsPatch {
            wildberries_api_key: Some(Some(key)),
            ..CredentialsPatch::default()
        };
        tenants::update_credentials(&self.services, &caller, patch, &client()).await.unwrap();
        caller
    }

    async fn start(&self, company: &Caller) -> SyncRunId {
        syncs::start(&self.services, company, &client()).await.unwrap().task_id
    }

    fn worker(&self, later: TimeDelta, point: Option<i64>) -> Worker {
        Worker::start(&self.test.settings, &self.front, later, point)
    }

    /// A whole sync; how many points it has.
    async fn work_undisturbed(&self, company: &Caller, later: TimeDelta) -> i64 {
        let run = self.start(company).await;
        let mut worker = self.worker(later, Some(i64::MAX));
        assert_eq!(tokio::task::block_in_place(|| worker.next()), Some(Said::Worked));
        let Some(Said::Over(points)) = tokio::task::block_in_place(|| worker.next()) else {
            panic!("the worker ended without a word")
        };
        let run = syncs::get(&self.services, company, run).await.unwrap().unwrap();
        assert_eq!(run.status, SyncStatus::Completed, "{run:#?}");
        points
    }

    /// Starts a worker and kills it at its point; false: it was through before.
    fn kill_at(&self, point: i64, later: TimeDelta) -> bool {
        let mut worker = self.worker(later, Some(point));
        let said = tokio::task::block_in_place(|| worker.next());
        worker.kill();
        said == Some(Said::AtPoint)
    }

    /// Two workers share what the killed ones left.
    async fn go_on(&self, companies: &[Caller], runs: &[SyncRunId], later: TimeDelta) {
        let (mut one, mut other) = (self.worker(later, None), self.worker(later, None));
        for (company, run) in companies.iter().zip(runs) {
            let seen = syncs::watch(&self.services, company, *run).await.unwrap().unwrap();
            let last = seen.collect::<Vec<_>>().await.pop().unwrap();
            assert_eq!(last.status, SyncStatus::Completed, "{last:#?}");
        }
        // Each had a part; what they said is in their pipes.
        tokio::task::block_in_place(|| {
            assert_eq!(one.next(), Some(Said::Worked));
            assert_eq!(other.next(), Some(Said::Worked));
        });
        one.kill();
        other.kill();
    }

    async fn content(&self, company: &Caller, at: DateTime<Utc>) -> Content {
        // The past before the first reading ends a microsecond before it.
        let ours = noon() - TimeDelta::seconds(1)..at + TimeDelta::hours(1);
        // How far back a reading of orders went is told by our clock, too; the shop is not that old.
        let back: Range<DateTime<Utc>> =
            ours.start - TimeDelta::days(90)..ours.start - TimeDelta::days(80);
        // What is new is told since a day before the measuring.
        let day_before = at - TimeDelta::days(1)..at - TimeDelta::days(1) + TimeDelta::hours(1);
        self.test.content(company.tenant_id(), &[ours, back, day_before]).await
    }
}

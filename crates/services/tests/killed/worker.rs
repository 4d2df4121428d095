//! The worker that is killed: this test program once more, as a process of its own. It listens to what the program tells
//! of its statements, commits and requests, and at the n-th of them it says so and stands still until it is killed.

use services::{
    Parts, Services,
    store::{self, testing::TestStore},
    syncs::{self, WorkerSettings},
    testing::{noon, parts},
};
use std::{
    fmt,
    io::{BufRead, BufReader, Lines, Write},
    process::{Child, ChildStdout, Command, Stdio},
    sync::atomic::{AtomicI64, AtomicU64, Ordering},
    time::Duration,
};
use tokio_util::sync::CancellationToken;
use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span,
};

const DATABASE: &str = "KILLED_DATABASE";
const FRONT: &str = "KILLED_FRONT";
const LATER: &str = "KILLED_LATER_S";
const POINT: &str = "KILLED_POINT";

/// A worker's process, seen from the one that kills it.
pub struct Worker {
    child: Child,
    said: Lines<BufReader<ChildStdout>>,
}

/// What a worker says.
#[derive(Debug, PartialEq, Eq)]
pub enum Said {
    /// It stands still at its point.
    AtPoint,
    /// It worked on a job.
    Worked,
    /// It is over; so many points were passed.
    Over(i64),
}

impl Worker {
    /// Starts one. `point`: where it stands still, `None`: it works until it is killed. Its clock is so much later than
    /// noon.
    pub fn start(
        store: &store::Settings,
        front: &str,
        later: chrono::TimeDelta,
        point: Option<i64>,
    ) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command
            .args(["worker::worker_process", "--exact", "--ignored", "--nocapture", "--quiet"])
            .env(DATABASE, &store.url)
            .env(FRONT, front)
            .env(LATER, later.num_seconds().to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        if let Some(point) = point {
            command.env(POINT, point.to_string());
        }
        let mut child = command.spawn().unwrap();
        let said = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, said }
    }

    /// The next thing it says; `None`: it says nothing any more.
    pub fn next(&mut self) -> Option<Said> {
        for line in self.said.by_ref() {
            let line = line.unwrap();
            let Some((_, word)) = line.split_once("worker: ") else { continue };
            return Some(match word.split_once(' ') {
                Some(("over", points)) => Said::Over(points.parse().unwrap()),
                _ if word == "worked" => Said::Worked,
                _ => Said::AtPoint,
            });
        }
        None
    }

    /// SIGKILL.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // Also when a test fails.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Services like the killing process has them.
pub fn services(test: &TestStore, front: &str) -> Services {
    outbound::install_crypto_provider();
    let mut parts: Parts = parts(test);
    parts.marketplaces.wildberries = outbound::Front::through(front.parse().unwrap()).unwrap();
    parts.settings.marketplace_pace = false;
    parts.settings.rate_limit = false;
    parts.settings.new_company_plan = domain::Plan::Pro;
    Services::new(parts)
}

/// The process itself. Started by hand it has nothing to do.
#[test]
#[ignore = "the process that the other test kills"]
fn worker_process() {
    let Ok(url) = std::env::var(DATABASE) else { return };
    let number = |name: &str| std::env::var(name).ok().map(|text| text.parse::<i64>().unwrap());
    let (later, point) = (number(LATER).unwrap(), number(POINT));
    let points: &'static Points = Box::leak(Box::new(Points {
        point,
        passed: AtomicI64::new(-1),
        spans: AtomicU64::new(0),
        stop: CancellationToken::new(),
    }));
    tracing::subscriber::set_global_default(Listener(points)).unwrap();
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.unwrap().block_on(async {
        let test =
            TestStore::of_another(store::Settings { connections: 4, ..store::Settings::new(url) });
        let services = services(&test, &std::env::var(FRONT).unwrap());
        services.clock.advance(chrono::TimeDelta::seconds(later));
        assert!(services.clock.now() >= noon());
        let name = format!("{}-{later}", std::process::id());
        let settings = WorkerSettings {
            poll: Duration::from_millis(20),
            heartbeat: Duration::from_millis(500),
            // The killed lie until all are dead; who comes afterwards waits for nobody.
            missed_heartbeats: if point.is_some() { 100_000 } else { 2 },
            concurrency: if point.is_some() { 1 } else { 2 },
            ..WorkerSettings::new(name)
        };
        syncs::work(&services, settings, points.stop.clone()).await;
    });
    say(&format!("over {}", points.passed.load(Ordering::SeqCst) + 1));
}

fn say(word: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "\nworker: {word}").unwrap();
    out.flush().unwrap();
}

struct Points {
    point: Option<i64>,
    /// -1: the run is not taken yet.
    passed: AtomicI64,
    spans: AtomicU64,
    stop: CancellationToken,
}

struct Listener(&'static Points);

impl Subscriber for Listener {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        matches!(metadata.target(), "sqlx::query" | "store::commit" | "services::syncs::work")
            || metadata.target().starts_with("outbound::marketplaces")
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(self.0.spans.fetch_add(1, Ordering::SeqCst) + 1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut text = Text::default();
        event.record(&mut text);
        let points = self.0;
        if event.metadata().target() == "services::syncs::work" {
            if text.0.contains("worked on a sync") {
                say("worked");
                // Who is to be killed ends with its first job.
                if points.point.is_some() {
                    points.stop.cancel();
                }
            }
            return;
        }
        let begun = points.passed.load(Ordering::SeqCst) >= 0;
        // Before the run is taken there is nothing to interrupt; the queue's own looks are no points.
        if !begun && !text.0.contains("update sync_runs set status = 'running'")
            || text.0.contains("select exists (select 1")
        {
            return;
        }
        let passed = points.passed.fetch_add(1, Ordering::SeqCst) + 1;
        if points.point == Some(passed) {
            say("at the point");
            loop {
                std::thread::park();
            }
        }
    }
}

/// All that an event says.
#[derive(Default)]
struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, _: &Field, value: &dyn fmt::Debug) {
        self.0.push_str(&format!(" {value:?}"));
    }
}

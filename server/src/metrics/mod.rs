//! What a monitor reads, in Prometheus' text format: counters and durations that this process collected, and the state of
//! the queue and of the data, asked of the database at most every few seconds. Closed until the operator opens it: on an
//! address of its own, or with a token. No label tells whose anything is, and each has a short list of values.

pub mod door;
mod gauges;
pub mod listener;
pub mod names;
mod text;

use domain::Secret;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use services::Services;
use sha2::{Digest, Sha256};
use std::{
    fmt,
    sync::{Arc, OnceLock},
    time::Duration,
};
use tokio::{sync::Mutex, time::Instant};
use tokio_util::sync::CancellationToken;

/// So old the database's part may be: several monitors ask it once.
const FRESH: Duration = Duration::from_secs(5);

/// How often what was collected is folded together, whether somebody reads it or not.
const FOLD: Duration = Duration::from_secs(5);

/// The collector of the process; there can be only one.
static COLLECTOR: OnceLock<PrometheusHandle> = OnceLock::new();

/// What is collected, and whom it is shown to. The default is closed: nothing is collected and nobody is shown anything.
#[derive(Clone, Default)]
pub struct Metrics(Option<Arc<Open>>);

struct Open {
    collector: PrometheusHandle,
    /// A hash of the token; `None`: whoever reaches the address may read.
    token: Option<[u8; 32]>,
    asked: Mutex<Option<(Instant, String)>>,
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Metrics(open)" } else { "Metrics(closed)" })
    }
}

impl Metrics {
    /// Begins to collect.
    pub fn open(token: Option<&Secret>) -> anyhow::Result<Self> {
        let collector = match COLLECTOR.get() {
            Some(collector) => collector.clone(),
            None => {
                let recorder = names::buckets(PrometheusBuilder::new())?.build_recorder();
                let handle = recorder.handle();
                // Lost against another thread: the one that is there is as good.
                if metrics::set_global_recorder(recorder).is_ok() {
                    names::describe();
                }
                COLLECTOR.get_or_init(|| handle).clone()
            }
        };
        let token = token.map(|token| Sha256::digest(token.expose()).into());
        Ok(Self(Some(Arc::new(Open { collector, token, asked: Mutex::new(None) }))))
    }

    /// Whether the server's own address shows it: only behind a token.
    fn with_token(&self) -> Option<&Open> {
        self.0.as_deref().filter(|open| open.token.is_some())
    }

    /// Folds what was collected, until told to stop: without that it would grow while nobody reads.
    pub async fn fold(self, stop: CancellationToken) {
        let Some(open) = self.0 else { return };
        let mut ticks = tokio::time::interval(FOLD);
        while stop.run_until_cancelled(ticks.tick()).await.is_some() {
            open.collector.run_upkeep();
        }
    }
}

impl Open {
    /// Whether this is the token. Compared by hashes, so that time tells nothing of it.
    fn admits(&self, given: Option<&str>) -> bool {
        self.token.is_none_or(|token| {
            given.is_some_and(|given| token == <[u8; 32]>::from(Sha256::digest(given)))
        })
    }

    /// All of it, now.
    async fn page(&self, services: &Services) -> String {
        let mut page = self.collector.render();
        let mut asked = self.asked.lock().await;
        match &*asked {
            Some((at, text)) if at.elapsed() < FRESH => page.push_str(text),
            _ => {
                let text = gauges::ask(services).await;
                page.push_str(&text);
                *asked = Some((Instant::now(), text));
            }
        }
        page.push_str(&gauges::process(services));
        page
    }
}

impl Metrics {
    /// Opened as the settings say.
    pub fn of(settings: &crate::config::Metrics) -> anyhow::Result<Self> {
        if settings.metrics_addr.is_none() && settings.metrics_token.is_none() {
            return Ok(Self::default());
        }
        Self::open(settings.metrics_token.as_ref())
    }
}

//! What the product does, a verb a file under a noun. Doors call it; rules live here.
//!
//! Every service takes the [`Services`] it works with, the [`Caller`] who asks, and returns
//! [`Result`]. None knows HTTP beyond a header's text, and none holds a transaction while it waits for a network.

pub mod access;
pub mod accounts;
pub mod analytics;
pub mod api_keys;
pub mod audit;
pub mod audit_log;
mod brakes;
pub mod clock;
pub mod companies;
pub mod danger;
mod days;
pub mod demo;
mod error;
pub mod exports;
pub mod hasher;
pub mod invitations;
mod letters;
mod links;
pub mod marketplaces;
pub mod metrics;
pub mod notes;
pub mod operator;
pub mod orders;
pub mod past;
pub mod people;
pub mod plans;
pub mod post;
pub mod product_links;
pub mod products;
mod random;
pub mod sales;
pub mod settings;
pub mod shops;
pub mod signup_links;
pub mod syncs;
pub mod tags;
pub mod team;
pub mod tenants;
#[cfg(feature = "testing")]
pub mod testing;
pub mod today;
pub mod tokens;
pub mod vault;
pub mod views;

pub use clock::Clock;
pub use error::{Error, Result};
pub use hasher::Hasher;
pub use marketplaces::Marketplaces;
pub use post::Post;
pub use settings::{DemoSettings, Registration, Settings};
pub use store::{self, Caller};
pub use tokens::{SessionToken, TokenKeys, Tokens};
pub use vault::Vault;

use domain::Locale;
use std::{net::IpAddr, sync::Arc};
use tokio_util::task::TaskTracker;

/// Everything a service works with. Clones are cheap and share it.
#[derive(Clone)]
pub struct Services {
    inner: Arc<Inner>,
}

/// The parts of [`Services`], put together once at start.
pub struct Parts {
    /// The database.
    pub store: store::Store,
    /// Time and new ids.
    pub clock: Clock,
    /// Signs and verifies tokens.
    pub tokens: Tokens,
    /// Seals and opens secrets.
    pub vault: Vault,
    /// Hashes passwords.
    pub hasher: Hasher,
    /// The way out.
    pub marketplaces: Marketplaces,
    /// How letters leave.
    pub post: Post,
    /// The simulated marketplace behind the demo; `None`: there is no demo.
    pub demo_world: Option<Arc<dyn demo::DemoWorld>>,
    /// What the operator decided.
    pub settings: Settings,
}

struct Inner {
    parts: Parts,
    /// Callers looked up within the last half second.
    callers: access::Callers,
    /// The same of API keys.
    key_callers: access::KeyCallers,
    /// What wrong sign-ins have cost so far.
    brakes: brakes::Brakes,
    /// Calls of the API by company.
    calls: plans::Calls,
    /// Demo starts of this process, one at a time, so that the cap holds.
    demo_gate: tokio::sync::Mutex<()>,
    /// What goes on after its answer.
    background: TaskTracker,
    /// How the syncs of this process get on.
    progress: syncs::progress::Progress,
}

impl Services {
    /// Puts the parts together.
    pub fn new(parts: Parts) -> Self {
        Self {
            inner: Arc::new(Inner {
                callers: access::Callers::new("session", parts.settings.sign_in_believed),
                key_callers: access::KeyCallers::new("api_key", parts.settings.sign_in_believed),
                parts,
                brakes: brakes::Brakes::new(),
                calls: plans::Calls::new(),
                demo_gate: tokio::sync::Mutex::new(()),
                background: TaskTracker::new(),
                progress: syncs::progress::Progress::new(),
            }),
        }
    }

    /// Waits until everything that goes on after its answer is done (a sign-in's last use, a failed one's record):
    /// before the process ends, and in tests.
    pub async fn settle(&self) {
        self.inner.background.close();
        self.inner.background.wait().await;
        self.inner.background.reopen();
    }

    pub(crate) fn progress(&self) -> &syncs::progress::Progress {
        &self.inner.progress
    }

    /// Lets something go on after the answer.
    pub(crate) fn later(&self, work: impl Future<Output = ()> + Send + 'static) {
        self.inner.background.spawn(work);
    }
}

impl std::ops::Deref for Services {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.inner.parts
    }
}

/// Who is at the door, whoever they say they are: for the audit log and the limits.
#[derive(Clone, Debug)]
pub struct Client {
    /// The address the request came from.
    pub address: IpAddr,
    /// What the program calls itself.
    pub user_agent: Option<String>,
    /// The request's id, the same as in the log and in errors.
    pub request_id: Arc<str>,
    /// The language it asks for: letters are written in it.
    pub locale: Locale,
}

impl Client {
    /// The address as it is kept.
    pub(crate) fn place(&self) -> String {
        self.address.to_canonical().to_string()
    }

    /// The program's name as it is kept: printable and short.
    pub(crate) fn program(&self) -> Option<String> {
        let name = self.user_agent.as_ref()?;
        Some(name.chars().filter(|c| !c.is_control()).take(255).collect())
    }
}

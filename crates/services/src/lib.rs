//! What the product does, a verb a file under a noun. Doors call it; rules live here.
//!
//! Every service takes the [`Services`] it works with, the [`Caller`] who asks, and returns
//! [`Result`]. None knows HTTP beyond a header's text, and none holds a transaction while it waits for a network.

pub mod clock;
mod error;

pub use clock::Clock;
pub use error::{Error, Result};
pub use store::Caller;

use std::{net::IpAddr, sync::Arc};

/// Everything a service works with. Clones are cheap and share it.
#[derive(Clone)]
pub struct Services {
    inner: Arc<Parts>,
}

/// The parts of [`Services`], put together once at start.
pub struct Parts {
    /// The database.
    pub store: store::Store,
    /// Time and new ids.
    pub clock: Clock,
}

impl Services {
    /// Puts the parts together.
    pub fn new(parts: Parts) -> Self {
        Self { inner: Arc::new(parts) }
    }
}

impl std::ops::Deref for Services {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.inner
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
    pub request_id: String,
}

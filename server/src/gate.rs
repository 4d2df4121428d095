//! Closed until the database has been found in order: the right schema, and walls that hold.
//!
//! The process starts while the database is away, so that it can say so; nothing of a tenant is read
//! before it was verified once.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use store::Store;

/// Open or closed; clones are the same gate.
#[derive(Clone, Debug, Default)]
pub struct Gate(Arc<AtomicBool>);

impl Gate {
    /// An open one.
    pub fn open() -> Self {
        Self(Arc::new(AtomicBool::new(true)))
    }

    /// Whether requests may pass.
    pub fn is_open(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }

    /// Opens it as soon as the database answers and is in order. An error that waiting won't mend ends it.
    pub async fn open_when_verified(&self, store: &Store) -> store::Result<()> {
        let mut told = false;
        loop {
            match store.verify().await {
                Ok(()) => {
                    self.0.store(true, Ordering::Release);
                    return Ok(());
                }
                Err(error @ store::Error::Unavailable(_)) => {
                    if !told {
                        let error = crate::telemetry::chain(&error);
                        tracing::error!(error, "the database is away: waiting for it");
                        told = true;
                    }
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
                Err(error) => return Err(error),
            }
        }
    }
}

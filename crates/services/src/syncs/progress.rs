//! Progress inside the process, as fast as it happens. Other processes see it in the run's row a little later.

use domain::{TenantId, sync::SyncRun};
use std::sync::Arc;
use tokio::sync::broadcast;

/// How much a slow watcher may fall behind before it reads the row instead.
const BACKLOG: usize = 256;

/// A run as it stands, and whose it is: a watcher hands on what is its own tenant's, and nothing else.
pub(crate) struct Told {
    pub(crate) tenant: TenantId,
    pub(crate) run: SyncRun,
}

/// Where workers tell and watchers listen.
pub(crate) struct Progress(broadcast::Sender<Arc<Told>>);

impl Progress {
    pub(crate) fn new() -> Self {
        Self(broadcast::Sender::new(BACKLOG))
    }

    /// Tells how a run stands. Nobody listening is fine.
    pub(crate) fn tell(&self, tenant: TenantId, run: SyncRun) {
        if self.0.receiver_count() > 0 {
            // Fails only if the last listener left in between.
            let _ = self.0.send(Arc::new(Told { tenant, run }));
        }
    }

    pub(crate) fn listen(&self) -> broadcast::Receiver<Arc<Told>> {
        self.0.subscribe()
    }
}

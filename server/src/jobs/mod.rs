//! What goes on without a request: the worker of the queue, and what is swept up now and then.

use services::{Services, demo, syncs};
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// How often expired demos and sign-ins are removed.
const SWEEP: Duration = Duration::from_secs(15 * 60);

/// Works until told to stop; what is under way then is handed back.
pub async fn work(services: Services, stop: CancellationToken) {
    let name = format!("{}-{}", std::process::id(), services.clock.new_id::<Uuid>());
    syncs::work(&services, syncs::WorkerSettings::new(name), stop).await;
}

/// Removes what has had its time, until told to stop.
pub async fn sweep(services: Services, stop: CancellationToken) {
    let mut ticks = tokio::time::interval(SWEEP);
    while stop.run_until_cancelled(ticks.tick()).await.is_some() {
        if let Err(error) = demo::expire(&services).await {
            tracing::warn!(error = crate::telemetry::chain(&error), "expired demos stay for now");
        }
    }
}

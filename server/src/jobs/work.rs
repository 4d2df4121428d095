//! The worker: takes syncs from the queue.

use services::{Services, syncs};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// Works until told to stop; what is under way then is handed back.
pub async fn work(services: Services, stop: CancellationToken) {
    let name = format!("{}-{}", std::process::id(), services.clock.new_id::<Uuid>());
    syncs::work(&services, syncs::WorkerSettings::new(name), stop).await;
}

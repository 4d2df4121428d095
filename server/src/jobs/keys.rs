//! Every two seconds: looks whether key files have changed.

use crate::keys::watch::Watch;
use services::Services;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Well below the ten seconds after which a new key begins to sign.
const EVERY: Duration = Duration::from_secs(2);

/// Looks until told to stop.
pub async fn watch(services: Services, mut watch: Watch, stop: CancellationToken) {
    if watch.is_idle() {
        return;
    }
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    while stop.run_until_cancelled(ticks.tick()).await.is_some() {
        watch.look(&services);
    }
}

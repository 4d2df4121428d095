//! Now and then: removes demos whose day is over, and sign-ins that ended long ago.

use crate::telemetry::chain;
use services::{Services, accounts, demo};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How often. A demo outlives its day by no more.
const EVERY: Duration = Duration::from_mins(15);

/// Sweeps until told to stop, first at once.
pub async fn sweep(services: Services, stop: CancellationToken) {
    let mut ticks = tokio::time::interval(EVERY);
    while stop.run_until_cancelled(ticks.tick()).await.is_some() {
        sweep_now(&services).await;
    }
}

/// Once. What fails now is done the next time.
pub async fn sweep_now(services: &Services) {
    if let Err(error) = demo::expire(services).await {
        tracing::warn!(error = chain(&error), "expired demos stay for now");
    }
    if let Err(error) = accounts::sweep(services).await {
        tracing::warn!(error = chain(&error), "old sign-ins stay for now");
    }
}

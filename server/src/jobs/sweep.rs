//! Now and then: removes demos whose day is over, sign-ins that ended long ago, and the past that no plan pays for.

use crate::telemetry::chain;
use services::{Services, accounts, demo, operator};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How often. A demo outlives its day by no more.
const EVERY: Duration = Duration::from_mins(15);

/// How often the past is thinned: it grows by a day a day.
const THIN_EVERY: Duration = Duration::from_hours(24);

/// Sweeps until told to stop, first at once.
pub async fn sweep(services: Services, stop: CancellationToken) {
    let mut ticks = tokio::time::interval(EVERY);
    let mut thinned: Option<tokio::time::Instant> = None;
    while let Some(tick) = stop.run_until_cancelled(ticks.tick()).await {
        sweep_now(&services).await;
        if thinned.is_none_or(|last| tick - last >= THIN_EVERY) {
            thin_now(&services).await;
            thinned = Some(tick);
        }
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

/// The same of the past.
pub async fn thin_now(services: &Services) {
    if let Err(error) = operator::thin_history(services).await {
        tracing::warn!(error = chain(&error), "the past of before the plans stays for now");
    }
    if let Err(error) = operator::forget_quarantine(services).await {
        tracing::warn!(error = chain(&error), "old rows in quarantine stay for now");
    }
}

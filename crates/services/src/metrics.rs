//! What is counted of our own work. Labels are words of enums and of our own tables, never whose it was.

use domain::{
    Marketplace,
    sync::{StepKind, StepState, SyncStatus},
};
use std::time::Duration;

/// Syncs that ended, by marketplace and status.
pub const RUNS: &str = "stock_tracker_syncs_ended_total";
/// Steps that ended, by marketplace, step and outcome.
pub const STEPS: &str = "stock_tracker_sync_steps_ended_total";
/// How long they took.
pub const STEP_DURATION: &str = "stock_tracker_sync_step_duration_seconds";
/// Waits for a marketplace's limits, by marketplace and group of methods.
pub const LIMIT_WAIT: &str = "stock_tracker_limit_wait_seconds";
/// Look-ups of who calls.
pub const LOOK_UPS: &str = "stock_tracker_caller_lookups_total";

/// A sync is over.
pub(crate) fn run_ended(marketplace: Marketplace, status: SyncStatus) {
    let (marketplace, status) = (marketplace.as_str(), status.as_str());
    metrics::counter!(RUNS, "marketplace" => marketplace, "status" => status).increment(1);
}

/// A step is over.
pub(crate) fn step_ended(
    marketplace: Marketplace,
    step: StepKind,
    state: StepState,
    took: Option<Duration>,
) {
    let (marketplace, step) = (marketplace.as_str(), step.as_str());
    let outcome = state.as_str();
    metrics::counter!(STEPS, "marketplace" => marketplace, "step" => step, "outcome" => outcome)
        .increment(1);
    if let Some(took) = took {
        metrics::histogram!(STEP_DURATION, "marketplace" => marketplace, "step" => step)
            .record(took.as_secs_f64());
    }
}

/// A request waits so long for its turn, or its sync is given back for so long.
pub(crate) fn limit_wait(marketplace: Marketplace, group: &str, wait: Duration) {
    let (marketplace, group) = (marketplace.as_str(), group.to_owned());
    metrics::histogram!(LIMIT_WAIT, "marketplace" => marketplace, "group" => group)
        .record(wait.as_secs_f64());
}

/// Who calls was asked for; `known`: the last half second knew.
pub(crate) fn looked_up(proof: &'static str, known: bool) {
    let outcome = if known { "hit" } else { "miss" };
    metrics::counter!(LOOK_UPS, "proof" => proof, "outcome" => outcome).increment(1);
}

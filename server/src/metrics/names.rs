//! What is collected as it happens: names, what they mean, and into which steps durations are sorted.

use metrics::{Unit, describe_counter, describe_histogram};
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder};

/// Requests of ours, by method and route.
pub const HTTP_DURATION: &str = "stock_tracker_http_request_duration_seconds";
/// The same, counted by class of status.
pub const HTTP_REQUESTS: &str = "stock_tracker_http_requests_total";

const ANSWERS: [f64; 13] =
    [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];
const REMOTE: [f64; 10] = [0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 90.0];
const STEPS: [f64; 10] = [0.1, 0.5, 1.0, 5.0, 15.0, 60.0, 300.0, 900.0, 3600.0, 14400.0];
const WAITS: [f64; 10] = [0.1, 0.5, 1.0, 2.0, 10.0, 60.0, 300.0, 1800.0, 3600.0, 21600.0];

/// The steps of each duration.
pub fn buckets(builder: PrometheusBuilder) -> Result<PrometheusBuilder, BuildError> {
    let of = |name: &str| Matcher::Full(name.to_owned());
    builder
        .set_buckets_for_metric(of(HTTP_DURATION), &ANSWERS)?
        .set_buckets_for_metric(of(outbound::metrics::DURATION), &REMOTE)?
        .set_buckets_for_metric(of(services::metrics::STEP_DURATION), &STEPS)?
        .set_buckets_for_metric(of(services::metrics::LIMIT_WAIT), &WAITS)
}

/// What each means, for whoever reads the page.
pub fn describe() {
    describe_counter!(HTTP_REQUESTS, "Requests answered, by method, route and class of status");
    describe_histogram!(
        HTTP_DURATION,
        Unit::Seconds,
        "Time until the head of the answer, by method and route"
    );
    describe_counter!(
        outbound::metrics::REQUESTS,
        "Requests to marketplaces, by host, group of methods and status"
    );
    describe_histogram!(
        outbound::metrics::DURATION,
        Unit::Seconds,
        "Time until the head of a marketplace's answer, by host and group of methods"
    );
    describe_counter!(services::metrics::RUNS, "Syncs that ended, by marketplace and status");
    describe_counter!(
        services::metrics::STEPS,
        "Steps of syncs that ended, by marketplace, step and outcome"
    );
    describe_histogram!(
        services::metrics::STEP_DURATION,
        Unit::Seconds,
        "From a step's first begin to its end, waits included, by marketplace and step"
    );
    describe_histogram!(
        services::metrics::LIMIT_WAIT,
        Unit::Seconds,
        "Waits for a marketplace's limits, by marketplace and group of methods"
    );
    describe_counter!(
        services::metrics::LOOK_UPS,
        "Look-ups of who calls, by kind of proof and whether the last half second knew"
    );
}

//! Measures for a monitor. Closed unless one of these is set.

use super::{Environment, Problem};
use crate::keys;
use clap::Args;
use domain::Secret;
use std::net::SocketAddr;

/// Who may read `/metrics`.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Metrics")]
pub struct Metrics {
    /// Serves `/metrics` (Prometheus) on an address of its own, such as `127.0.0.1:9464`; `stock-tracker work` does, too.
    /// Where others can reach it, production wants `METRICS_TOKEN` as well.
    #[arg(long, env, value_name = "ADDRESS")]
    pub metrics_addr: Option<SocketAddr>,
    /// Serves `/metrics` beside the dashboard to whoever sends this as bearer token: 24 characters or more.
    #[arg(long, env, hide_env_values = true, value_name = "TEXT")]
    pub metrics_token: Option<Secret>,
}

impl Metrics {
    pub(super) fn check(&self, environment: Environment, found: &mut Vec<Problem>) {
        if self.metrics_token.as_ref().is_some_and(|token| token.expose().trim().len() < 24) {
            let why = format!("use 24 characters or more (try {})", keys::RECIPE);
            found.push(Problem::new("METRICS_TOKEN", why));
        }
        let is_open = self.metrics_addr.is_some_and(|address| !address.ip().is_loopback());
        if environment == Environment::Production && is_open && self.metrics_token.is_none() {
            found.push(Problem::new(
                "METRICS_ADDR",
                "others can reach this address: set METRICS_TOKEN, or listen on 127.0.0.1",
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn measures_are_for_nobody_until_they_are_opened_with_care() {
        let long = "a-token-that-nobody-guesses";
        for (flags, fine) in [
            (vec![], true),
            (vec!["--metrics-addr", "127.0.0.1:9464"], true),
            (vec!["--metrics-addr", "0.0.0.0:9464"], false),
            (vec!["--metrics-addr", "0.0.0.0:9464", "--metrics-token", long], true),
            (vec!["--metrics-token", "short"], false),
        ] {
            let config = Config::from_flags(flags).unwrap();
            let mut found = Vec::new();
            config.metrics.check(Environment::Production, &mut found);
            assert_eq!(found.is_empty(), fine, "{:?} {found:?}", config.metrics);
            assert!(!format!("{config:?}").contains(long));
        }
    }
}

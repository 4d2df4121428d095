//! Whether the marketplaces answer, and whether this machine's clock agrees with theirs. A machine
//! without a network is no broken installation: the demo works, and so does reading.

use super::Finding;
use crate::config::Config;
use chrono::TimeDelta;
use outbound::{Front, Http, wildberries};
use services::Clock;

/// Marketplace keys and our own tokens name moments; a clock further off refuses good ones.
const MOST_SKEW: TimeDelta = TimeDelta::seconds(30);

pub(super) async fn marketplaces(config: &Config) -> Vec<Finding> {
    let name = "Wildberries";
    let front = match config.marketplaces.wildberries_base_url.as_deref().map(url::Url::parse) {
        None => Ok(Front::production()),
        Some(Ok(base)) => Front::through(base).map_err(|problem| problem.to_string()),
        // Said among the settings.
        Some(Err(_)) => return Vec::new(),
    };
    let front = match front {
        Ok(front) => front,
        Err(problem) => return vec![Finding::mend("WILDBERRIES_BASE_URL", problem)],
    };
    match wildberries::probe(&Http::new(), &front).await {
        Ok(date) => {
            let mut findings = vec![Finding::fine(name, "answers")];
            findings.extend(date.map(|date| clock(Clock::system().now() - date)));
            findings
        }
        Err(failure) => {
            let said = format!("not reachable ({failure}): syncs wait until it is");
            vec![Finding::mind(name, said)]
        }
    }
}

fn clock(skew: TimeDelta) -> Finding {
    if skew.abs() > MOST_SKEW {
        let seconds = skew.num_seconds();
        Finding::mend("clock", format!("{seconds} s off: switch on time synchronisation (NTP)"))
    } else {
        Finding::fine("clock", "agrees with the marketplace's")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_may_be_a_little_off() {
        assert!(!clock(TimeDelta::seconds(-20)).must_be_mended());
        assert!(clock(TimeDelta::seconds(-40)).must_be_mended());
        assert!(clock(TimeDelta::minutes(3)).must_be_mended());
    }
}

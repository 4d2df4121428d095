//! `stock-tracker doctor`: looks at everything that the program needs, changes nothing, and says what
//! to mend. Ends with 1 when something must be mended.

mod database;
mod finding;
mod here;
mod network;

use crate::config::Config;
use clap::Args;
pub use finding::Finding;
use std::process::ExitCode;

/// Checks the installation.
#[derive(Args)]
pub struct Doctor {
    #[command(flatten)]
    config: Config,
}

impl Doctor {
    pub(super) fn run(self) -> ExitCode {
        outbound::install_crypto_provider();
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
        let Ok(runtime) = runtime else {
            println!("{}", Finding::mend("system", "refuses threads: look at its limits"));
            return ExitCode::FAILURE;
        };
        let findings = runtime.block_on(findings(&self.config));
        for finding in &findings {
            println!("{finding}");
        }
        if findings.iter().any(Finding::must_be_mended) {
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        }
    }
}

/// Everything that was looked at, in the order in which one would mend it.
pub async fn findings(config: &Config) -> Vec<Finding> {
    let mut findings = here::settings(config);
    findings.push(here::data_folder(config));
    findings.extend(here::keys(config));
    findings.push(database::database(config).await);
    findings.push(here::mail(config));
    findings.push(here::dashboard());
    findings.extend(network::marketplaces(config).await);
    findings
}

//! How the marketplaces are reached.

use super::Problem;
use clap::Args;
use domain::Secret;

/// Addresses and secrets of the installation, not of a tenant.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Marketplaces")]
pub struct Marketplaces {
    /// The front of every Wildberries address: a proxy of yours, or the simulator
    /// (`http://127.0.0.1:4012`). The real host becomes the first part of the path.
    #[arg(long, env, value_name = "URL")]
    pub wildberries_base_url: Option<String>,
    /// The secret of a service in Wildberries' catalogue; raises the limits of base tokens.
    #[arg(long, env, hide_env_values = true, value_name = "SECRET")]
    pub wildberries_service_secret: Option<Secret>,
}

impl Marketplaces {
    pub(super) fn check(&self, found: &mut Vec<Problem>) {
        let is_address = |text: &String| url::Url::parse(text).is_ok_and(|url| url.has_host());
        if self.wildberries_base_url.as_ref().is_some_and(|text| !is_address(text)) {
            found.push(Problem::new(
                "WILDBERRIES_BASE_URL",
                "write an address such as http://127.0.0.1:4012, or leave it out",
            ));
        }
    }
}

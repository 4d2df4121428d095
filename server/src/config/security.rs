//! Keys, and who may register. Reading and making key files is the business of `keys`.

use super::{Environment, Problem, Switch};
use crate::keys;
use clap::Args;
use domain::{Plan, Secret};
use std::path::PathBuf;

/// Who may make a company.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Registration {
    /// Everybody.
    #[default]
    Open,
    /// Whoever was invited.
    Invite,
    /// Nobody.
    Closed,
}

/// Keys and limits.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Security")]
pub struct Security {
    /// Signs tokens: 32 characters or more. A list, separated by commas: the first signs, all verify.
    /// Outside production made once in `DATA_DIR`.
    #[arg(long, env, hide_env_values = true, value_name = "TEXT")]
    pub secret_key: Option<Secret>,
    /// Files with private keys as PEM that sign tokens so that others can verify them: RSA (RS256) or
    /// Ed25519 (`EdDSA`). A list, separated by commas: the first signs, all verify, beside `SECRET_KEY`.
    #[arg(long, env, value_delimiter = ',', value_name = "FILES")]
    pub jwt_private_key_file: Vec<PathBuf>,
    /// Encrypts stored marketplace keys: a Fernet key (32 bytes as URL-safe base64). A list: the first
    /// encrypts, all decrypt. Outside production made once in `DATA_DIR`. Lose it, and stored keys are lost.
    #[arg(long, env, hide_env_values = true, value_name = "KEY")]
    pub encryption_master_key: Option<Secret>,
    /// Who may register a company.
    #[arg(long, env, value_enum, default_value_t, value_name = "WHO")]
    pub registration: Registration,
    /// Limits on requests; `off` is for benchmarks and tests.
    #[arg(long, env, value_enum, default_value = "on", value_name = "SWITCH")]
    pub rate_limit: Switch,
    /// The plan that a new company begins with: free, starter, pro or enterprise. Its limits are on the
    /// page "Usage"; `stock-tracker tenants plan` gives a company another.
    #[arg(long, env, default_value = "free", value_parser = plan, value_name = "PLAN")]
    pub new_company_plan: Plan,
}

impl Security {
    pub(super) fn check(&self, environment: Environment, found: &mut Vec<Problem>) {
        let is_production = environment == Environment::Production;
        let keys = [
            ("SECRET_KEY", &self.secret_key, keys::signing_weakness as fn(&str) -> _),
            ("ENCRYPTION_MASTER_KEY", &self.encryption_master_key, keys::master_weakness),
        ];
        for (variable, given, weakness) in keys {
            match given {
                None if is_production => found.push(Problem::new(
                    variable,
                    format!("set it: production makes no keys of its own (try {})", keys::RECIPE),
                )),
                Some(list) if is_production || variable == "ENCRYPTION_MASTER_KEY" => found.extend(
                    keys::parts(list)
                        .filter_map(|key| weakness(key.expose()))
                        .map(|why| Problem::new(variable, why)),
                ),
                _ => {}
            }
        }
    }
}

/// Reads a plan's word.
pub fn plan(word: &str) -> Result<Plan, String> {
    word.to_lowercase()
        .parse()
        .map_err(|_| format!("write {}", Plan::ALL.map(Plan::as_str).join(", ")))
}

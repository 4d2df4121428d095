//! Demo shops.

use super::Switch;
use clap::Args;

/// Whether visitors may look around in a shop with invented data.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Demo")]
pub struct Demo {
    /// Whether "Look around with demo data" is offered. By default on, in production off.
    #[arg(long, env, value_name = "SWITCH")]
    pub demo: Option<Switch>,
}

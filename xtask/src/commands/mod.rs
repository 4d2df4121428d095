//! The commands, a file each.

mod run;
mod site;

use anyhow::Result;
use clap::Subcommand;

use crate::workspace::Workspace;

#[derive(Subcommand)]
pub enum Command {
    /// Build quickly and serve the product on http://127.0.0.1:8000
    Run(run::Run),
    /// Build only the dashboard, into target/site
    Site(site::Site),
}

impl Command {
    pub fn execute(self, workspace: &Workspace) -> Result<()> {
        match self {
            Self::Run(command) => command.execute(workspace),
            Self::Site(command) => command.execute(workspace),
        }
    }
}

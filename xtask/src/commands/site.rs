//! `site`: the dashboard without the server.

use anyhow::Result;
use clap::Args;

use crate::{
    site::{self, Effort},
    workspace::Workspace,
};

#[derive(Args)]
pub struct Site {
    /// As small as it gets: LTO, wasm-opt, the best compression
    #[arg(long)]
    release: bool,
}

impl Site {
    pub fn execute(self, workspace: &Workspace) -> Result<()> {
        let effort = if self.release { Effort::Full } else { Effort::Swift };
        site::build(workspace, effort).map(drop)
    }
}

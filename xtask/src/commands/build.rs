//! `build`: the binary to ship, with the dashboard inside.

use std::fs;

use anyhow::{Context, Result};
use clap::Args;

use super::run;
use crate::{
    site::{self, Effort},
    workspace::{NAME, Workspace},
};

#[derive(Args)]
pub struct Build;

impl Build {
    pub fn execute(workspace: &Workspace) -> Result<()> {
        let site = site::build(workspace, Effort::Full)?;
        run::server(workspace, "release", &site)?;
        let binary = workspace.output("release").join(NAME);
        let bytes = fs::metadata(&binary).context("look at the binary")?.len();
        eprintln!(
            "  {}: {}.{} MiB",
            binary.display(),
            bytes >> 20,
            ((bytes & 0xf_ffff) * 10) >> 20
        );
        Ok(())
    }
}

//! `openapi`: writes the description of the API that the server answers with,
//! so that its changes are seen in review.

use std::fs;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::{
    advice::Advise,
    cargo::{cargo, show},
    workspace::{NAME, Workspace},
};

/// Where the snapshot is.
const SNAPSHOT: &str = "docs/openapi.json";

#[derive(Args)]
pub struct Openapi {
    /// Only compare, and fail when the snapshot is old
    #[arg(long)]
    check: bool,
}

impl Openapi {
    pub fn execute(self, workspace: &Workspace) -> Result<()> {
        let mut command =
            cargo(workspace, &["run", "--quiet", "--package", "server", "--bin", NAME]);
        let output = command.args(["--", "openapi"]).output().context("start the server")?;
        if !output.status.success() {
            bail!("`{}`: {}", show(&command), String::from_utf8_lossy(&output.stderr));
        }
        let path = workspace.path(SNAPSHOT);
        if fs::read(&path).is_ok_and(|present| present == output.stdout) {
            eprintln!("  {SNAPSHOT} is as it should be");
            return Ok(());
        }
        if self.check {
            return Err(anyhow::anyhow!("{SNAPSHOT} is not what the server answers"))
                .advise("Run `cargo xtask openapi` and look at the difference.");
        }
        fs::write(&path, output.stdout).with_context(|| format!("write {SNAPSHOT}"))?;
        eprintln!("  wrote {SNAPSHOT}");
        Ok(())
    }
}

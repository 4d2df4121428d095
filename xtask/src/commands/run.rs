//! `run`: from a checkout to the product in the browser. xtask becomes the
//! server at the end, so that Ctrl-C and exit codes are the server's own.

use std::{os::unix::process::CommandExt, process::Command};

use anyhow::{Context, Result};
use clap::Args;

use crate::{
    advice::Advise,
    cargo::{self, cargo},
    site::{self, Effort, Site},
    step::step,
    workspace::{NAME, Workspace},
};

#[derive(Args)]
pub struct Run {
    /// Build, but don't serve
    #[arg(long)]
    no_serve: bool,
    /// More for `stock-tracker serve`, after `--`
    #[arg(last = true)]
    serve: Vec<String>,
}

impl Run {
    pub fn execute(self, workspace: &Workspace) -> Result<()> {
        let site = site::build(workspace, Effort::Swift)?;
        server(workspace, "swift", &site)?;
        if self.no_serve {
            return Ok(());
        }
        eprintln!("  serving; end with Ctrl-C");
        let error = Command::new(workspace.output("swift").join(NAME))
            .current_dir(workspace.root())
            .arg("serve")
            .args(self.serve)
            .exec();
        Err(error).context("start the server")
    }
}

/// The binary with the dashboard inside. It is told the dashboard's fingerprint,
/// so that it is compiled again when a file was added that it can't know of.
pub fn server(workspace: &Workspace, profile: &str, site: &Site) -> Result<()> {
    step(&format!("server ({profile})"), || {
        let mut command = cargo(workspace, &["build", "--package", "server", "--bin", NAME]);
        command.args(["--profile", profile]).env("STOCK_TRACKER_SITE", &site.fingerprint);
        cargo::run(&mut command)
            .advise("Mend what the compiler says above, or tell us if you changed nothing.")
    })
}

//! `fuzz-api`: schemathesis against a running server, every check of it. Takes
//! the operations from the server's own document and a person of its own.

use std::process::Command;

use anyhow::Result;
use clap::Args;

use super::{e2e::Servers, test};
use crate::{advice::Advise, cargo, machine::python, step::step, workspace::Workspace};

/// Makes the person and calls schemathesis.
const SCRIPT: &str = "tools/api/fuzz.py";

#[derive(Args)]
pub struct FuzzApi {
    /// More for `schemathesis run`, after `--`: `--max-examples 500`, `--seed 1`
    #[arg(last = true)]
    more: Vec<String>,
}

impl FuzzApi {
    pub fn execute(self, workspace: &Workspace) -> Result<()> {
        let folder = step("Python's libraries", || python::ensure(workspace))?;
        step("programs", || test::compile(workspace))?;
        let servers = step("servers", || Servers::start(workspace))?;
        let mut command = Command::new(python::interpreter(&folder));
        command.current_dir(workspace.root()).arg(SCRIPT).args(self.more);
        command.env("BASE_URL", &servers.base_url);
        let outcome = cargo::run(&mut command);
        if outcome.is_err() {
            eprintln!("  the server's last words:");
            servers.print_log();
        }
        outcome.advise("Each finding above has a curl command; mend the server or its document.")
    }
}

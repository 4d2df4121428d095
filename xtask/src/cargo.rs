//! Cargo inside cargo. Takes away the variables that `cargo run` set for xtask
//! itself: build scripts watch some of them and would run again each time.

use std::{env, ffi::OsString, process::Command};

use anyhow::{Result, bail};

use crate::workspace::Workspace;

/// A cargo command in the checkout's root.
pub fn cargo(workspace: &Workspace, arguments: &[&str]) -> Command {
    let program = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = Command::new(program);
    command.current_dir(workspace.root()).args(arguments);
    without_own_package(&mut command);
    command
}

/// Removes what describes xtask's own package.
fn without_own_package(command: &mut Command) {
    let own = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_CRATE_NAME", "CARGO_BIN_NAME"];
    for (name, _) in env::vars_os() {
        let Some(text) = name.to_str() else { continue };
        if own.iter().any(|prefix| text.starts_with(prefix)) || text == "LD_LIBRARY_PATH" {
            command.env_remove(text);
        }
    }
}

/// Whether cargo knows a subcommand, such as `nextest` or `deny`.
pub fn has_subcommand(workspace: &Workspace, name: &str) -> bool {
    cargo(workspace, &[name, "--version"]).output().is_ok_and(|output| output.status.success())
}

/// Runs a command to its end, its output visible.
pub fn run(command: &mut Command) -> Result<()> {
    let shown = show(command);
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => bail!("`{shown}` ended with {status}"),
        Err(error) => bail!("`{shown}` did not start: {error}"),
    }
}

/// The command as a person would type it.
pub fn show(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|part| part.to_string_lossy().into_owned())
        .collect::<Vec<_>>()
        .join(" ")
}

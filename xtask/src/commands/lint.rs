//! `lint`: what a reviewer should not have to look for.

use anyhow::{Result, bail};
use clap::Args;

use crate::{
    advice::{self, Advise},
    cargo::{self, cargo, has_subcommand},
    checks,
    machine::browser_target,
    step::step,
    workspace::Workspace,
};

/// A name and a check.
type Part = (&'static str, fn(&Workspace) -> Result<()>);

#[derive(Args)]
pub struct Lint {
    /// Only what takes seconds: formatting, dependencies, documents
    #[arg(long)]
    quick: bool,
}

impl Lint {
    pub fn execute(self, workspace: &Workspace) -> Result<()> {
        let mut parts: Vec<Part> = vec![
            ("formatting", formatting),
            ("who depends on whom", checks::layers),
            ("nothing unwanted in the trees", checks::unwanted),
            ("each dependency says what for", checks::comments),
            ("lock files name no host", checks::lockfiles),
            ("paths in the documents exist", checks::documents),
        ];
        if !self.quick {
            parts.push(("clippy", clippy));
            parts.push(("clippy for the browser", browser_clippy));
            if has_subcommand(workspace, "deny") {
                parts.push(("cargo deny", deny));
            }
        }
        let mut failed = Vec::new();
        for (name, part) in parts {
            if let Err(error) = step(name, || part(workspace)) {
                advice::report(&error);
                failed.push(name);
            }
        }
        if failed.is_empty() { Ok(()) } else { bail!("lint: {}", failed.join(", ")) }
    }
}

fn formatting(workspace: &Workspace) -> Result<()> {
    cargo::run(&mut cargo(workspace, &["fmt", "--all", "--check"])).advise("Run `cargo fmt --all`.")
}

fn clippy(workspace: &Workspace) -> Result<()> {
    let arguments = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
    cargo::run(&mut cargo(workspace, &arguments)).advise("Mend what clippy says above.")
}

/// The frontend is empty off the browser's target, and the app has other code there.
fn browser_clippy(workspace: &Workspace) -> Result<()> {
    browser_target::ensure()?;
    let mut command = cargo(workspace, &["clippy", "--package", "frontend", "--package", "app"]);
    command.args(["--lib", "--features", "app/hydrate", "--target", browser_target::NAME]);
    command.args(["--profile", "wasm-swift", "--", "-D", "warnings"]);
    cargo::run(&mut command).advise("Mend what clippy says above.")
}

fn deny(workspace: &Workspace) -> Result<()> {
    let arguments = ["deny", "--offline", "check", "bans", "licenses", "sources"];
    cargo::run(&mut cargo(workspace, &arguments)).advise("deny.toml says what is wished.")
}

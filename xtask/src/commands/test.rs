//! `test`: everything that has to hold. Browser tests come first, so that the
//! last lines are the summary of the Rust tests. A failed part does not keep
//! the others from being tried.

use std::fs;

use anyhow::{Context, Result, bail};
use clap::Args;

use super::e2e;
use crate::{
    advice::Advise,
    cargo::{self, cargo, has_subcommand},
    machine::{self, Tool, postgres::Postgres, python, redis::Redis},
    step::step,
    workspace::Workspace,
};

#[derive(Args)]
pub struct Test {
    /// Without browser, PostgreSQL and Redis: nothing but Rust is needed
    #[arg(long)]
    fast: bool,
    /// All eight combinations of language, theme and width, not a covering four
    #[arg(long, conflicts_with = "fast")]
    all: bool,
    /// Everything but the browser tests
    #[arg(long, conflicts_with = "fast")]
    no_browser: bool,
    /// More for `cargo nextest run`, after `--`: for example a filter
    #[arg(last = true)]
    nextest: Vec<String>,
}

impl Test {
    pub fn execute(self, workspace: &Workspace) -> Result<()> {
        let mut failed = Vec::new();
        if self.fast {
            let without = ["-E".to_owned(), "not test(/(^|::)(postgres|python)::/)".to_owned()];
            let more = [&without[..], &self.nextest].concat();
            attempt("Rust tests", &mut failed, || rust_tests(workspace, &more, &[]));
        } else {
            machine::ensure(&Tool::ALL)?;
            step("tests and programs", || compile(workspace))?;
            if !self.no_browser {
                attempt("browser tests", &mut failed, || e2e::run(workspace, self.all, &[], &[]));
            }
            attempt("documentation tests", &mut failed, || doc_tests(workspace));
            attempt("xtask's tests", &mut failed, || own_tests(workspace));
            let postgres = step("PostgreSQL", Postgres::start)?;
            let redis = step("Redis", Redis::start)?;
            let mut servers =
                vec![("TEST_POSTGRES_URL", postgres.url()), ("TEST_REDIS_URL", redis.url())];
            match step("Python's libraries", || python::ensure(workspace)) {
                Ok(folder) => servers
                    .push(("TEST_PYTHON", python::interpreter(&folder).display().to_string())),
                Err(error) => {
                    crate::advice::report(&error);
                    eprintln!("  the tests beside Python's libraries are left out");
                }
            }
            attempt("Rust tests", &mut failed, || rust_tests(workspace, &self.nextest, &servers));
        }
        if failed.is_empty() { Ok(()) } else { bail!("{} failed", failed.join(", ")) }
    }
}

/// Goes on after a failure, but remembers it.
fn attempt(name: &'static str, failed: &mut Vec<&'static str>, part: impl FnOnce() -> Result<()>) {
    if let Err(error) = part() {
        crate::advice::report(&error);
        failed.push(name);
    }
}

/// Programs and tests in one go: their dependencies get the same features, so
/// that nothing is compiled a second time for the browser tests.
pub fn compile(workspace: &Workspace) -> Result<()> {
    // A debug server reads the dashboard from this folder and resolves its path when it is compiled: where the folder
    // is missing then, as in a fresh checkout, it would find nothing in it afterwards.
    fs::create_dir_all(workspace.site()).context("make the folder of the dashboard")?;
    let mut command = cargo(workspace, &["build", "--bins", "--tests"]);
    cargo::run(command.args(PRODUCT)).advise("Mend what the compiler says above.")
}

/// Everything but xtask, whose dependencies have other features when it is
/// built alone, as it always is.
const PRODUCT: [&str; 3] = ["--workspace", "--exclude", "xtask"];

fn rust_tests(workspace: &Workspace, more: &[String], servers: &[(&str, String)]) -> Result<()> {
    let nextest = has_subcommand(workspace, "nextest");
    let mut command = if nextest {
        let mut command = cargo(workspace, &["nextest", "run"]);
        command.args(PRODUCT).args(["--no-fail-fast", "--no-tests", "pass"]);
        command
    } else {
        eprintln!(
            "  cargo-nextest is missing, so it is `cargo test`; `cargo install cargo-nextest --locked` brings it"
        );
        let mut command =
            cargo(workspace, &["test", "--bins", "--lib", "--tests", "--no-fail-fast"]);
        command.args(PRODUCT);
        command
    };
    command.args(more).envs(servers.iter().map(|(name, url)| (*name, url.as_str())));
    cargo::run(&mut command)
        .advise("The failed tests are listed above; `cargo xtask test -- NAME` runs one of them.")
}

fn doc_tests(workspace: &Workspace) -> Result<()> {
    let mut command = cargo(workspace, &["test", "--doc", "--quiet"]);
    cargo::run(command.args(PRODUCT)).advise("Mend the example in the documentation named above.")
}

fn own_tests(workspace: &Workspace) -> Result<()> {
    let mut command =
        cargo(workspace, &["test", "--quiet", "--profile", "xtask", "--package", "xtask"]);
    cargo::run(&mut command).advise("`cargo test --package xtask` runs them alone.")
}

//! The house: everything that builds, runs, tests and checks Stock Tracker, as
//! `cargo xtask <command>`. It installs what the tests need where it can, and
//! says what is missing where it can't. It never holds product rules.

mod advice;
mod cargo;
mod checks;
mod commands;
mod files;
mod machine;
mod process;
mod site;
mod step;
mod workspace;

use std::process::ExitCode;

use clap::Parser;

use crate::{commands::Command, workspace::Workspace};

/// Builds, runs, tests and checks Stock Tracker.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    process::stop_all_on_signals();
    let outcome = Workspace::find().and_then(|workspace| arguments.command.execute(&workspace));
    process::stop_all();
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            advice::report(&error);
            ExitCode::FAILURE
        }
    }
}

//! The commands, a file each.

mod bench;
mod build;
mod dev;
mod e2e;
mod fuzz_api;
mod install_tools;
mod lint;
mod openapi;
mod run;
mod site;
mod test;

use anyhow::Result;
use clap::Subcommand;

use crate::workspace::Workspace;

/// What xtask can do.
#[derive(Subcommand)]
pub enum Command {
    /// Build quickly and serve the product on <http://127.0.0.1:8000>
    Run(run::Run),
    /// Build target/release/stock-tracker, small and fast, the dashboard inside
    Build(build::Build),
    /// Run all tests; installs what they need where it can
    Test(test::Test),
    /// Run only the browser tests
    E2e(e2e::E2e),
    /// Check formatting, lints, dependencies and documents
    Lint(lint::Lint),
    /// Rebuild and restart on every change
    Dev(dev::Dev),
    /// Build only the dashboard, into target/site
    Site(site::Site),
    /// Write docs/openapi.json
    Openapi(openapi::Openapi),
    /// Fuzz the API with schemathesis, from its own OpenAPI document
    FuzzApi(fuzz_api::FuzzApi),
    /// Run the benchmarks
    Bench(bench::Bench),
    /// Install PostgreSQL, Redis, Chromium and Node for the tests
    InstallTools(install_tools::InstallTools),
}

impl Command {
    /// Does it.
    pub fn execute(self, workspace: &Workspace) -> Result<()> {
        match self {
            Self::Run(command) => command.execute(workspace),
            Self::Build(build::Build) => build::Build::execute(workspace),
            Self::Test(command) => command.execute(workspace),
            Self::E2e(command) => command.execute(workspace),
            Self::Lint(command) => command.execute(workspace),
            Self::Dev(command) => command.execute(workspace),
            Self::Site(command) => command.execute(workspace),
            Self::Openapi(command) => command.execute(workspace),
            Self::FuzzApi(command) => command.execute(workspace),
            Self::Bench(command) => command.execute(workspace),
            Self::InstallTools(install_tools::InstallTools) => {
                install_tools::InstallTools::execute(workspace)
            }
        }
    }
}

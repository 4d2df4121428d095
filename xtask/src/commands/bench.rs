//! `bench`: the measurements of `benches/`, optimized.

use anyhow::Result;
use clap::Args;

use crate::{
    advice::Advise,
    cargo::{self, cargo},
    workspace::Workspace,
};

#[derive(Args)]
pub struct Bench {
    /// A filter, or more for the benchmarks, after `--`
    #[arg(last = true)]
    more: Vec<String>,
}

impl Bench {
    pub fn execute(self, workspace: &Workspace) -> Result<()> {
        let mut command = cargo(workspace, &["bench", "--package", "benches", "--"]);
        cargo::run(command.args(self.more))
            .advise("The benchmarks are in benches/; the line above says what failed.")
    }
}

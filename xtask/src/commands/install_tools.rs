//! `install-tools`: what the tests need beside Rust, and their packages.

use anyhow::Result;
use clap::Args;

use crate::{
    machine::{self, Tool, node},
    step::step,
    workspace::Workspace,
};

#[derive(Args)]
pub struct InstallTools;

impl InstallTools {
    pub fn execute(workspace: &Workspace) -> Result<()> {
        machine::ensure(&Tool::ALL)?;
        for folder in ["end2end", "tools"] {
            step(&format!("packages of {folder}"), || node::install(&workspace.path(folder)))?;
        }
        Ok(())
    }
}

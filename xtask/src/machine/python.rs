//! Python with the pinned packages of `tools/requirements.txt`, in a virtual
//! environment under target/. Never touches the system's own packages.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::{advice::Advise, cargo, workspace::Workspace};

/// What is installed.
const REQUIREMENTS: &str = "tools/requirements.txt";

/// The environment's folder; made, or brought up to date, when it is not what
/// the requirements say.
pub fn ensure(workspace: &Workspace) -> Result<PathBuf> {
    let folder = workspace.cache("python");
    let wanted = fs::read_to_string(workspace.path(REQUIREMENTS))
        .with_context(|| format!("read {REQUIREMENTS}"))?;
    let stamp = folder.join("requirements.txt");
    if fs::read_to_string(&stamp).is_ok_and(|present| present == wanted) {
        return Ok(folder);
    }
    let mut venv = Command::new("python3");
    cargo::run(venv.args(["-m", "venv", "--clear"]).arg(&folder))
        .advise("`apt-get install python3-venv`, or another Python 3.10 or newer, brings it.")?;
    let mut install = Command::new(interpreter(&folder));
    install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"]);
    cargo::run(install.arg(workspace.path(REQUIREMENTS)))
        .advise("Look at what pip says above: the packages come from its index.")?;
    fs::write(&stamp, wanted).context("note what is installed")?;
    Ok(folder)
}

/// The environment's own Python.
pub fn interpreter(folder: &Path) -> PathBuf {
    folder.join("bin/python")
}

//! Node and the pinned packages of `tools/` and `end2end/`. Never installs a
//! package that a lock file does not name.

use std::{path::Path, process::Command};

use anyhow::Result;

use crate::{advice::Advise, cargo};

/// Whether npm can be called at all.
pub fn has_npm() -> bool {
    Command::new("npm").arg("--version").output().is_ok_and(|output| output.status.success())
}

/// `npm ci`, when the installed packages are not those of the lock file.
pub fn install(folder: &Path) -> Result<()> {
    let lock = folder.join("package-lock.json");
    let installed = folder.join("node_modules/.package-lock.json");
    let time = |path: &Path| path.metadata().and_then(|about| about.modified()).ok();
    if time(&installed).is_some_and(|there| time(&lock).is_some_and(|lock| there >= lock)) {
        return Ok(());
    }
    let mut command = Command::new("npm");
    command.current_dir(folder).args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]);
    cargo::run(&mut command)
        .advise(format!("Run `npm ci` in {} and look at what npm says.", folder.display()))
}

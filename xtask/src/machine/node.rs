//! Node and the pinned packages of `tools/` and `end2end/`. Never installs a
//! package that a lock file does not name.

use std::{path::Path, process::Command};

use anyhow::Result;

use crate::{advice::Advise, cargo};

/// What Playwright wants.
pub const OLDEST: u32 = 20;

/// The major version of Node, where there is one.
pub fn version() -> Option<u32> {
    let output = Command::new("node").arg("--version").output().ok()?;
    major(&String::from_utf8(output.stdout).ok()?)
}

fn major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_the_first_number() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major("not found"), None);
    }
}

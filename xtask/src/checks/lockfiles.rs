//! Lock files name versions and digests, never the host that a package came
//! from: who installs through a mirror of their own can use them as they are.

use std::fs;

use anyhow::{Context, Result};

use super::verdict;
use crate::workspace::Workspace;

/// Where npm's lock files are.
const NPM: [&str; 2] = ["end2end/package-lock.json", "tools/package-lock.json"];

/// Cargo's own word for the public index, whatever mirror stands in for it.
const INDEX: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Reads all lock files.
pub fn check(workspace: &Workspace) -> Result<()> {
    let mut complaints = Vec::new();
    for name in NPM {
        let text =
            fs::read_to_string(workspace.path(name)).with_context(|| format!("read {name}"))?;
        complaints.extend(hosts(name, &text));
    }
    let name = "Cargo.lock";
    let text = fs::read_to_string(workspace.path(name)).context("read Cargo.lock")?;
    complaints.extend(hosts(name, &text.replace(INDEX, "")));
    verdict(&complaints)
}

fn hosts(name: &str, text: &str) -> Vec<String> {
    let named = |line: &str| line.contains("://") || line.contains("\"resolved\"");
    let lines = text.lines().enumerate().filter(|(_, line)| named(line));
    lines.map(|(number, line)| format!("{name}:{}: {}", number + 1, line.trim())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_found_with_its_line() {
        let text = "{\n  \"resolved\": \"https://example.org/a.tgz\"\n}";
        assert_eq!(hosts("lock", text).len(), 1);
        assert!(hosts("lock", text)[0].starts_with("lock:2:"));
    }
}

//! Each third-party dependency of the root manifest has a comment above it that
//! says what it is for.

use std::fs;

use anyhow::{Context, Result};

use super::verdict;
use crate::workspace::Workspace;

/// Reads `Cargo.toml` as text: a parser would drop the comments.
pub fn check(workspace: &Workspace) -> Result<()> {
    let text = fs::read_to_string(workspace.path("Cargo.toml")).context("read Cargo.toml")?;
    verdict(&complaints(&text))
}

fn complaints(manifest: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    let mut inside = false;
    let mut above = "";
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line == "[workspace.dependencies]";
        } else if inside && !line.is_empty() && !line.starts_with('#') && !line.starts_with(' ') {
            let name = line.split([' ', '=']).next().unwrap_or(line);
            let ours = line.contains("path = ");
            if !ours && !above.starts_with('#') {
                complaints.push(format!("Cargo.toml: {name} has no comment above it"));
            }
        }
        above = line;
    }
    complaints
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_third_parties_without_a_comment_are_named() {
        let manifest = "[workspace.dependencies]\napp = { path = \"app\" }\n\n# JSON.\n\
                        serde_json = \"1\"\nserde = \"1\"\n\n[profile.dev]\ndebug = false\n";
        assert_eq!(complaints(manifest), ["Cargo.toml: serde has no comment above it"]);
    }
}

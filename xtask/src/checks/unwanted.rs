//! What must not be in the trees: in the browser no server code, nowhere a
//! second TLS library.

use anyhow::{Context, Result, bail};

use super::verdict;
use crate::{cargo::cargo, workspace::Workspace};

/// Server code that would fill a phone's memory.
const NOT_IN_THE_BROWSER: [&str; 8] =
    ["tokio", "sqlx", "reqwest", "axum", "services", "store", "outbound", "utoipa"];

/// TLS is rustls with ring.
const NOWHERE: [&str; 5] = ["openssl", "openssl-sys", "native-tls", "aws-lc-rs", "aws-lc-sys"];

/// Looks at the trees as cargo builds them, each with its own features.
pub fn check(workspace: &Workspace) -> Result<()> {
    let browser = tree(
        workspace,
        &["--package", "frontend", "--target", "wasm32-unknown-unknown", "--edges", "normal"],
    )?;
    let everything = tree(workspace, &["--workspace", "--edges", "normal,build"])?;
    let mut complaints = unwanted(&browser, &NOT_IN_THE_BROWSER, "the browser's module");
    complaints.extend(unwanted(&everything, &NOWHERE, "the dependencies"));
    verdict(&complaints)
}

fn unwanted(tree: &str, names: &[&str], place: &str) -> Vec<String> {
    names
        .iter()
        .filter(|name| tree.lines().any(|line| line.split(' ').next() == Some(**name)))
        .map(|name| format!("{name} is in {place}: `cargo tree --invert {name}` says by whom"))
        .collect()
}

fn tree(workspace: &Workspace, arguments: &[&str]) -> Result<String> {
    let mut command = cargo(workspace, &["tree", "--offline", "--prefix", "none"]);
    let output = command.args(arguments).output().context("start cargo tree")?;
    if !output.status.success() {
        bail!("cargo tree: {}", String::from_utf8_lossy(&output.stderr));
    }
    String::from_utf8(output.stdout).context("understand cargo tree")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_whole_word() {
        let tree = "tokio-stream v0.1.0\nserde v1.0.0 (*)\n";
        assert!(unwanted(tree, &["tokio"], "here").is_empty());
        assert_eq!(unwanted(tree, &["serde"], "here").len(), 1);
    }
}

//! Every path that a document names exists: in links, and in `code` that starts
//! with a folder of the checkout.

use std::{fs, path::Path};

use anyhow::{Context, Result};

use super::verdict;
use crate::{files, workspace::Workspace};

/// Made by building or running; absent in a fresh checkout.
const MADE: [&str; 7] = [
    "target",
    "data",
    "./data",
    "tools/node_modules",
    "end2end/node_modules",
    "end2end/shots",
    "end2end/test-results",
];

/// Reads all documents of the root and of `docs/`.
pub fn check(workspace: &Workspace) -> Result<()> {
    let root = workspace.root();
    let mut documents = files::list(&root.join("docs"))?;
    for entry in fs::read_dir(root).context("list the checkout")? {
        documents.push(entry?.path());
    }
    documents.retain(|path| path.extension().is_some_and(|ending| ending == "md"));
    documents.sort();
    let mut complaints = Vec::new();
    for document in documents {
        let text = fs::read_to_string(&document)
            .with_context(|| format!("read {}", document.display()))?;
        let shown = document.strip_prefix(root).unwrap_or(&document).display().to_string();
        for (number, line) in text.lines().enumerate() {
            let missing = named_paths(root, &document, line).filter(|(_, exists)| !exists);
            complaints.extend(
                missing.map(|(path, _)| format!("{shown}:{}: {path} does not exist", number + 1)),
            );
        }
    }
    verdict(&complaints)
}

/// Paths of a line, and whether they exist.
fn named_paths<'a>(
    root: &'a Path,
    document: &'a Path,
    line: &'a str,
) -> impl Iterator<Item = (&'a str, bool)> {
    let code = line.split('`').skip(1).step_by(2).filter(move |text| is_path(root, text));
    let code = code.map(move |text| (text, is_made(text) || root.join(text).exists()));
    let links = line.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next());
    let links = links.filter(|link| !link.is_empty() && !link.contains(':'));
    let folder = document.parent().unwrap_or(root);
    code.chain(links.map(move |link| (link, folder.join(link).exists())))
}

/// Only plain paths whose first part is in the checkout, or is made in it.
fn is_path(root: &Path, text: &str) -> bool {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "/._-".contains(letter);
    let first = text.split('/').next().unwrap_or_default();
    text.contains('/') && !first.is_empty() && text.chars().all(plain) && root.join(first).exists()
}

fn is_made(text: &str) -> bool {
    MADE.iter().any(|made| text == *made || text.starts_with(&format!("{made}/")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_told_from_other_code() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let document = root.join("README.md");
        let line = "`xtask/src/main.rs` `xtask/gone.rs` `GET /api/v1` [a](gone.md) `a::b/c`";
        let missing: Vec<&str> = named_paths(root, &document, line)
            .filter(|(_, exists)| !exists)
            .map(|(path, _)| path)
            .collect();
        assert_eq!(missing, ["xtask/gone.rs", "gone.md"]);
    }
}

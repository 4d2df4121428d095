//! Small helpers over folders: read a tree, bring a tree to a wished state.
//! Files that are right already are never touched, so that nothing is rebuilt
//! for a new time stamp.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// Files by their path inside a folder, with `/`.
pub type Tree = BTreeMap<String, Vec<u8>>;

/// All files below a folder; an absent folder is empty.
pub fn read_tree(folder: &Path) -> Result<Tree> {
    let mut tree = Tree::new();
    for path in list(folder)? {
        let bytes = fs::read(&path).with_context(|| format!("read {}", path.display()))?;
        tree.insert(relative(folder, &path)?, bytes);
    }
    Ok(tree)
}

/// Paths of all files below a folder, sorted; an absent folder is empty.
pub fn list(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(next) = waiting.pop() {
        if !next.is_dir() {
            continue;
        }
        for entry in fs::read_dir(&next).with_context(|| format!("list {}", next.display()))? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                waiting.push(entry.path());
            } else {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Makes a folder hold exactly this tree; answers how many files changed.
pub fn write_tree(folder: &Path, tree: &Tree) -> Result<usize> {
    let mut changed = 0;
    for path in list(folder)? {
        if !tree.contains_key(&relative(folder, &path)?) {
            fs::remove_file(&path).with_context(|| format!("remove {}", path.display()))?;
            changed += 1;
        }
    }
    for (name, bytes) in tree {
        let path = folder.join(name);
        if fs::read(&path).is_ok_and(|present| present == *bytes) {
            continue;
        }
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).with_context(|| format!("create {}", parent.display()))?;
        }
        fs::write(&path, bytes).with_context(|| format!("write {}", path.display()))?;
        changed += 1;
    }
    Ok(changed)
}

/// An empty folder at this place, whatever was there.
pub fn fresh(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("empty {}", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("create {}", folder.display()))
}

/// Sixteen hexadecimal digits of SHA-256: enough for a file's name.
pub fn short_hash(bytes: &[u8]) -> String {
    hex::encode(&Sha256::digest(bytes)[..8])
}

fn relative(folder: &Path, path: &Path) -> Result<String> {
    let inside = path.strip_prefix(folder).context("a file outside its folder")?;
    Ok(inside.to_string_lossy().replace('\\', "/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_is_written_once_and_strangers_are_removed() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("stranger"), "x").unwrap();
        let tree = Tree::from([("pkg/a.js".to_owned(), b"a".to_vec())]);
        assert_eq!(write_tree(folder.path(), &tree).unwrap(), 2);
        assert_eq!(write_tree(folder.path(), &tree).unwrap(), 0);
        assert_eq!(read_tree(folder.path()).unwrap(), tree);
    }

    #[test]
    fn an_absent_folder_is_an_empty_tree() {
        assert!(read_tree(Path::new("/nowhere/at/all")).unwrap().is_empty());
    }
}

//! The dashboard as files: module, chunks, style sheet and public files with
//! hashed names, precompressed twins, and the manifest that names them.
//! The same sources make the same files; what is right already is not touched.

mod compress;
mod css;
mod manifest;
mod module;
mod names;
mod optimize;
mod pack;
mod script;
mod sections;
mod sizes;
mod split;

use anyhow::{Context, Result};

use crate::{
    files::{self, Tree},
    step::step,
    workspace::Workspace,
};

use manifest::Manifest;

/// How much time the build may take to make the download small.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// No LTO, no wasm-opt, quick compression: for `run`, `dev` and the tests.
    Swift,
    /// Everything: for `build`.
    Full,
}

impl Effort {
    /// Cargo's profile for the browser's module.
    pub fn profile(self) -> &'static str {
        match self {
            Self::Swift => "wasm-swift",
            Self::Full => "wasm-release",
        }
    }
}

/// A built dashboard.
pub struct Site {
    /// Changes when any file changes; recompiles the binary that embeds them.
    pub fingerprint: String,
}

/// Builds or renews `target/site`.
pub fn build(workspace: &Workspace, effort: Effort) -> Result<Site> {
    let module = module::build(workspace, effort)?;
    let sheet = step("style sheet", || css::build(workspace))?;
    step("files", || assemble(workspace, effort, module, sheet))
}

fn assemble(
    workspace: &Workspace,
    effort: Effort,
    module: names::Named,
    sheet: Option<Vec<u8>>,
) -> Result<Site> {
    let mut tree = files::read_tree(&workspace.path("public"))?;
    tree.extend(module.files);
    let mut manifest = module.manifest;
    if let Some(sheet) = sheet {
        let name = names::hashed("pkg/stock-tracker", "css", &sheet);
        manifest.css = Some(name.clone());
        tree.insert(name, sheet);
    }
    let twins = compress::twins(&workspace.cache("twins"), effort, &tree)?;
    sizes::print(&manifest, &tree, &twins);
    tree.extend(twins);
    let text = serde_json::to_vec_pretty(&manifest).context("write the manifest")?;
    tree.insert("manifest.json".to_owned(), text);
    let changed = files::write_tree(&workspace.site(), &tree)?;
    if changed > 0 {
        eprintln!("  target/site: {changed} of {} files changed", tree.len());
    }
    Ok(Site { fingerprint: fingerprint(&tree) })
}

fn fingerprint(tree: &Tree) -> String {
    let mut all = Vec::new();
    for (name, bytes) in tree {
        all.extend_from_slice(name.as_bytes());
        all.extend_from_slice(files::short_hash(bytes).as_bytes());
    }
    files::short_hash(&all)
}

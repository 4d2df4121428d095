//! `target/site/manifest.json`: what the server needs to know of the built
//! dashboard. Described for readers in docs/development.md.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Names of the dashboard's files, relative to the site's root.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The style sheet; none when `style/main.css` is absent.
    pub css: Option<String>,
    /// The script that a page names: it loads the module and hydrates.
    pub start: String,
    /// The module's glue, imported by `start`.
    pub js: String,
    /// The main module, fetched by `start`.
    pub wasm: String,
    /// The lazy routes.
    pub split: Split,
}

/// Chunks of the lazy routes, in the words of Leptos's `WasmSplitManifest`:
/// names relative to `pkg/`, modules without `.wasm`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Split {
    /// The script that fetches chunks, imported by `js`; none without lazy routes.
    pub loader: Option<String>,
    /// For each lazy function the modules that it needs.
    pub chunks: BTreeMap<String, Vec<String>>,
}

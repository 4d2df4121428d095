//! Names of the built dashboard's files, as the server read them from `target/site/manifest.json`.

use std::collections::BTreeMap;

/// What the document links to. Provided as context by the server; without it (the dashboard was not
/// built) pages come without style and script, and still work.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    /// The style sheet: `pkg/stock-tracker.<hash>.css`.
    pub css: Option<String>,
    /// The script that loads the module and hydrates.
    pub start: Option<String>,
    /// The module's glue, named only to fetch it early.
    pub js: Option<String>,
    /// The main module, named only to fetch it early.
    pub wasm: Option<String>,
    /// The lazy routes' chunks.
    pub split: Option<Split>,
}

/// Chunks of the lazy routes, so that a page's own chunk is fetched along with the main module.
#[derive(Clone, Debug, Default)]
pub struct Split {
    /// The script that fetches chunks, relative to `pkg/`.
    pub loader: String,
    /// For each lazy function the modules that it needs, without `.wasm`.
    pub chunks: BTreeMap<String, Vec<String>>,
}

impl Assets {
    /// Tells Leptos which chunks a page may preload.
    #[cfg(feature = "ssr")]
    pub(crate) fn provide_split(&self) {
        use leptos::prelude::{ArcStoredValue, provide_context};
        if let Some(split) = &self.split {
            let chunks = split.chunks.clone().into_iter().collect();
            let manifest = ("/pkg".to_owned(), chunks, split.loader.clone());
            provide_context(leptos::WasmSplitManifest(ArcStoredValue::new(manifest)));
        }
    }
}

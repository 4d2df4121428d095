//! `manifest.json`, in which the build says how it named the dashboard's files.

use app::{Assets, Split};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Manifest {
    css: Option<String>,
    start: String,
    js: String,
    wasm: String,
    split: Chunks,
}

#[derive(Deserialize)]
struct Chunks {
    loader: Option<String>,
    chunks: BTreeMap<String, Vec<String>>,
}

/// The names; `None` when the file is not one of ours, which is said in the log.
pub fn read(bytes: &[u8]) -> Option<Assets> {
    let manifest: Manifest = serde_json::from_slice(bytes)
        .inspect_err(|error| tracing::error!(%error, "the dashboard's manifest can't be read"))
        .ok()?;
    let Chunks { loader, chunks } = manifest.split;
    Some(Assets {
        css: manifest.css,
        start: Some(manifest.start),
        js: Some(manifest.js),
        wasm: Some(manifest.wasm),
        split: loader.map(|loader| Split { loader, chunks }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read() {
        let text = br#"{"css":"pkg/a.css","start":"pkg/s.js","js":"pkg/a.js","wasm":"pkg/a.wasm",
            "split":{"loader":"l.js","chunks":{"f":["c"]}}}"#;
        let assets = read(text).unwrap();
        assert_eq!(assets.css.as_deref(), Some("pkg/a.css"));
        assert_eq!(assets.split.unwrap().chunks["f"], ["c"]);
        assert!(read(b"[]").is_none());
    }
}

//! `manifest.json`, in which the build says how it named the dashboard's files.

use app::Assets;
use serde::Deserialize;

/// What pages name of it; the start script names the rest.
#[derive(Deserialize)]
struct Manifest {
    css: Option<String>,
    start: String,
}

/// The names; `None` when the file is not one of ours, which is said in the log.
pub fn read(bytes: &[u8]) -> Option<Assets> {
    let manifest: Manifest = serde_json::from_slice(bytes)
        .inspect_err(|error| tracing::error!(%error, "the dashboard's manifest can't be read"))
        .ok()?;
    Some(Assets { css: manifest.css, start: Some(manifest.start) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read() {
        let text = br#"{"css":"pkg/a.css","start":"pkg/s.js","js":"pkg/a.js","wasm":"pkg/a.wasm"}"#;
        let assets = read(text).unwrap();
        assert_eq!(assets.css.as_deref(), Some("pkg/a.css"));
        assert_eq!(assets.start.as_deref(), Some("pkg/s.js"));
        assert!(read(b"[]").is_none());
    }
}

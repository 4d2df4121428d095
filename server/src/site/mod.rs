//! The built dashboard inside the binary: files with hashed names, kept for a year, in the
//! compression that the browser likes. Without a built dashboard pages come without style and script.

mod encoding;
mod manifest;

use app::Assets;
use axum::response::{IntoResponse, Response};
use encoding::Encoding;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use rust_embed::{EmbeddedFile, RustEmbed};
use std::fmt::Write as _;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../target/site"]
#[allow_missing = true]
struct Files;

/// What pages link to.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// The names of the main files.
    pub assets: Assets,
}

impl Site {
    /// Reads the manifest; a dashboard that was not built has none.
    pub fn load() -> Self {
        let manifest = Files::get("manifest.json");
        let assets = manifest.and_then(|file| manifest::read(&file.data)).unwrap_or_default();
        Self { assets }
    }

    /// Whether a dashboard is inside.
    pub fn is_built(&self) -> bool {
        self.assets.start.is_some()
    }

    /// The file under this path, if there is one.
    pub fn answer(&self, method: &Method, path: &str, headers: &HeaderMap) -> Option<Response> {
        let name = path.strip_prefix('/')?;
        let is_twin = name.rsplit_once('.').is_some_and(|(_, end)| matches!(end, "br" | "gz"));
        if name == "manifest.json" || is_twin || !matches!(*method, Method::GET | Method::HEAD) {
            return None;
        }
        let plain = Files::get(name)?;
        let etag = etag(&plain);
        if is_known(headers, &etag) {
            let mut response = StatusCode::NOT_MODIFIED.into_response();
            add_headers(name, &etag, None, response.headers_mut());
            return Some(response);
        }
        let (file, encoding) = Encoding::accepted(headers)
            .find_map(|encoding| Some((Files::get(&encoding.twin(name))?, Some(encoding))))
            .unwrap_or((plain, None));
        let mut response = file.data.into_owned().into_response();
        add_headers(name, &etag, encoding, response.headers_mut());
        Some(response)
    }
}

fn add_headers(name: &str, etag: &str, encoding: Option<Encoding>, headers: &mut HeaderMap) {
    let kind = content_type(name);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    let keep = if name.starts_with("pkg/") {
        "public, max-age=31536000, immutable"
    } else if name.starts_with("fonts/") {
        "public, max-age=604800"
    } else {
        "public, max-age=3600"
    };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(etag) = HeaderValue::from_str(etag) {
        headers.insert(header::ETAG, etag);
    }
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding.word()));
    }
}

/// Weak: the same for a file and its compressed twins.
fn etag(file: &EmbeddedFile) -> String {
    let mut tag = String::from("W/\"");
    for byte in &file.metadata.sha256_hash()[..12] {
        let _ = write!(tag, "{byte:02x}");
    }
    tag.push('"');
    tag
}

fn is_known(headers: &HeaderMap, etag: &str) -> bool {
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    known.is_some_and(|known| known.split(',').any(|tag| tag.trim() == etag))
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, end)| end) {
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        _ => "application/octet-stream",
    }
}

//! Addresses of pages of this installation, for letters and for whoever passes a link on.

use url::Url;

/// A page of this installation, with its host.
pub(crate) fn page(public_url: &Url, path_and_query: &str) -> String {
    let base = public_url.as_str().trim_end_matches('/');
    format!("{base}{path_and_query}")
}

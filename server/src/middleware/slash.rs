//! `/api/v1/products` and `/api/v1/products/` are one address: rewritten to the contract's spelling
//! before a route is looked for, so that no client is redirected and no body is lost.

use crate::openapi;
use axum::extract::Request;
use http::{Uri, uri::PathAndQuery};
use std::collections::HashSet;

/// The paths whose contract has a slash at the end.
pub struct Spellings(HashSet<String>);

impl Spellings {
    /// Read from the routes themselves.
    pub fn of_the_contract() -> Self {
        let paths = openapi::document().paths.paths.into_keys();
        Self(paths.filter(|path| path.len() > 1 && path.ends_with('/')).collect())
    }

    /// The contract's spelling, if it differs from what was asked.
    fn contracts(&self, path: &str) -> Option<String> {
        if !path.starts_with("/api/v1/") && !path.starts_with("/health") {
            return None;
        }
        let bare = path.strip_suffix('/').unwrap_or(path);
        let slashed = format!("{bare}/");
        let meant = if self.0.contains(&slashed) { slashed } else { bare.to_owned() };
        (meant != path).then_some(meant)
    }
}

/// Replaces the path by the contract's spelling.
pub fn rewrite(spellings: &Spellings, request: &mut Request) {
    let Some(path) = spellings.contracts(request.uri().path()) else { return };
    let meant = match request.uri().query() {
        Some(query) => format!("{path}?{query}"),
        None => path,
    };
    let mut parts = request.uri().clone().into_parts();
    parts.path_and_query = PathAndQuery::try_from(meant).ok();
    if let Ok(uri) = Uri::from_parts(parts) {
        *request.uri_mut() = uri;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings_are_the_contracts() {
        let spellings = Spellings(HashSet::from(["/api/v1/products/".into(), "/health/".into()]));
        for (asked, meant) in [
            ("/api/v1/products", Some("/api/v1/products/")),
            ("/api/v1/products/", None),
            ("/api/v1/auth/login/", Some("/api/v1/auth/login")),
            ("/api/v1/auth/login", None),
            ("/api/v1/products/0190/", Some("/api/v1/products/0190")),
            ("/health", Some("/health/")),
            ("/health/live/", Some("/health/live")),
            ("/products/", None),
        ] {
            assert_eq!(spellings.contracts(asked).as_deref(), meant, "{asked}");
        }
    }
}

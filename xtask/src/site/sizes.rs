//! Says how much a browser downloads. Never fails a build: the budget is
//! checked where the numbers are measured.

use super::{Manifest, names};
use crate::files::Tree;

/// Prints the first load and each chunk, as they are and with brotli.
pub fn print(manifest: &Manifest, tree: &Tree, twins: &Tree) {
    let size = |name: &str| {
        let plain = tree.get(name).map_or(0, Vec::len);
        (plain, twins.get(&format!("{name}.br")).map_or(plain, Vec::len))
    };
    let loader = manifest.split.loader.as_ref().map(|name| format!("pkg/{name}"));
    let first: Vec<&str> = [&manifest.start, &manifest.js, &manifest.wasm]
        .into_iter()
        .chain(loader.as_ref())
        .map(String::as_str)
        .collect();
    let (plain, packed) =
        first.iter().map(|name| size(name)).fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    eprintln!("  first load: {} KB, brotli {} KB", kilobytes(plain), kilobytes(packed));
    for (name, bytes) in tree {
        let chunk = names::is_module(name) && *name != manifest.wasm;
        if chunk || Some(name) == manifest.css.as_ref() {
            let packed = kilobytes(size(name).1);
            eprintln!("    {name}: {} KB, brotli {packed} KB", kilobytes(bytes.len()));
        }
    }
}

/// Thousands of bytes with one decimal, without floating point.
fn kilobytes(bytes: usize) -> String {
    format!("{}.{}", bytes / 1000, bytes % 1000 / 100)
}

//! Cuts the compiled module at its lazy routes. The main module still needs
//! wasm-bindgen afterwards; the chunks don't.

use std::{collections::BTreeMap, path::Path};

use anyhow::{Result, anyhow};
use wasm_split_cli_support::{Options, transform};

use crate::workspace::NAME;

/// The main module as the splitter leaves it.
pub const MAIN: &str = "split-main.wasm";

/// The script that fetches chunks, before it has its hash.
pub const LOADER: &str = "split.js";

/// What the splitter made of the module.
pub struct Split {
    /// For each lazy function the file stems of the modules that it needs.
    pub chunks: BTreeMap<String, Vec<String>>,
}

/// Writes the main module, the chunks and the loader into a folder.
pub fn split(compiled: &[u8], folder: &Path) -> Result<Split> {
    let main = folder.join(MAIN);
    let glue = format!("./{NAME}.js");
    let link = format!("./{LOADER}");
    let mut options = Options::new(compiled);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.main_module = &glue;
    options.link_name = &link;
    let made = transform(options).map_err(|error| anyhow!("split the module: {error:#}"))?;
    Ok(Split { chunks: made.prefetch_map.into_iter().collect() })
}

//! wasm-opt, from the pinned npm package in `tools/`. Optional: without npm the
//! module is larger and works the same.

use std::{fs, path::Path, process::Command, sync::Once};

use anyhow::{Context, Result};

use crate::{advice::Advise, cargo, machine::node, workspace::Workspace};

/// What Chromium, Firefox and Safari all accept. `--all-features` would make
/// modules that they refuse.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

static SAID: Once = Once::new();

/// Makes one module smaller, in place.
pub fn optimize(workspace: &Workspace, module: &Path) -> Result<()> {
    let folder = workspace.path("tools");
    let program = folder.join("node_modules/.bin/wasm-opt");
    if !program.exists() && !node::has_npm() {
        SAID.call_once(|| {
            eprintln!("  npm is missing: wasm-opt is left out, the module stays larger");
        });
        return Ok(());
    }
    if !program.exists() {
        node::install(&folder)?;
    }
    let smaller = module.with_extension("wasm-opt");
    let mut command = Command::new(program);
    command.arg("-Oz").args(FEATURES).arg(module).arg("-o").arg(&smaller);
    cargo::run(&mut command).advise("Remove tools/node_modules and run this command again.")?;
    fs::rename(&smaller, module).context("put the smaller module in place")
}

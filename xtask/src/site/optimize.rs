//! wasm-opt, from the pinned npm package in `tools/`. Optional: without npm the
//! module is larger and works the same.

use std::{
    fs,
    num::NonZeroUsize,
    path::{Path, PathBuf},
    process::Command,
    sync::{Mutex, PoisonError},
    thread,
};

use anyhow::{Context, Result, anyhow};

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

/// Makes modules smaller, in place, as many at once as there are processors.
pub fn optimize(workspace: &Workspace, modules: Vec<PathBuf>) -> Result<()> {
    let folder = workspace.path("tools");
    let program = folder.join("node_modules/.bin/wasm-opt");
    if !node::has_npm() && !program.exists() {
        eprintln!("  npm is missing: wasm-opt is left out, the dashboard stays larger");
        return Ok(());
    }
    node::install(&folder)?;
    let workers = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let waiting = Mutex::new(modules);
    let take = || waiting.lock().unwrap_or_else(PoisonError::into_inner).pop();
    let work = || {
        while let Some(module) = take() {
            one(&program, &module)?;
        }
        Ok(())
    };
    thread::scope(|scope| {
        let running: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        running
            .into_iter()
            .try_for_each(|worker| worker.join().map_err(|_| anyhow!("wasm-opt was lost"))?)
    })
}

fn one(program: &Path, module: &Path) -> Result<()> {
    let smaller = module.with_extension("wasm-opt");
    let mut command = Command::new(program);
    command.arg("-Oz").args(FEATURES).arg(module).arg("-o").arg(&smaller);
    cargo::run(&mut command).advise("Remove tools/node_modules and run this command again.")?;
    fs::rename(&smaller, module).context("put the smaller module in place")
}

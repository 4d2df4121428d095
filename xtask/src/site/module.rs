//! The browser's module: compiled, split at the lazy routes, given its glue by
//! wasm-bindgen, optimized, named. Kept while the compiled module and xtask are
//! the same, because splitting and optimizing take longer than anything else.

use std::{env, fs, path::Path, time::UNIX_EPOCH};

use anyhow::{Context, Result};

use super::{
    Effort, names,
    names::{Named, Raw},
    optimize, sections, split,
};
use crate::{
    advice::Advise,
    cargo::{self, cargo},
    files::{self, read_tree, write_tree},
    machine::browser_target,
    step::step,
    workspace::{NAME, Workspace},
};

/// Modules below this many bytes are not optimized.
const WORTHWHILE: u64 = 4096;

/// Compiles the frontend and makes the files under `pkg/` of it.
pub fn build(workspace: &Workspace, effort: Effort) -> Result<Named> {
    browser_target::ensure()?;
    let profile = effort.profile();
    step(&format!("module ({profile})"), || compile(workspace, profile))?;
    let compiled = fs::read(workspace.wasm_output(profile).join("frontend.wasm"))
        .context("read the compiled module")?;

    let kept = workspace.cache(profile);
    let key = format!("{} {}", files::short_hash(&compiled), own_version()?);
    if fs::read_to_string(kept.join("key")).is_ok_and(|present| present == key) {
        return restore(&kept);
    }
    let named =
        step("split and bind", || process(&compiled, &kept.join("raw"), effort, workspace))?;
    keep(&kept, &named)?;
    fs::write(kept.join("key"), key).context("remember the module")?;
    Ok(named)
}

/// `cargo rustc`, so that only the last crate gets the linker's flag: splitting
/// needs the relocations, and the dependencies stay as plain cargo knows them.
fn compile(workspace: &Workspace, profile: &str) -> Result<()> {
    let mut command = cargo(workspace, &["rustc", "--package", "frontend", "--lib"]);
    command.args([
        "--crate-type",
        "cdylib",
        "--target",
        browser_target::NAME,
        "--profile",
        profile,
    ]);
    command.args(["--", "-C", "link-arg=--emit-relocs"]);
    cargo::run(&mut command)
        .advise("Mend what the compiler says above; the browser's code is in app/ and frontend/.")
}

fn process(compiled: &[u8], raw: &Path, effort: Effort, workspace: &Workspace) -> Result<Named> {
    files::fresh(raw)?;
    let split = split::split(compiled, raw)?;
    wasm_bindgen_cli_support::Bindgen::new()
        .input_path(raw.join(split::MAIN))
        .web(true)?
        .typescript(false)
        // The chunks import what the linker exported.
        .keep_lld_exports(true)
        .demangle(false)
        .keep_debug(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .out_name(NAME)
        .generate(raw)
        .context("wasm-bindgen")?;
    fs::remove_file(raw.join(split::MAIN)).context("remove the module that bindgen read")?;
    let mut modules = files::list(raw)?;
    modules.retain(|path| path.extension().is_some_and(|extension| extension == "wasm"));
    for path in &modules {
        let slim = sections::without_descriptions(&fs::read(path)?)
            .with_context(|| format!("read {}", path.display()))?;
        fs::write(path, slim)?;
    }
    if effort == Effort::Full {
        // Starting the optimizer takes longer than a small chunk gains by it: those travel packed together.
        modules.retain(|path| path.metadata().is_ok_and(|about| about.len() >= WORTHWHILE));
        step("wasm-opt", || optimize::optimize(workspace, modules))?;
    }
    names::name(Raw { files: read_tree(raw)?, chunks: split.chunks })
}

fn restore(kept: &Path) -> Result<Named> {
    let text = fs::read(kept.join("manifest.json")).context("read the kept manifest")?;
    Ok(Named {
        files: read_tree(&kept.join("named"))?,
        manifest: serde_json::from_slice(&text).context("understand the kept manifest")?,
    })
}

fn keep(kept: &Path, named: &Named) -> Result<()> {
    write_tree(&kept.join("named"), &named.files)?;
    let text = serde_json::to_vec(&named.manifest).context("keep the manifest")?;
    fs::write(kept.join("manifest.json"), text).context("keep the manifest")
}

/// Another xtask may make other files of the same module.
fn own_version() -> Result<String> {
    let about = env::current_exe().and_then(fs::metadata).context("look at xtask itself")?;
    let changed = about.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default();
    Ok(format!("{} {}", about.len(), changed.as_nanos()))
}

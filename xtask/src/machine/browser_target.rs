//! Rust's standard library for the browser. Part of the toolchain, but not of
//! every machine's.

use std::{
    env, fs,
    process::{Command, Stdio},
};

use anyhow::{Context, Result};

use crate::{advice::Advise, cargo, step::step};

/// Rust's name of the browser.
pub const NAME: &str = "wasm32-unknown-unknown";

/// Lets rustup bring it when it is missing.
pub fn ensure() -> Result<()> {
    let answer = Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
        .args(["--print", "target-libdir", "--target", NAME])
        .stderr(Stdio::inherit())
        .output()
        .context("ask rustc for its targets")?;
    let folder = String::from_utf8_lossy(&answer.stdout).trim().to_owned();
    let present = fs::read_dir(&folder).is_ok_and(|mut files| files.next().is_some());
    if answer.status.success() && present {
        return Ok(());
    }
    step("rustup target add", || {
        cargo::run(Command::new("rustup").args(["target", "add", NAME]))
            .advise(format!("Run `rustup target add {NAME}`, then this command again."))
    })
}

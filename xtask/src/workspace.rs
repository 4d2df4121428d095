//! Where things are. Never creates anything.

use std::{
    env,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

/// The name of the binary, of the module and of the style sheet.
pub const NAME: &str = "stock-tracker";

/// The folders of this checkout.
pub struct Workspace {
    root: PathBuf,
    target: PathBuf,
}

impl Workspace {
    /// The checkout that this xtask was compiled from.
    pub fn find() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .context("xtask has no folder above it")?
            .to_path_buf();
        let target = env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| root.join("target"), |folder| root.join(PathBuf::from(folder)));
        Ok(Self { root, target })
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A path inside the checkout.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// The built dashboard. Always in the checkout, wherever cargo's own output
    /// goes: the server embeds it by this path.
    pub fn site(&self) -> PathBuf {
        self.root.join("target/site")
    }

    /// Intermediate results and caches of xtask itself.
    pub fn cache(&self, what: &str) -> PathBuf {
        self.target.join("house").join(what)
    }

    /// Cargo's output for a profile; `dev` lives in `debug`.
    pub fn output(&self, profile: &str) -> PathBuf {
        self.target.join(if profile == "dev" { "debug" } else { profile })
    }

    /// The same for the browser's target.
    pub fn wasm_output(&self, profile: &str) -> PathBuf {
        self.target.join("wasm32-unknown-unknown").join(profile)
    }
}

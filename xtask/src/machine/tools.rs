//! The programs that the tests need beside Rust. All of them come as packages
//! of the distribution; browsers of a test tool's own are never downloaded.

use anyhow::{Result, anyhow};

use super::{apt, chromium, node, postgres, redis};
use crate::advice::Advise;

/// A program, how to find it, and what brings it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tool {
    Node,
    Chromium,
    Postgres,
    Redis,
}

impl Tool {
    /// Everything that the whole test suite uses.
    pub const ALL: [Self; 4] = [Self::Node, Self::Chromium, Self::Postgres, Self::Redis];
    /// What browser tests use.
    pub const BROWSER: [Self; 2] = [Self::Node, Self::Chromium];

    fn present(self) -> bool {
        match self {
            Self::Node => node::has_npm() && node::version().is_some(),
            Self::Chromium => chromium::find().is_some(),
            Self::Postgres => postgres::find().is_some(),
            Self::Redis => redis::find().is_some(),
        }
    }

    /// Debian's packages.
    fn packages(self) -> &'static [&'static str] {
        match self {
            Self::Node => &["nodejs", "npm"],
            // Without any font the browser shows boxes for what ours lacks.
            Self::Chromium => &["chromium", "fonts-dejavu-core"],
            Self::Postgres => &["postgresql"],
            Self::Redis => &["redis-server"],
        }
    }
}

/// Installs what is missing, or says the command that does.
pub fn ensure(tools: &[Tool]) -> Result<()> {
    let missing: Vec<Tool> = tools.iter().copied().filter(|tool| !tool.present()).collect();
    if !missing.is_empty() {
        install(&missing)?;
    }
    match node::version() {
        Some(version) if tools.contains(&Tool::Node) && version < node::OLDEST => {
            Err(anyhow!("Node {version} is too old for the browser tests")).advise(format!(
                "Install Node {} or newer; the distribution's is not always.",
                node::OLDEST
            ))
        }
        _ => Ok(()),
    }
}

fn install(missing: &[Tool]) -> Result<()> {
    let packages: Vec<&str> = missing.iter().flat_map(|tool| tool.packages()).copied().collect();
    apt::install(&packages)?;
    match missing.iter().find(|tool| !tool.present()) {
        None => Ok(()),
        Some(tool) => Err(apt::by_hand(tool.packages(), "was installed but is not found")),
    }
}

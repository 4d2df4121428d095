//! `dev`: rebuilds what changed and starts the server anew. Looks at time
//! stamps twice a second; the tree is small, and this works everywhere.

use std::{
    path::Path,
    process::Command,
    thread,
    time::{Duration, SystemTime},
};

use anyhow::Result;
use clap::Args;

use crate::{
    advice::{self, Advise},
    cargo::{self, cargo},
    files,
    process::Guarded,
    site::{self, Effort},
    step::{Stopwatch, step},
    workspace::{NAME, Workspace},
};

/// What the dashboard is made of, and what only the server is made of.
const DASHBOARD: [&str; 7] =
    ["app", "frontend", "style", "public", "crates/domain", "crates/planning", "Cargo.toml"];
const SERVER: [&str; 3] = ["server", "crates", "migrations"];

const PAUSE: Duration = Duration::from_millis(500);

#[derive(Args)]
pub struct Dev {
    /// More for `stock-tracker serve`, after `--`
    #[arg(last = true)]
    serve: Vec<String>,
}

impl Dev {
    pub fn execute(self, workspace: &Workspace) -> Result<()> {
        let (mut dashboard, mut server) = (None, None);
        let mut running: Option<Guarded> = None;
        loop {
            let now = (newest(workspace, &DASHBOARD)?, newest(workspace, &SERVER)?);
            let stale = (dashboard != Some(now.0), server != Some(now.1));
            if stale.0 || stale.1 {
                (dashboard, server) = (Some(now.0), Some(now.1));
                // After a mistake the old server goes on, so that the page stays.
                if let Err(error) = rebuild(workspace, stale.0) {
                    advice::report(&error);
                } else {
                    drop(running.take());
                    running = Some(start(workspace, &self.serve)?);
                }
            }
            thread::sleep(PAUSE);
        }
    }
}

/// The dev server reads `target/site` from disk, so that it is not compiled
/// again for a new style sheet.
fn rebuild(workspace: &Workspace, dashboard: bool) -> Result<()> {
    let watch = Stopwatch::start();
    if dashboard {
        site::build(workspace, Effort::Swift)?;
    }
    step("server (dev)", || {
        let mut command = cargo(workspace, &["build", "--package", "server", "--bin", NAME]);
        cargo::run(&mut command).advise("Mend what the compiler says above and save.")
    })?;
    eprintln!("  ready after {:.1} s", watch.seconds());
    Ok(())
}

fn start(workspace: &Workspace, more: &[String]) -> Result<Guarded> {
    let mut command = Command::new(workspace.output("dev").join(NAME));
    Guarded::start("the server", command.current_dir(workspace.root()).arg("serve").args(more))
}

/// The latest change below any of these, and how many files there are: a
/// removed file changes the second.
fn newest(workspace: &Workspace, places: &[&str]) -> Result<(Option<SystemTime>, usize)> {
    let mut paths = Vec::new();
    for place in places {
        let path = workspace.path(place);
        if path.is_file() { paths.push(path) } else { paths.extend(files::list(&path)?) }
    }
    let changed = |path: &Path| path.metadata().and_then(|about| about.modified()).ok();
    Ok((paths.iter().filter_map(|path| changed(path)).max(), paths.len()))
}

//! `e2e`: the product in Chromium. Starts the built server and a simulated
//! marketplace on free ports, with a data folder of their own; nothing leaves
//! the machine.

use std::{
    fs::File,
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::{Context, Result, bail};
use clap::Args;
use tempfile::TempDir;

use super::test;
use crate::{
    advice::Advise,
    cargo,
    machine::{self, Tool, chromium, node},
    process::{Guarded, answers, free_port, listens, until},
    site::{self, Effort},
    step::step,
    workspace::{NAME, Workspace},
};

#[derive(Args)]
pub struct E2e {
    /// Every page in all 32 combinations of language, theme, width and state, and the specs in all eight of language,
    /// theme and width; otherwise the eight and the four in which every pair meets
    #[arg(long)]
    all: bool,
    /// Renew the pictures in docs/images
    #[arg(long)]
    pictures: bool,
    /// More for `playwright test`, after `--`: a file, `--headed`, `-g NAME`
    #[arg(last = true)]
    playwright: Vec<String>,
}

impl E2e {
    pub fn execute(self, workspace: &Workspace) -> Result<()> {
        machine::ensure(&Tool::BROWSER)?;
        step("programs", || test::compile(workspace))?;
        if self.pictures {
            let more = ["tests/pictures.spec.ts".to_owned(), "--project=en-light-1440".to_owned()];
            return run(workspace, false, &more, &[("E2E_PICTURES", "1")]);
        }
        run(workspace, self.all, &self.playwright, &[])
    }
}

/// Builds the dashboard, starts the servers, runs Playwright, stops them.
pub fn run(
    workspace: &Workspace,
    all: bool,
    more: &[String],
    variables: &[(&str, &str)],
) -> Result<()> {
    site::build(workspace, Effort::Swift)?;
    let folder = workspace.path("end2end");
    step("Node packages", || node::install(&folder))?;
    let servers = step("servers", || Servers::start(workspace))?;

    let mut command = Command::new("node");
    command.current_dir(&folder).arg("node_modules/@playwright/test/cli.js").arg("test").args(more);
    command.env("BASE_URL", &servers.base_url).env("SIMULATOR_URL", &servers.simulator_url);
    // What only the machine's command line does: making an operator.
    command.env("STOCK_TRACKER", workspace.output("dev").join(NAME));
    command.env("STOCK_TRACKER_DATA", servers.folder.path().join("data"));
    command.env("CHROMIUM_PATH", chromium::find().context("Chromium is gone")?);
    command.envs(variables.iter().copied());
    if all {
        command.env("E2E_ALL", "1");
    }
    let outcome = cargo::run(&mut command);
    if outcome.is_err() {
        eprintln!("  the server's last words:");
        servers.print_log();
    }
    outcome.advise("Traces and screenshots are in end2end/test-results; `cargo xtask e2e -- -g NAME` runs one test.")
}

/// The product and its marketplace, for as long as the tests run.
pub struct Servers {
    /// Where the product answers.
    pub base_url: String,
    simulator_url: String,
    // Declared before the folder: the servers end first.
    _server: Guarded,
    _simulator: Guarded,
    folder: TempDir,
}

impl Servers {
    /// Starts both and waits until they answer.
    pub fn start(workspace: &Workspace) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("stock-tracker-e2e-").tempdir()?;
        let programs = workspace.output("dev");
        let (port, simulator_port) = (free_port()?, free_port()?);
        let simulator_url = format!("http://127.0.0.1:{simulator_port}");
        let simulator = Guarded::start(
            "the simulator",
            logged(&programs.join("simulator"), &folder, "simulator.log")?
                .args(["--listen", &format!("127.0.0.1:{simulator_port}")])
                .args(["--skus", "200", "--days", "90", "--seed", "1"]),
        )?;
        let mut server = Guarded::start(
            "the server",
            logged(&programs.join(NAME), &folder, "server.log")?
                .arg("serve")
                .env("API_HOST", "127.0.0.1")
                .env("API_PORT", port.to_string())
                .env("DATA_DIR", folder.path().join("data"))
                .env("RATE_LIMIT", "off")
                .env("DEMO", "on")
                // Specs invite people and connect shops: the free plan has few places.
                .env("NEW_COMPANY_PLAN", "pro")
                .env("WILDBERRIES_BASE_URL", &simulator_url)
                .env_remove("DATABASE_URL")
                .current_dir(folder.path()),
        )?;
        let up = until(Duration::from_mins(1), &mut || {
            answers(port, "/health/live") && listens(simulator_port)
                || matches!(server.ended(), Ok(Some(_)) | Err(_))
        });
        let servers = Self {
            base_url: format!("http://127.0.0.1:{port}"),
            simulator_url,
            _server: server,
            _simulator: simulator,
            folder,
        };
        if !up || !answers(port, "/health/live") {
            servers.print_log();
            bail!("the server did not come up on port {port}");
        }
        Ok(servers)
    }

    /// The last lines of both.
    pub fn print_log(&self) {
        for name in ["simulator.log", "server.log"] {
            let text = std::fs::read_to_string(self.folder.path().join(name)).unwrap_or_default();
            let lines: Vec<&str> = text.lines().collect();
            for line in &lines[lines.len().saturating_sub(30)..] {
                eprintln!("    {name}: {line}");
            }
        }
    }
}

/// A program whose output goes to a file of the folder.
fn logged(program: &Path, folder: &TempDir, log: &str) -> Result<Command> {
    let file = File::create(folder.path().join(log)).with_context(|| format!("create {log}"))?;
    let mut command = Command::new(program);
    command.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file);
    Ok(command)
}

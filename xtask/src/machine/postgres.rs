//! A PostgreSQL cluster of the tests' own: a temporary folder, a free port, no
//! socket, nothing synced to disk. Never touches a cluster of the machine.

use std::{
    fs,
    os::unix::{fs::chown, process::CommandExt},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

use super::users::{self, User};
use crate::{
    advice::Advise,
    process::{Guarded, free_port, until},
};

const SUPERUSER: &str = "postgres";

/// Durability and sockets off; the rest is as installed.
const SETTINGS: [&str; 7] = [
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "unix_socket_directories=",
    "max_connections=200",
    "log_min_messages=fatal",
    "logging_collector=off",
];

/// A running cluster; gone when dropped.
pub struct Postgres {
    port: u16,
    // Declared before the folder: the server ends first.
    server: Guarded,
    _folder: TempDir,
}

impl Postgres {
    pub fn start() -> Result<Self> {
        let programs = find().context("PostgreSQL is not installed")?;
        let folder = tempfile::Builder::new().prefix("stock-tracker-pg-").tempdir()?;
        let user = users::to_become();
        if let Some(User { uid, gid }) = user {
            chown(folder.path(), Some(uid), Some(gid)).context("hand over the cluster's folder")?;
        }
        let data = folder.path().join("data");
        initialize(&programs, &data, user)?;
        let port = free_port()?;
        let server = Guarded::start("PostgreSQL", &mut serve(&programs, &data, port, user))?;
        let mut cluster = Self { port, server, _folder: folder };
        cluster.wait(&programs)?;
        Ok(cluster)
    }

    /// The address for a superuser; tests make their own databases and roles.
    pub fn url(&self) -> String {
        format!("postgres://{SUPERUSER}@127.0.0.1:{}/postgres", self.port)
    }

    fn wait(&mut self, programs: &Path) -> Result<()> {
        let port = self.port.to_string();
        let mut ready = Command::new(programs.join("pg_isready"));
        ready.args(["-q", "-h", "127.0.0.1", "-p", &port, "-U", SUPERUSER]);
        let server = &mut self.server;
        let up = until(Duration::from_secs(30), &mut || {
            ready.status().is_ok_and(|status| status.success())
                || matches!(server.ended(), Ok(Some(_)) | Err(_))
        });
        if !up || server.ended()?.is_some() {
            bail!("PostgreSQL did not start on port {port}; it says why above");
        }
        Ok(())
    }
}

/// The folder of its programs: the newest of Debian's, or what PATH has.
pub fn find() -> Option<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin")))
        })
        .filter(|(_, programs)| programs.join("initdb").exists())
        .collect();
    versions.sort();
    versions.pop().map(|(_, programs)| programs).or_else(on_path)
}

fn on_path() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).find(|folder| folder.join("initdb").exists())
}

fn initialize(programs: &Path, data: &Path, user: Option<User>) -> Result<()> {
    let mut command = as_user(&programs.join("initdb"), user);
    command.arg("-D").arg(data).args(["-U", SUPERUSER, "--auth=trust", "--no-sync"]);
    // Letters of every language have cases; sorting is by code point.
    command.args(["--encoding=UTF8", "--locale=C.UTF-8"]);
    let output = command.output().context("start initdb")?;
    if output.status.success() {
        return Ok(());
    }
    Err(anyhow::anyhow!("initdb: {}", String::from_utf8_lossy(&output.stderr).trim()))
        .advise("Look at what initdb says; the temporary folder needs some 50 MB.")
}

fn serve(programs: &Path, data: &Path, port: u16, user: Option<User>) -> Command {
    let mut command = as_user(&programs.join("postgres"), user);
    command.arg("-D").arg(data).args(["-h", "127.0.0.1", "-p", &port.to_string()]);
    for setting in SETTINGS {
        command.args(["-c", setting]);
    }
    command.stdout(Stdio::null());
    command
}

fn as_user(program: &Path, user: Option<User>) -> Command {
    let mut command = Command::new(program);
    command.stdin(Stdio::null()).current_dir("/");
    if let Some(User { uid, gid }) = user {
        command.uid(uid).gid(gid);
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::listens;

    #[test]
    fn a_cluster_answers_while_it_is_held() {
        if find().is_none() {
            return;
        }
        let cluster = Postgres::start().unwrap();
        let port = cluster.port;
        assert!(listens(port) && cluster.url().ends_with("/postgres"));
        drop(cluster);
        assert!(!listens(port));
    }
}

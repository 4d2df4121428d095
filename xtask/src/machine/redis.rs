//! A Redis of the tests' own: a free port, nothing kept. Never touches a Redis
//! of the machine.

use std::{
    path::PathBuf,
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

use crate::process::{Guarded, free_port, listens, until};

/// A running Redis; gone when dropped.
pub struct Redis {
    port: u16,
    _server: Guarded,
    _folder: TempDir,
}

impl Redis {
    pub fn start() -> Result<Self> {
        let program = find().context("Redis is not installed")?;
        let folder = tempfile::Builder::new().prefix("stock-tracker-redis-").tempdir()?;
        let port = free_port()?;
        let mut command = Command::new(program);
        command.args(["--port", &port.to_string(), "--bind", "127.0.0.1"]);
        command.args(["--save", "", "--appendonly", "no", "--daemonize", "no"]);
        command.arg("--dir").arg(folder.path()).stdout(Stdio::null());
        let server = Guarded::start("Redis", &mut command)?;
        if !until(Duration::from_secs(15), &mut || listens(port)) {
            bail!("Redis did not start on port {port}");
        }
        Ok(Self { port, _server: server, _folder: folder })
    }

    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }
}

/// Its program, where PATH has it.
pub fn find() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join("redis-server"))
        .find(|file| file.exists())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_listens_while_it_is_held() {
        if find().is_none() {
            return;
        }
        let redis = Redis::start().unwrap();
        let port = redis.port;
        assert!(listens(port) && redis.url().starts_with("redis://"));
        drop(redis);
        assert!(!listens(port));
    }
}

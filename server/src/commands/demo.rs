//! `stock-tracker demo`: everything in a temporary folder, gone at the end.

use super::serve::serve;
use crate::config::{Config, DatabaseUrl, Switch};
use anyhow::bail;
use clap::Args;

/// Serves a demo and leaves nothing behind.
#[derive(Args)]
pub struct ServeDemo {
    #[command(flatten)]
    config: Config,
}

impl ServeDemo {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let mut config = self.config;
        if config.is_production() {
            bail!("a demo is not for production: leave ENVIRONMENT out");
        }
        let folder = tempfile::tempdir()?;
        config.server.data_dir = folder.path().to_path_buf();
        config.database.database_url = Some(DatabaseUrl::file_in(folder.path()));
        config.database.auto_migrate = Some(Switch::On);
        config.security.secret_key = None;
        config.security.jwt_private_key_file.clear();
        config.security.encryption_master_key = None;
        config.demo.demo = Some(Switch::On);
        super::begin(&config, || {
            serve(&config, true, |address| {
                println!(
                    "Open {address} and press \"Look around with demo data\". \
                     Ctrl-C ends it; nothing is kept."
                );
            })
        })
    }
}

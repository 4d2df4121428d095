//! `stock-tracker demo`: everything in a temporary folder, gone at the end.

use super::serve::serve;
use crate::config::{Config, DatabaseUrl, Switch};
use clap::Args;

/// Serves a demo and leaves nothing behind.
#[derive(Args)]
pub struct Demo {
    #[command(flatten)]
    config: Config,
}

impl Demo {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let mut config = self.config;
        let folder = tempfile::tempdir()?;
        config.server.data_dir = folder.path().to_path_buf();
        config.database.database_url = Some(DatabaseUrl::file_in(folder.path()));
        config.database.auto_migrate = Some(Switch::On);
        config.demo.demo = Some(Switch::On);
        super::begin(&config, || serve(&config, true))
    }
}

//! `stock-tracker migrate`.

use crate::{config::Config, start};
use clap::Args;

/// Brings the database up to date; safe to run from several places at once.
#[derive(Args)]
pub struct Migrate {
    #[command(flatten)]
    config: Config,
}

impl Migrate {
    pub(super) fn run(self) -> anyhow::Result<()> {
        super::begin(&self.config, || async {
            let store = start::store(&self.config)?;
            store.migrate().await?;
            store.verify().await?;
            store.close().await;
            println!("The database is up to date.");
            Ok(())
        })
    }
}

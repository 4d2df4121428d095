//! `stock-tracker import`: takes over the data of the original Python service.

use crate::{
    config::{Config, DatabaseUrl},
    start,
};
use anyhow::Context;
use clap::Args;
use domain::Secret;
use services::{Vault, operator::import};
use store::Original;

/// Reads the original's database, which stays as it is, and takes what can be taken. Run again, it changes nothing.
#[derive(Args)]
pub struct Import {
    /// The original's database, `postgresql://user:password@host/name`; `SQLAlchemy`'s `postgresql+driver://` is understood.
    #[arg(long, value_name = "URL")]
    from: DatabaseUrl,
    /// What the original encrypted keys with; by default the `ENCRYPTION_MASTER_KEY` of this installation.
    #[arg(long, value_name = "KEY")]
    encryption_key: Option<Secret>,
    #[command(flatten)]
    config: Config,
}

impl Import {
    pub(super) fn run(self) -> anyhow::Result<()> {
        super::begin(&self.config, || async {
            let (services, store) = start::operator(&self.config).await?;
            let vault = match &self.encryption_key {
                Some(key) => Vault::new(key).map_err(|_| {
                    anyhow::anyhow!("--encryption-key is not 32 bytes in URL-safe base64")
                })?,
                None => services.vault.clone(),
            };
            let mut original = Original::open(self.from.expose())
                .await
                .context("the original's database can't be read")?;
            let report = import::import(&services, &mut original, &vault).await?;
            original.close().await?;
            store.close().await;
            print!("{report}");
            Ok(())
        })
    }
}

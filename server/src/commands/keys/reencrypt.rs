//! `stock-tracker keys reencrypt`.

use crate::{config::Config, start};
use anyhow::bail;
use clap::Args;
use services::operator;

/// Encrypts every stored secret anew. Stopped and begun again, it goes over what is done without writing.
#[derive(Args)]
pub struct Reencrypt {
    #[command(flatten)]
    config: Config,
}

impl Reencrypt {
    pub(super) fn run(self) -> anyhow::Result<()> {
        super::super::begin(&self.config, || async {
            let (services, store) = start::operator(&self.config).await?;
            let done = operator::reencrypt(&services, |so_far| {
                println!("{} looked at, {} encrypted anew", so_far.seen, so_far.renewed);
            })
            .await?;
            store.close().await;
            println!(
                "Done: {} secrets, {} encrypted anew, {} changed meanwhile, {} could not be opened.",
                done.seen, done.renewed, done.changed, done.shut
            );
            if done.shut > 0 {
                bail!(
                    "some secrets could not be opened: keep the old keys, the log names the places"
                );
            }
            Ok(())
        })
    }
}

//! `stock-tracker work`: the worker alone.

use super::serve::{ready, stopped};
use crate::{config::Config, jobs, start};
use clap::Args;
use tokio_util::sync::CancellationToken;

/// Works on syncs until it is told to stop.
#[derive(Args)]
pub struct Work {
    #[command(flatten)]
    config: Config,
}

impl Work {
    pub(super) fn run(self) -> anyhow::Result<()> {
        super::begin(&self.config, || async {
            let store = start::store(&self.config)?;
            ready(&self.config, &store).await?;
            let services = start::services(&self.config, store.clone())?;
            let stop = CancellationToken::new();
            let worker = tokio::spawn(jobs::work(services.clone(), stop.clone()));
            tracing::info!("working");
            stopped().await;
            stop.cancel();
            worker.await?;
            services.settle().await;
            store.close().await;
            Ok(())
        })
    }
}

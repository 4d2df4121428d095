//! `stock-tracker work`: the worker alone.

use super::serve::{GRACE, stopped};
use crate::{
    config::Config,
    gate::Gate,
    jobs,
    keys::watch::Watch,
    metrics::{self, Metrics},
    start,
};
use clap::Args;
use tokio::time::timeout;
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
            let mut asked_to_stop = stopped();
            let metrics = Metrics::of(&self.config.metrics)?;
            let listener = metrics::listener::bind(self.config.metrics.metrics_addr).await?;
            let watch = Watch::new(&self.config);
            let store = start::store(&self.config)?;
            start::migrate_if_wanted(&self.config, &store).await?;
            let gate = Gate::default();
            tokio::select! {
                verified = gate.open_when_verified(&store) => verified?,
                () = &mut asked_to_stop => return Ok(()),
            }
            let services = start::services(&self.config, store.clone(), start::Choices::default())?;
            let stop = CancellationToken::new();
            let worker = tokio::spawn(jobs::work::work(services.clone(), stop.clone()));
            let watching = tokio::spawn(jobs::keys::watch(services.clone(), watch, stop.clone()));
            let measuring = tokio::spawn(metrics::listener::serve(
                metrics,
                listener,
                services.clone(),
                stop.clone(),
            ));
            tracing::info!("working");
            asked_to_stop.await;
            stop.cancel();
            if let Ok(ended) = timeout(GRACE, worker).await {
                ended?;
            } else {
                tracing::warn!("a sync did not end in time; its lease hands it on");
            }
            watching.await?;
            measuring.await?;
            services.settle().await;
            store.close().await;
            Ok(())
        })
    }
}

//! `stock-tracker serve`: the doors and, unless told otherwise, the worker.

use crate::{config::Config, jobs, router, start};
use anyhow::Context;
use clap::Args;
use std::{net::SocketAddr, time::Duration};
use store::Store;
use tokio::{net::TcpListener, signal::unix};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// How long requests and jobs under way may take once the process is asked to end.
const GRACE: Duration = Duration::from_secs(25);

/// Serves until it is told to stop.
#[derive(Args)]
pub struct Serve {
    /// Leaves the syncs to `stock-tracker work`.
    #[arg(long)]
    no_worker: bool,
    #[command(flatten)]
    config: Config,
}

impl Serve {
    pub(super) fn run(self) -> anyhow::Result<()> {
        super::begin(&self.config, || serve(&self.config, !self.no_worker))
    }
}

pub(super) async fn serve(config: &Config, works: bool) -> anyhow::Result<()> {
    let address = SocketAddr::new(config.server.api_host, config.server.api_port);
    let listener = TcpListener::bind(address).await.with_context(|| {
        format!(
            "{address} can't be listened on; is another copy running? API_PORT chooses another port"
        )
    })?;
    let store = start::store(config)?;
    if config.migrates_at_start() {
        store.migrate().await?;
    }
    let services = start::services(config, store.clone())?;
    let stop = CancellationToken::new();
    let state = start::state(config, services.clone(), stop.clone());
    let gate = state.gate.clone();
    if !state.site.is_built() {
        tracing::warn!(
            "the dashboard is not built: pages come without style and script (`cargo xtask run` builds it)"
        );
    }

    let background = TaskTracker::new();
    let verified = {
        let (store, stop) = (store.clone(), stop.clone());
        tokio::spawn(async move { stop.run_until_cancelled(gate.open_when_verified(&store)).await })
    };
    if works {
        background.spawn(jobs::work(services.clone(), stop.clone()));
    }
    background.spawn(jobs::sweep(services.clone(), stop.clone()));
    background.close();

    let app = router::router(state).into_make_service_with_connect_info::<SocketAddr>();
    let asked = stop.clone();
    let server =
        axum::serve(listener, app).with_graceful_shutdown(async move { asked.cancelled().await });
    let server = tokio::spawn(async move { server.await });
    println!("Stock Tracker: {}", config.server.public_url());

    let outcome = tokio::select! {
        () = stopped() => Ok(()),
        verified = verified => match verified? {
            Some(Err(error)) => Err(error.into()),
            _ => { stopped().await; Ok(()) }
        },
    };
    tracing::info!("stopping: requests and jobs under way come to their end");
    stop.cancel();
    let ended = async {
        if let Err(error) = server.await {
            tracing::error!(%error, "the listener broke");
        }
        background.wait().await;
        services.settle().await;
        store.close().await;
    };
    if tokio::time::timeout(GRACE, ended).await.is_err() {
        tracing::warn!("something did not end in time and is cut off; its job goes on elsewhere");
    }
    outcome
}

/// The database in order, migrated first where that is wanted.
pub(super) async fn ready(config: &Config, store: &Store) -> anyhow::Result<()> {
    if config.migrates_at_start() {
        store.migrate().await?;
    }
    store.verify().await?;
    Ok(())
}

/// Waits for SIGTERM or Ctrl-C.
pub(super) async fn stopped() {
    match unix::signal(unix::SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
        }
        Err(_) => drop(tokio::signal::ctrl_c().await),
    }
}

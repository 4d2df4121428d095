//! `stock-tracker serve`: the doors and, unless told otherwise, the worker.

use crate::{
    config::Config,
    jobs,
    keys::watch::Watch,
    metrics::{self, Metrics},
    router, start,
};
use anyhow::Context;
use clap::Args;
use std::{net::SocketAddr, time::Duration};
use tokio::{net::TcpListener, signal::unix, sync::oneshot};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// How long requests and jobs under way may take once the process is asked to end.
pub(super) const GRACE: Duration = Duration::from_secs(25);

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
        super::begin(&self.config, || {
            serve(&self.config, !self.no_worker, |address| println!("Stock Tracker: {address}"))
        })
    }
}

/// Serves; `ready` hears the address once requests are answered.
pub(super) async fn serve(
    config: &Config,
    works: bool,
    ready: impl FnOnce(&str),
) -> anyhow::Result<()> {
    let mut asked_to_stop = stopped();
    let address = SocketAddr::new(config.server.api_host, config.server.api_port);
    let listener = TcpListener::bind(address).await.with_context(|| {
        format!(
            "{address} can't be listened on; is another copy running? API_PORT chooses another port"
        )
    })?;
    let metrics = Metrics::of(&config.metrics)?;
    let metrics_listener = metrics::listener::bind(config.metrics.metrics_addr).await?;
    let watch = Watch::new(config);
    let store = start::store(config)?;
    start::migrate_if_wanted(config, &store).await?;
    let services = start::services(config, store.clone(), start::Choices::default())?;
    let stop = CancellationToken::new();
    let state = start::state(config, services.clone(), metrics.clone(), stop.clone());
    let gate = state.gate.clone();
    let port = listener.local_addr()?.port();
    if !state.site.is_built() {
        tracing::warn!(
            "the dashboard is not built: pages come without style and script (`cargo xtask run` builds it)"
        );
    }

    let background = TaskTracker::new();
    let (found_in_order, in_order) = oneshot::channel();
    let verified = tokio::spawn({
        let (store, stop) = (store.clone(), stop.clone());
        async move {
            let outcome = stop.run_until_cancelled(gate.open_when_verified(&store)).await;
            // Dropped without a word, nothing is worked on.
            if let Some(Ok(())) = outcome {
                let _nobody_waits = found_in_order.send(());
            }
            outcome
        }
    });
    background.spawn({
        let (services, stop) = (services.clone(), stop.clone());
        async move {
            if in_order.await.is_ok() {
                let sweeping = jobs::sweep::sweep(services.clone(), stop.clone());
                let working = async {
                    if works {
                        jobs::work::work(services, stop).await;
                    }
                };
                tokio::join!(sweeping, working);
            }
        }
    });
    background.spawn(jobs::keys::watch(services.clone(), watch, stop.clone()));
    background.spawn(metrics::listener::serve(
        metrics,
        metrics_listener,
        services.clone(),
        stop.clone(),
    ));
    background.close();

    let app = router::router(state).into_make_service_with_connect_info::<SocketAddr>();
    let asked = stop.clone();
    let server =
        axum::serve(listener, app).with_graceful_shutdown(async move { asked.cancelled().await });
    let server = tokio::spawn(async move { server.await });
    ready(&config.server.public_url_on(port));

    let outcome = tokio::select! {
        () = &mut asked_to_stop => Ok(()),
        // What waiting can't mend ends the process: a newer schema, walls that don't hold.
        verified = verified => if let Some(Err(error)) = verified? {
            Err(error.into())
        } else {
            asked_to_stop.await;
            Ok(())
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

/// Waits for SIGTERM or Ctrl-C; the Ctrl-C after it ends the process at once. Listens from the call on, not from the
/// first poll: a signal that comes while the process starts is not lost.
pub(super) fn stopped() -> impl Future<Output = ()> + Unpin {
    let terminate = unix::signal(unix::SignalKind::terminate());
    let interrupt = unix::signal(unix::SignalKind::interrupt());
    Box::pin(async move {
        match (terminate, interrupt) {
            (Ok(mut terminate), Ok(mut interrupt)) => {
                tokio::select! {
                    _ = terminate.recv() => {}
                    _ = interrupt.recv() => {}
                }
            }
            _ => drop(tokio::signal::ctrl_c().await),
        }
        tokio::spawn(async {
            if tokio::signal::ctrl_c().await.is_ok() {
                std::process::exit(130);
            }
        });
    })
}

//! `/metrics` on an address of its own: for a server and for a worker without doors alike.

use super::{Metrics, door};
use anyhow::Context;
use axum::{Router, routing::get};
use services::Services;
use std::net::SocketAddr;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// Listens, if an address was set.
pub async fn bind(address: Option<SocketAddr>) -> anyhow::Result<Option<TcpListener>> {
    let Some(address) = address else { return Ok(None) };
    let listener = TcpListener::bind(address).await;
    let listener =
        listener.with_context(|| format!("METRICS_ADDR: {address} can't be listened on"))?;
    Ok(Some(listener))
}

/// Answers until told to stop, and folds what is collected.
pub async fn serve(
    metrics: Metrics,
    listener: Option<TcpListener>,
    services: Services,
    stop: CancellationToken,
) {
    let folding = metrics.clone().fold(stop.clone());
    let serving = async {
        let Some(listener) = listener else { return };
        let app = Router::new()
            .route("/metrics", get(door::on_own_address))
            .with_state((metrics, services));
        let asked = stop.clone();
        let ended = axum::serve(listener, app)
            .with_graceful_shutdown(async move { asked.cancelled().await })
            .await;
        if let Err(error) = ended {
            tracing::error!(%error, "the listener of the measures broke");
        }
    };
    tokio::join!(folding, serving);
}

//! What every door needs at hand. Clones are cheap.

use crate::{gate::Gate, metrics::Metrics, site::Site};
use axum::extract::FromRef;
use leptos::config::LeptosOptions;
use services::Services;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// Put together once at start.
#[derive(Clone, FromRef)]
pub struct AppState {
    /// The product.
    pub services: Services,
    /// The built dashboard.
    pub site: Arc<Site>,
    /// Whether the database has been found in order.
    pub gate: Gate,
    /// Cancelled when the process is asked to end; event streams end with it.
    pub shutdown: CancellationToken,
    /// How the doors are set up.
    pub doors: Arc<Doors>,
    /// Names that Leptos wants to know.
    pub leptos: LeptosOptions,
}

/// Settings of the doors, which no service needs.
#[derive(Clone, Debug, Default)]
pub struct Doors {
    /// Sites whose scripts may call the API.
    pub cors_origins: Vec<String>,
    /// Whether people come over https.
    pub https: bool,
    /// What a monitor may read.
    pub metrics: Metrics,
}

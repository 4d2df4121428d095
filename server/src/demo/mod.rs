//! The simulated marketplace behind demo shops: inside this process, on a loopback port that nobody is told.

mod world;

use crate::problem::Problem;
use anyhow::Context;
use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use domain::ApiError;
use http::header;
use outbound::Front;
use services::{Clock, demo::DemoWorld};
use simulator::{Limiting, Settings, Simulator, WarehouseNames};
use std::{net::Ipv4Addr, sync::Arc};
use world::World;

/// Every demo looks at the same shop.
const SEED: u64 = 20_261;
/// Cards of it.
const SKUS: u32 = 96;
/// Ordered pieces a day and card: a small shop with a few best sellers.
const MEAN_ORDERS: f64 = 0.9;

/// The simulated marketplace, answering.
pub struct Simulated {
    /// How it is reached.
    pub front: Front,
    /// What it knows.
    pub world: Arc<dyn DemoWorld>,
}

impl Simulated {
    /// Opens it, and answers as soon as there is a runtime at work.
    pub fn open(clock: &Clock) -> anyhow::Result<Self> {
        let time = clock.clone();
        let settings = Settings {
            seed: SEED,
            skus: SKUS,
            days: world::DAYS_BEFORE,
            watched_from: Some(world::anchor(clock.now())),
            mean_orders: MEAN_ORDERS,
            warehouses: WarehouseNames::Named,
            limits: Limiting::Off,
            ..Settings::default()
        };
        let simulator = Simulator::new(settings, simulator::Clock::following(move || time.now()));
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .context("the demo's marketplace has no port to listen on; DEMO=off goes without")?;
        let port = listener.local_addr()?.port();
        listener.set_nonblocking(true)?;
        let served = simulator.clone();
        tokio::spawn(async move {
            let answer = async {
                served
                    .serve(tokio::net::TcpListener::from_std(listener)?, std::future::pending())
                    .await
            };
            if let Err(error) = answer.await {
                tracing::error!(%error, "the demo's marketplace ended");
            }
        });
        let address = format!("http://127.0.0.1:{port}").parse().context("a loopback address")?;
        Ok(Self {
            front: Front::demo(address).context("the demo's marketplace")?,
            world: Arc::new(World::new(simulator, clock.clone())),
        })
    }
}

/// `GET /demo-photos/{nm}.svg`: the picture of a demo's card.
pub async fn photo(Path(file): Path<String>) -> Response {
    let Some(article) = file.strip_suffix(".svg").and_then(|name| name.parse().ok()) else {
        return Problem::from(ApiError::not_found("picture")).into_response();
    };
    let headers =
        [(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "public, max-age=86400")];
    (headers, simulator::photo_svg(article)).into_response()
}

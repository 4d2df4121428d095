//! A simulated shop with its doors: what tests and the demo hold in their hands.
//!
//! Only wiring: the world is in `world`, the methods in `routes`.

use crate::counts::{Calls, Counts};
use crate::faults::{Fault, Faults};
use crate::limits::Limits;
use crate::ozon::truth::OzonTruth;
use crate::ozon::{self, OzonKeys, Side};
use crate::problem::Place;
use crate::random::hash;
use crate::routes::nm_report::Reports;
use crate::tokens::{self, Keys, TokenError};
use crate::world::{ChangeError, Where, World};
use crate::{Clock, Limiting, Operation, Recipe, Settings, control, routes};
use axum::Router;
use chrono::{DateTime, TimeDelta, Utc};
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::net::TcpListener;
use uuid::Uuid;

/// A Wildberries and an Ozon of one shop. Clones are the same one.
#[derive(Clone)]
pub struct Simulator(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub settings: Settings,
    pub clock: Clock,
    pub world: World,
    pub ozon: Side,
    pub limits: Limits,
    pub faults: Faults,
    pub counts: Counts,
    pub reports: Reports,
    requests: AtomicU64,
}

impl Simulator {
    /// Opens a shop: a sum over its cards, nothing more (milliseconds for 100,000).
    pub fn new(settings: Settings, clock: Clock) -> Self {
        let world = World::new(&settings, clock.now());
        let ozon = Side::new(world.on_ozon());
        let faults = Faults::default();
        faults.follow(settings.recipe.clone());
        Self(Arc::new(Inner {
            settings,
            clock,
            world,
            ozon,
            limits: Limits::default(),
            faults,
            counts: Counts::default(),
            reports: Reports::default(),
            requests: AtomicU64::new(0),
        }))
    }

    /// All hosts, each as a first path segment: `/content-api.wildberries.ru/ping`.
    pub fn router(&self) -> Router {
        let router = routes::router(self).merge(ozon::router(self));
        if self.0.settings.control { router.merge(control::router(self)) } else { router }
    }

    /// Answers on a listener until told to stop.
    pub async fn serve(
        &self,
        listener: TcpListener,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> std::io::Result<()> {
        axum::serve(listener, self.router()).with_graceful_shutdown(stop).await
    }

    /// What is really so.
    pub fn world(&self) -> &World {
        &self.0.world
    }

    /// What is really so on Ozon's side.
    pub fn ozon(&self) -> OzonTruth<'_> {
        OzonTruth(&self.0.ozon)
    }

    /// The world's clock.
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// The time in the world.
    pub fn now(&self) -> DateTime<Utc> {
        self.0.clock.now()
    }

    /// Lets time pass.
    pub fn advance(&self, by: TimeDelta) {
        self.0.clock.advance(by);
    }

    /// The seller's id. Tokens of other sellers are accepted too: each sees the same shop and has
    /// its own limits.
    pub fn sid(&self) -> Uuid {
        let (high, low) = (hash([self.0.world.seed, 1]), hash([self.0.world.seed, 2]));
        uuid::Builder::from_random_bytes((u128::from(high) << 64 | u128::from(low)).to_be_bytes())
            .into_uuid()
    }

    /// Ready-made keys of the seller.
    pub fn keys(&self) -> Keys {
        Keys::of(self.sid(), self.now())
    }

    /// The keys of the shop on Ozon. Those of other `Client-Id`s are accepted too: each sees the same
    /// shop and has its own limits.
    pub fn ozon_keys(&self) -> OzonKeys {
        let number = hash([self.0.world.seed, 7]) % 2_000_000;
        OzonKeys::of(1_000_000 + number.cast_signed())
    }

    /// Sets a level from now on; it stands until the plan's next delivery.
    pub fn set_level(&self, chrt_id: i64, place: Where, quantity: i64) -> Result<(), ChangeError> {
        self.0.world.force(chrt_id, place, quantity, self.now().timestamp())
    }

    /// Puts a card into the trash now.
    pub fn trash(&self, nm_id: i64) -> Result<(), ChangeError> {
        self.0.world.trash(nm_id, self.now().timestamp())
    }

    /// Sets what Ozon's warehouses, or one of either's, can sell of a product from now on.
    pub fn set_ozon_level(&self, sku: i64, place: Where, quantity: i64) -> Result<(), ChangeError> {
        self.0.ozon.force(sku, place, quantity, self.now().timestamp())
    }

    /// Puts all products of the card of a product into Ozon's archive now.
    pub fn archive(&self, sku: i64) -> Result<(), ChangeError> {
        self.0.ozon.archive(sku, self.now().timestamp())
    }

    /// Takes back all levels set and all cards put into the trash or the archive.
    pub fn forget_changes(&self) {
        self.0.world.forget_changes();
        self.0.ozon.world.forget_changes();
    }

    /// Lets calls go wrong by a recipe from now on; an empty one ends it.
    pub fn follow(&self, recipe: Recipe) {
        self.0.faults.follow(recipe);
    }

    /// The next call of a method gets this answer, whoever calls; several wait in line.
    pub fn fail_next(&self, operation: Operation, fault: Fault) {
        self.0.faults.push(operation, fault);
    }

    /// Switches a method off (404 `temporarily disabled`) or on again.
    pub fn disable(&self, operation: Operation, disabled: bool) {
        self.0.faults.disable(operation, disabled);
    }

    /// Lets a method answer without any rows, or with them again.
    pub fn answer_empty(&self, operation: Operation, empty: bool) {
        self.0.faults.empty(operation, empty);
    }

    /// Takes a key of Ozon back: 401 from now on.
    pub fn withdraw_ozon(&self, api_key: &str) {
        if let Ok(id) = Uuid::parse_str(api_key) {
            self.0.faults.withdraw(id);
        }
    }

    /// Takes a token back: 401 from now on.
    pub fn withdraw(&self, token: &str) -> Result<(), TokenError> {
        self.0.faults.withdraw(tokens::read(token, self.now())?.id);
        Ok(())
    }

    /// Undoes `fail_next`, `disable`, `answer_empty`, `withdraw` and `follow`.
    pub fn clear_faults(&self) {
        self.0.faults.clear();
    }

    /// How often a method was called.
    pub fn calls(&self, operation: Operation) -> Calls {
        self.0.counts.of(operation)
    }

    /// The time by which calls are limited; `None`: they are not.
    pub(crate) fn limit_millis(&self) -> Option<i64> {
        match &self.0.settings.limits {
            Limiting::Off => None,
            Limiting::SimulatedTime => Some(self.now().timestamp_millis()),
            Limiting::By(clock) => Some(clock.now().timestamp_millis()),
        }
    }

    /// Names a call for its errors.
    pub(crate) fn place(&self, host: &'static str) -> Place {
        let number = self.0.requests.fetch_add(1, Ordering::Relaxed);
        let (high, low) = (hash([self.0.world.seed, 5, number]), hash([number, 6]));
        let request_id = u128::from(high) << 64 | u128::from(low);
        Place { request_id, now: self.now().timestamp(), host }
    }
}

impl std::fmt::Debug for Simulator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Simulator")
            .field("settings", &self.0.settings)
            .field("clock", &self.0.clock)
            .finish_non_exhaustive()
    }
}

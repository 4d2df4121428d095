//! How a simulated shop is set up.
//!
//! Two simulators with equal settings and equal `opened_at` hold the same world to the last order.

use crate::{Clock, Recipe};
use chrono::{DateTime, TimeDelta, Utc};

/// What the stock report says about the marketplace's own warehouses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum WarehouseNames {
    /// As since August 2026: everything at `-999999`, `Склад WB`.
    #[default]
    Hidden,
    /// As before: each by its name.
    Named,
}

/// Whether answers are limited, and by which time.
#[derive(Clone, Debug, Default)]
pub enum Limiting {
    /// No limits: every call is answered.
    Off,
    /// By the simulator's own clock: a fixed clock never refills a bucket until it is moved.
    #[default]
    SimulatedTime,
    /// By another clock, such as real time beside a fixed world.
    By(Clock),
}

/// How fresh Ozon's stock analytics are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Analytics {
    /// As announced for August 2026.
    #[default]
    Live,
    /// Of 07:00 and 16:00 UTC, as before.
    TwiceADay,
}

/// A shop, and how it is served.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Decides everything that looks like chance.
    pub seed: u64,
    /// Cards that are not in the trash when the world begins to be watched.
    pub skus: u32,
    /// Whole days of history before `watched_from`.
    pub days: u32,
    /// The moment that `skus` and `days` refer to. `None`: the clock's, when the simulator is made.
    /// Give the same moment again to find the same world after a restart.
    pub watched_from: Option<DateTime<Utc>>,
    /// Ordered pieces a day and card, on average over the cards.
    pub mean_orders: f64,
    /// Whether the marketplace's warehouses have names.
    pub warehouses: WarehouseNames,
    /// After so many rows an answer of `supplier/orders` ends (a second's rows stay together).
    pub orders_page: usize,
    /// The limits.
    pub limits: Limiting,
    /// How long a report takes that is made while one waits.
    pub reports_take: TimeDelta,
    /// How fresh Ozon's stock analytics are.
    pub analytics: Analytics,
    /// What goes wrong from the beginning.
    pub recipe: Recipe,
    /// Whether the listener also has `/_control/`, which can change the world.
    pub control: bool,
    /// With this text in `X-Client-Secret` a base token has a service's limits.
    pub client_secret: Option<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            seed: 1,
            skus: 1000,
            days: 365,
            watched_from: None,
            mean_orders: 0.15,
            warehouses: WarehouseNames::Hidden,
            orders_page: 80_000,
            limits: Limiting::SimulatedTime,
            reports_take: TimeDelta::zero(),
            analytics: Analytics::Live,
            recipe: Recipe::default(),
            control: false,
            client_secret: None,
        }
    }
}

impl Settings {
    /// The moment the shop opened.
    pub(crate) fn opened_at(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        self.watched_from.unwrap_or(now) - TimeDelta::days(i64::from(self.days))
    }
}

//! What the demo wants from a simulated marketplace. The server builds one on the simulator, so that this crate need
//! not know it.

use chrono::{DateTime, Utc};
use domain::{
    Secret,
    observed::{ObservedOrder, ObservedProduct, StockSnapshot},
    product::StockSource,
};

/// A simulated marketplace inside the process. What it tells must be what its HTTP side tells at the same moment, so
/// that a sync right after filling a demo finds nothing new.
pub trait DemoWorld: Send + Sync {
    /// A key that the simulated marketplace accepts, for a new demo shop.
    fn key(&self, now: DateTime<Utc>) -> Secret;

    /// The moment before which there is nothing.
    fn opened_at(&self) -> DateTime<Utc>;

    /// The cards listed at a moment.
    fn products(&self, at: DateTime<Utc>) -> Vec<ObservedProduct>;

    /// The stock of one source at a moment, all of its warehouses among it.
    fn stock(&self, source: StockSource, at: DateTime<Utc>) -> StockSnapshot;

    /// Every change of a card's stock after `from` and until `to`, each place's in the order of time.
    fn changes(&self, article: i64, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<DemoChange>;

    /// What was ordered of a card from `from` on, as the marketplace's report shows it at `to`.
    fn orders(&self, article: i64, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<ObservedOrder>;
}

/// A change of what can be sold of a size at a warehouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DemoChange {
    /// When.
    pub at: DateTime<Utc>,
    /// WB `chrtID`.
    pub offer: i64,
    /// Whose warehouse.
    pub source: StockSource,
    /// Its number.
    pub warehouse: i64,
    /// Pieces from then on.
    pub quantity: i64,
}

//! A Wildberries and an Ozon on loopback: a shop with cards, stock and orders that live in a simulated
//! time, in the official shapes, with the official limits, and with faults on demand.
//!
//! For the demo, tests and benchmarks. It never speaks to the network, never reads the clock, and
//! remembers nothing but what was changed by hand: everything else is computed when asked.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, reason = "tests"))]

mod catalogue;
mod clock;
mod control;
mod counts;
mod faults;
mod gateway;
mod limits;
mod moscow;
mod operation;
pub mod ozon;
mod problem;
mod random;
mod recipe;
mod routes;
mod settings;
mod simulator;
mod spoil;
pub mod tokens;
pub mod traded;
pub mod truth;
pub mod world;

pub use catalogue::Size;
pub use catalogue::photo::{nm_id_of, photo_svg, photo_url};
pub use clock::{Clock, Source};
pub use counts::Calls;
pub use faults::Fault;
pub use operation::Operation;
pub use ozon::{Ozon, OzonKey, OzonKeys};
pub use recipe::{Recipe, Step, Trouble};
pub use settings::{Analytics, Limiting, Settings, WarehouseNames};
pub use simulator::Simulator;
pub use tokens::{Keys, Kind, Scopes};
pub use world::{Where, World};

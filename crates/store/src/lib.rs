//! All SQL of the product, one text for PostgreSQL and SQLite.
//!
//! Rows of a tenant are reachable only through [`TenantTx`], which only a [`Caller`] opens, and a
//! `Caller` is made only here, from a row that proves it. [`SystemTx`] is the one exception and says
//! why ([`Reason`]). Nothing here knows a clock or makes an id, and no transaction waits for the network.

mod caller;
mod engine;
mod error;
mod system;
mod tenant;
#[cfg(feature = "testing")]
pub mod testing;
mod tx;

pub use caller::{Actor, Caller};
pub use engine::{Engine, Settings, Store};
pub use error::{Error, Result};
pub use system::{Reason, SystemTx};
pub use tenant::TenantTx;

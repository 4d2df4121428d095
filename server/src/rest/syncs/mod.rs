//! What was read from the marketplaces, when, and with what result.

pub mod cancel;
pub mod create;
pub mod events;
pub mod get;
pub mod list;
pub mod live;

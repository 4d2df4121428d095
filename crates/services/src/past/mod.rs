//! The catalogue as of a moment, and what differs between two. Reads the changes; never asks a marketplace.

mod changes;
mod get;
mod list;
mod moment;

pub use changes::changes;
pub use get::get;
pub use list::list;
pub(crate) use moment::days_ago;

//! Orders as people read them. Never asks a marketplace.

mod days;
mod list;
mod period;

pub use days::days;
pub use list::list;
pub(crate) use period::period;

//! Orders as people read them. Never asks a marketplace.

mod days;
mod list;

pub use days::days;
pub use list::list;

//! Sales and returns as people read them. Never asks a marketplace.

mod days;
mod list;
mod sources;

pub use days::days;
pub use list::list;

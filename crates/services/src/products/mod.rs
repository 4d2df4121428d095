//! The catalogue as people read it. Never asks a marketplace: what is not read yet is not known.

mod compare;
mod get;
mod history;
mod list;
mod names;
pub(crate) mod past;

pub use compare::compare;
pub use get::get;
pub use history::{MAX_DAYS, history};
pub use list::list;
pub use names::{MOST_NAMES, names};

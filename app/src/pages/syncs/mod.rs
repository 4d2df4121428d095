//! Synchronisations: the log, and one of them live.

mod cancel;
mod detail;
mod list;
mod steps;
mod watch;
pub(crate) mod words;

pub use detail::Detail;
pub use list::List;

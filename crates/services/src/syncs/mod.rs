//! Synchronisations: asked for, worked on, watched. What is being read stands in the database; a job only wakes a
//! worker. No transaction is open while a marketplace is asked.

mod get;
mod list;
pub(crate) mod progress;
mod run_now;
pub(crate) mod running;
mod start;
mod watch;
mod work;

pub(crate) use running::told;

pub use get::get;
pub use list::list;
pub use run_now::{RunOutcome, run_now, run_until};
pub use start::start;
pub use watch::watch;
pub use work::{WorkerSettings, work};

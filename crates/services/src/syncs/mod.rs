//! Synchronisations: asked for, worked on, watched. What is being read stands in the database; a job only wakes a
//! worker. No transaction is open while a marketplace is asked.

mod cadence;
mod cancel;
mod get;
mod list;
pub(crate) mod progress;
mod run_now;
pub(crate) mod running;
pub(crate) mod schedule;
mod start;
mod watch;
mod watch_all;
mod work;

pub(crate) use running::told;

pub use cancel::cancel;
pub use get::get;
pub use list::list;
use run_now::running_until;
pub use run_now::{RunOutcome, run_now, run_until};
pub use schedule::run_due;
pub use start::{start, start_of};
pub use watch::watch;
pub use watch_all::{Seen, watch_all};
pub use work::{WorkerSettings, work};

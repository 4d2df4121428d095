//! Reading the company's log, and walking along its chain.

mod list;
mod verify;

pub use list::{actions, list};
pub use verify::{verify, verify_all};

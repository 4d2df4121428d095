//! The people of a company. Whoever changes them holds the tenant's lock, so that two owners who remove each other at
//! the same moment leave one.

mod acting;
mod leave;
mod members;
mod remove;
mod set_role;
mod transfer;

pub use leave::leave;
pub use members::members;
pub use remove::remove;
pub use set_role::set_role;
pub use transfer::transfer;

pub(crate) use acting::forget_everywhere;

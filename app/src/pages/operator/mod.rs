//! The operators' area. For anybody else its pages are not there.

mod head;
mod log;
mod overview;
mod quarantine;
mod queue;
mod run;
mod tenant;
mod tenants;

pub use log::Log;
pub use overview::Overview;
pub use quarantine::Quarantine;
pub use queue::Queue;
pub use tenant::Tenant;
pub use tenants::Tenants;

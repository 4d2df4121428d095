//! What has to be on the machine: finds it, installs it where that works, and
//! else says the command. Never changes a running service.

mod apt;
pub mod browser_target;
pub mod chromium;
pub mod node;
pub mod postgres;
pub mod python;
pub mod redis;
mod tools;
mod users;

pub use tools::{Tool, ensure};

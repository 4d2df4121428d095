//! The company's shops on marketplaces, each with its key and its schedule.

pub mod clear_key;
pub mod create;
pub mod delete;
pub mod get;
pub mod list;
pub mod set_key;
pub mod update;

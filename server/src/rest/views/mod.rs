//! `/api/v1/views`.

pub mod create;
pub mod delete;
pub mod list;

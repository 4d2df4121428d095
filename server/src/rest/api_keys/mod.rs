//! `/api/v1/api-keys`.

pub mod create;
pub mod list;
pub mod revoke;

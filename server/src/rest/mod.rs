//! The REST door, `/api/v1`: an operation a file. Each extracts, calls one service and maps the answer.

pub mod auth;
pub mod keys;
pub mod products;
pub mod syncs;
pub mod tenants;
pub mod usage;

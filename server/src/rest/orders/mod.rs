//! What was ordered.

pub mod days;
pub mod list;

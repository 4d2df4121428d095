//! What was sold, and what came back.

pub mod days;
pub mod list;

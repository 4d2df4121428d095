//! The plan and what is used of it.

pub mod get;

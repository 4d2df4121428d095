//! Stock over time.

pub mod changes;

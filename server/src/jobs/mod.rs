//! What goes on without a request, a job a file.

pub mod keys;
pub mod sweep;
pub mod work;

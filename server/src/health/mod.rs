//! Whether the program is alive and can work. Public, and never cached.

pub mod healthy;
pub mod live;
pub mod ready;

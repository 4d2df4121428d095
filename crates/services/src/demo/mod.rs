//! Shops to look around in: a tenant of its own for each visitor, filled with a year of history, gone after a day.

mod expire;
mod fill;
mod history;
mod leave;
mod start;
mod world;

pub use expire::expire;
pub use fill::fill;
pub use leave::leave;
pub use start::start;
pub use world::{DemoChange, DemoWorld};

/// Where this server shows the picture of a demo's card: the simulated marketplace's own addresses lead nowhere.
pub fn photo_url(article: i64) -> String {
    format!("/demo-photos/{article}.svg")
}

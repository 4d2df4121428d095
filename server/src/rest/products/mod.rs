//! What is sold, and how much of it is left.

pub mod comparison;
pub mod facets;
pub mod get;
pub mod history;
pub mod list;
pub mod prices;
pub mod set_settings;
pub mod settings;
pub mod sync;

//! The marketplaces' adapters: their words stay inside, ours come out. They keep nothing between two calls.

mod aside;
pub mod failure;
mod lenient;
mod money;
pub mod ozon;
pub mod pace;
mod reading;
mod snapshot;
pub mod wildberries;

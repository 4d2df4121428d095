//! The marketplaces' adapters: their words stay inside, ours come out. They keep nothing between two calls.

pub mod failure;
pub mod ozon;
pub mod pace;
pub mod wildberries;

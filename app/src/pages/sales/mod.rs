//! What was sold and what came back: pages by key, the newest first, and the sums of each day.

mod days;
mod filters;
mod page;
mod query;
mod table;

pub use page::Sales;

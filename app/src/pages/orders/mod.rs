//! What was ordered: pages by key, the newest first, and the sums of each day.

mod days;
mod filters;
mod page;
mod query;
mod table;

pub(super) use filters::Shops;
pub use page::Orders;

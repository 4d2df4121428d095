//! The shop in numbers, as the original's later version answered them.

pub mod dashboard;
pub mod low_stock;
pub mod stock_distribution;
pub mod sync_history;
pub mod top_products;
pub mod warehouses;

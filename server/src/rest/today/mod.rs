//! The morning page, periods, warehouses and the rules of orders.

pub mod get;
pub mod period;
pub mod rules;
pub mod set_rules;
pub mod warehouses;

//! Where the stock lies.

mod page;

pub use page::WarehousesRoute as Warehouses;

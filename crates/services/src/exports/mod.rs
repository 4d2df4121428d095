//! Lists as CSV and XLSX files, streamed: a page is read while the one before it is written. Cells are values, never
//! formulas.

mod cell;
mod columns;
mod csv;
mod download;
mod pages;
mod xlsx;

pub use download::{Download, download};

use domain::{order::OrderQuery, product::ProductQuery, sale::SaleQuery};

/// Which list, as filtered.
#[derive(Clone, Debug)]
pub enum List {
    /// The catalogue.
    Products(ProductQuery),
    /// Its stock by size and warehouse.
    Stock(ProductQuery),
    /// Orders.
    Orders(OrderQuery),
    /// Sales and returns.
    Sales(SaleQuery),
    /// Synchronisations.
    Syncs,
}

impl List {
    /// The word in addresses, names of files and the audit log.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Products(_) => "products",
            Self::Stock(_) => "stock",
            Self::Orders(_) => "orders",
            Self::Sales(_) => "sales",
            Self::Syncs => "syncs",
        }
    }
}

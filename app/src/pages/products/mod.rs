//! The catalogue: the table, and the page of one product.

mod address;
mod bulk;
mod chips;
mod comparison;
mod detail;
mod filters;
mod found;
mod keys;
mod list;
mod loaded;
mod looks;
mod measures;
mod places;
mod query;
mod rows;
mod table;
mod views;
mod widths;

pub use detail::Detail;
pub use list::List;

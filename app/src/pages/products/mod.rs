//! The catalogue: the table, and the page of one product.

mod bulk;
mod chips;
mod comparison;
mod detail;
mod filters;
mod keys;
mod list;
mod looks;
mod measures;
mod places;
mod query;
mod table;
mod views;

pub use detail::Detail;
pub use list::List;

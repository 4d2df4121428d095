//! The catalogue: the table, and the page of one product.

mod comparison;
mod detail;
mod filters;
mod list;
mod measures;
mod places;
mod query;
mod table;

pub use detail::Detail;
pub use list::List;

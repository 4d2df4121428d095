//! What handlers take out of a request. Refuses in our own words, with places, and never repeats a
//! submitted value.

mod by;
mod json;
mod mistakes;
mod path;
mod query;

pub use by::{By, ByOperator, From};
pub use json::Json;
pub use path::Id;
pub use query::Query;

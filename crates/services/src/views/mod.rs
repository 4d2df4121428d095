//! Saved views of the product table: one's own, and those that the whole company sees.

mod create;
mod delete;
mod list;

pub use create::create;
pub use delete::delete;
pub use list::list;

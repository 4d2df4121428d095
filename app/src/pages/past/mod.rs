//! The catalogue as of a date, and what differs between two.

mod changes;
mod levels;
mod page;

pub use page::Past;

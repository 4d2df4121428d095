//! The company's log.

mod page;
mod words;

pub use page::Audit;

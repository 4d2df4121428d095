//! The page of one product: its state in a sentence, its numbers, its time, its places, and what people say of it.

mod head;
mod history;
mod notes;
mod page;
mod query;
mod settings;
mod sums;

pub use page::Detail;

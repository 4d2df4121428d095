//! The morning: what needs doing, by money, each a way into the list behind it.

mod changes;
mod empty;
mod list;
mod page;
mod tiles;

pub use page::TodayRoute as Today;

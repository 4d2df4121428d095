//! The same thing in several shops: what is suggested, and a product in all its shops.

mod page;
mod suggestion;
mod twins;

pub use page::Links;
pub use twins::Twins;

//! The same thing in several shops.

pub mod confirm_alike;
pub mod decline;
pub mod link;
pub mod suggestions;
pub mod twins;
pub mod unlink;

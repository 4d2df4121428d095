//! The same thing in several shops: what is suggested to be one, what people say, and the product in all its shops.

mod confirm_alike;
mod decline;
pub(crate) mod keys;
mod link;
mod merge;
mod suggestions;
mod twins;
mod unlink;

pub use confirm_alike::confirm_alike;
pub use decline::decline;
pub use link::link;
pub use suggestions::suggestions;
pub use twins::twins;
pub use unlink::unlink;

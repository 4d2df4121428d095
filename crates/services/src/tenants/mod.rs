//! The company, its shops and its keys.

mod accounts;
mod check;
mod keys;
mod me;
mod rename;
mod update_credentials;

pub use accounts::accounts;
pub use keys::{Key, key};
pub use me::me;
pub use rename::rename;
pub use update_credentials::update_credentials;

pub(crate) use check::check;
pub(crate) use keys::keep;

//! The company, its shops and their keys.

pub mod accounts;
pub mod credentials;
pub mod delete;
pub mod export;
pub mod me;
pub mod rename;

//! The keys that verify our tokens.

pub mod jwks;

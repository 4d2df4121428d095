//! The caller's second factor: an authenticator's codes, and recovery codes.

pub mod begin;
pub mod confirm;
pub mod replace_codes;
pub mod switch_off;

//! The caller's address: proven by a letter.

pub mod ask;
pub mod verify;

//! The caller's password: changed, forgotten, set anew.

pub mod change;
pub mod forgot;
pub mod reset;

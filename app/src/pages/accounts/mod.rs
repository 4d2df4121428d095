//! Signing in and up: plain forms, no script.

mod login;
mod register;

pub use login::Login;
pub use register::Register;

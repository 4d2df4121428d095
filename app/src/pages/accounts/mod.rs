//! Signing in and up: plain forms, no script.

mod farewell;
mod invite;
mod login;
mod register;

pub use invite::Invite;
pub use login::Login;
pub use register::Register;

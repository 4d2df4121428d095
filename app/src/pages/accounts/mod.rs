//! Signing in and up, and the ways back in: plain forms, no script.

mod farewell;
mod forgot;
mod invite;
mod login;
mod login_code;
mod register;
mod reset;
mod verify;

pub use forgot::Forgot;
pub use invite::Invite;
pub use login::Login;
pub use login_code::LoginCode;
pub use register::Register;
pub use reset::Reset;
pub use verify::Verify;

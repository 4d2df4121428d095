//! Signing up, in and out. A person who signs in gets a row; every token names it, and nothing outlives it.

pub(crate) mod brake;
mod door;
pub mod login;
mod logout;
mod prove;
mod refresh;
pub mod register;
mod session;
mod sign_out;
mod sweep;

pub use logout::logout;
pub use refresh::refresh;
pub use session::session;
pub use sign_out::sign_out;
pub use sweep::sweep;

pub(crate) use door::{Api, Browser, Door};
pub(crate) use prove::{Newcomer, prove};
pub(crate) use register::taken;

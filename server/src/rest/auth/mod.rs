//! Registration, tokens, and a person's own account.

pub mod email;
pub mod login;
pub mod logout;
pub mod password;
pub mod profile;
pub mod refresh;
pub mod register;
pub mod second_factor;
pub mod sessions;

//! A person's own account. Its forms are plain: a password meets no code of ours in the browser.

mod page;
mod password;
mod second_factor;
mod sign_ins;

pub use page::Profile;
pub use second_factor::SecondFactor;

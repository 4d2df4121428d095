//! Registration, tokens, and a person's own account.

pub mod companies;
pub mod delete_account;
pub mod email;
pub mod join;
pub mod login;
pub mod logout;
pub mod password;
pub mod personal_data;
pub mod profile;
pub mod refresh;
pub mod register;
pub mod second_factor;
pub mod sessions;
pub mod switch;

//! Registration and tokens.

pub mod companies;
pub mod delete_account;
pub mod join;
pub mod login;
pub mod logout;
pub mod personal_data;
pub mod refresh;
pub mod register;
pub mod switch;

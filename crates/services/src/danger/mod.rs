//! What can't be taken back, and taking the data along before it.

mod delete_account;
mod delete_company;
mod export;
mod outlook;
mod personal_data;

pub use delete_account::delete_account;
pub use delete_company::delete_company;
pub use export::{Export, export};
pub use outlook::outlook;
pub use personal_data::personal_data;

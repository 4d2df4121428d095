//! Settings: the company, its shops and their keys, language and theme.

mod company;
mod key;
mod key_form;
mod nav;
mod page;
mod usage;

pub use page::Settings;
pub use usage::UsageRoute as Usage;

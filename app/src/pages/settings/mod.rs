//! Settings: the company, its shops and their keys, language and theme.

mod company;
mod key;
mod key_form;
mod nav;
mod page;

pub use nav::SettingsNav;
pub use page::Settings;

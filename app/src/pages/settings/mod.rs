//! Settings: the company, its shops and their keys, its people and programs, language and theme, and the way out.

mod company;
mod danger;
mod key;
mod key_form;
mod key_guide;
mod keys;
mod nav;
mod orders;
mod page;
mod shops;
mod team;
mod usage;

pub use danger::Danger;
pub use keys::Keys;
pub use nav::SettingsHead;
pub use orders::OrdersRoute as Orders;
pub use page::Settings;
pub use shops::Shops;
pub use team::Team;
pub use usage::UsageRoute as Usage;

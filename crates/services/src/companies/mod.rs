//! A person in several companies: a sign-in works in one of them.

mod list;
mod switch;

pub use list::list;
pub use switch::{switch_for_api, switch_for_browser};

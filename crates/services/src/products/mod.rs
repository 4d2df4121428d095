//! The catalogue as people read it. Never asks a marketplace: what is not read yet is not known.

mod compare;
mod facets;
mod get;
mod history;
mod list;
mod names;
pub(crate) mod past;
mod prices;
mod settings;
mod timeline;
mod turnover;

pub use compare::compare;
pub use facets::facets;
pub use get::get;
pub use history::{MAX_DAYS, history};
pub(crate) use list::by_product;
pub use list::list;
pub use names::{MOST_NAMES, names};
pub use prices::prices;
pub use settings::{set_settings, settings};

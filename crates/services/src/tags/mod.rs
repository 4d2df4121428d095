//! A company's own tags: made, put on many products at once, and taken off again. A bulk change can be undone for ten
//! minutes, instead of a question before it.

mod create;
mod delete;
mod edit;
mod list;
mod undo;

pub use create::create;
pub use delete::delete;
pub use edit::edit;
pub use list::list;
pub use undo::undo;

use chrono::TimeDelta;

/// How long a bulk change can be undone.
const UNDO: TimeDelta = TimeDelta::minutes(10);

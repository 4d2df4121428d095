//! Moving over from the original Python service: its database is read with a pool of its own, and what was understood
//! is written here. What the rows mean is for `services` to say.

mod read;
mod write;

pub use read::{Original, OriginalTable};
pub use write::{ImportedProduct, ImportedTenant, ImportedToken, ImportedUser, UserOutcome};

//! Keys of a company's programs. Shown once, kept as hashes; a key does what its role may, and nothing that needs a
//! person.

mod create;
mod list;
mod revoke;

pub use create::create;
pub use list::list;
pub use revoke::revoke;

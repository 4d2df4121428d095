//! The people of the company, and the links that let others in.

mod invitations;
mod member;
mod page;
mod roles;

pub use page::Team;
pub(super) use roles::RoleSelect;

//! `/api/v1/members`.

pub mod leave;
pub mod list;
pub mod remove;
pub mod set_role;
pub mod transfer;

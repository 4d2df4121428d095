//! `/api/v1/invitations`.

pub mod accept;
pub mod create;
pub mod list;
pub mod look_up;
pub mod revoke;

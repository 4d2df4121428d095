//! The caller's own sign-ins, in every company.

pub mod end;
pub mod end_others;
pub mod list;

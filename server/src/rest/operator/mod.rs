//! The operators' area, `/api/v1/operator`: for people whom a command on the machine made operators. For anybody else
//! there is nothing here: 404.

pub mod change_tenant;
pub mod log;
pub mod overview;
pub mod quarantine;
pub mod run_again;
pub mod set_aside;
pub mod syncs;
pub mod tenant;
pub mod tenants;

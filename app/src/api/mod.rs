//! Server functions: the dashboard's door. Each extracts who asks, calls one service and answers;
//! no rule lives here. Addresses are fixed: `/api/fn/<noun>/<verb>`.

pub mod accounts;
pub mod audit;
pub mod catalogue;
#[cfg(feature = "ssr")]
pub(crate) mod cookies;
pub mod danger;
#[cfg(feature = "ssr")]
mod door;
mod failure;
pub mod invitations;
pub mod keys;
pub mod links;
pub mod operator;
pub mod ordering;
pub mod orders;
pub mod past;
pub mod people;
pub mod products;
pub mod sales;
pub mod shops;
pub mod syncs;
pub mod team;
pub mod tenants;
pub mod today;
pub mod usage;

pub use failure::Failure;

//! The REST door, `/api/v1`: an operation a file. Each extracts, calls one service and maps the answer.

pub mod accounts;
pub mod analytics;
pub mod api_keys;
pub mod audit;
pub mod auth;
pub mod exports;
pub mod invitations;
pub mod keys;
pub mod members;
pub mod notes;
pub mod operator;
pub mod orders;
pub mod product_links;
pub mod products;
pub mod sales;
pub mod stock;
pub mod syncs;
pub mod tags;
pub mod tenants;
pub mod today;
pub mod usage;
pub mod views;

//! The pages, by noun. Each reads its data through server functions and lays out components.

pub mod accounts;
pub mod analytics;
pub mod audit;
pub mod landing;
pub mod links;
pub mod not_found;
pub mod operator;
pub mod orders;
pub mod past;
pub mod products;
pub mod profile;
pub mod sales;
pub mod settings;
pub mod syncs;
pub mod today;
pub mod warehouses;

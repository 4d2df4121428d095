//! Ozon's Seller API on the same cards: `{base}/api-seller.ozon.ru/v3/product/list`.
//!
//! Each size of a card is a product there. Stock, orders and prices are Ozon's own; nothing but a few
//! windows of orders is kept, and nothing is ever written by a client.

mod body;
mod gateway;
mod keys;
mod measures;
mod method;
mod methods;
pub(crate) mod places;
mod posting;
mod problem;
mod product;
mod shop;
mod stock;
mod timeline;
pub mod truth;

pub(crate) use gateway::router;
pub use keys::{OzonKey, OzonKeys};
pub use method::Ozon;
pub use places::{Cluster, OzonWarehouse, Scheme};
pub(crate) use shop::Side;

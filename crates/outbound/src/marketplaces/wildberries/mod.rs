//! Wildberries: keys, cards, stock, orders. One page a call, so that a job can give itself back between two.
//!
//! Its names (`nmID`, `chrtID`) stay in `wire`; it never waits and never keeps a key.

mod cards;
mod check;
mod client;
mod errors;
mod hosts;
pub mod key;
pub mod limits;
pub mod map;
mod orders;
mod probe;
mod rows;
mod seller;
mod seller_stock;
mod stock;
mod time;
mod wire;

use super::{lenient, money, snapshot};
pub use cards::{CardsCursor, CardsPage};
pub use check::check_key;
pub use client::{Access, Wildberries};
pub use key::{DecodedKey, KeyProblem};
pub use limits::{Group, Rule};
pub use orders::{FIRST_ORDERS_DAYS, OVERLAP_MINUTES, OrdersEnd, OrdersPage, orders_since};
pub use probe::probe;
pub use seller::Seller;
pub use seller_stock::{MAX_SIZES, SellerLevel, SellerWarehouse};
pub use snapshot::SnapshotBuilder;
pub use stock::{STOCK_PAGE, StockPage};

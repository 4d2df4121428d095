//! Ozon: keys, products, stock, prices, postings, returns, figures. One page a call, so that a job can give itself back
//! between two.
//!
//! Its names (`product_id`, `sku`) stay in `wire`; it never waits and never keeps a key.

mod analytics;
mod check;
mod client;
mod errors;
mod map;
pub mod methods;
mod paging;
mod postings;
mod prices;
mod products;
mod returns;
mod rows;
mod stock;
mod time;
mod warehouses;
mod wire;

pub use analytics::{ANALYTICS_SKUS, StockFigures, TURNOVER_PAGE, TurnoverFigures};
pub use check::{KeyProblem, check_key, check_shape};
pub use client::{Access, Ozon};
pub use methods::{Method, limits};
pub use postings::{Posting, PostingLine, PostingStatus, PostingsFilter, PostingsPage, Scheme};
pub use prices::{PricesPage, ProductPrice};
pub use products::{PRODUCTS, ProductIds, Products, Traits};
pub use returns::{Returned, ReturnsPage};
pub use stock::{StockPage, StockRow};
pub use warehouses::{NamedWarehouse, SellerWarehouses};

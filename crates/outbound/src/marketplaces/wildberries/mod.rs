//! Wildberries: keys, cards, stock, orders. One page a call, so that a job can give itself back between two.
//!
//! Its names (`nmID`, `chrtID`) stay in `wire`; it never waits and never keeps a key.

mod archive;
mod cards;
mod changes;
mod check;
mod client;
mod errors;
mod figures;
mod history;
mod hosts;
pub mod key;
pub mod limits;
pub mod map;
mod orders;
mod prices;
mod probe;
mod remains;
mod report;
mod rows;
mod sales;
mod seller;
mod seller_stock;
mod stock;
mod time;
mod wire;

use super::{lenient, money, snapshot};
pub use cards::{CardsCursor, CardsPage};
pub use changes::{ChangesEnd, ChangesPage, FIRST_ORDERS_DAYS, OVERLAP_MINUTES, orders_since};
pub use check::check_key;
pub use client::{Access, Wildberries};
pub use figures::{CardFigures, FIGURES_PAGE, FiguresPage, ToldFigure};
pub use history::{PastLevels, StockHistory};
pub use key::{DecodedKey, KeyProblem};
pub use limits::{Group, Rule};
pub use orders::{OrdersEnd, OrdersPage};
pub use prices::{PRICES_PAGE, PricesPage};
pub use probe::probe;
pub use remains::{Remains, RemainsReport, ReportState};
pub use report::HISTORY_DAYS;
pub use sales::{SalesPage, UNTOLD_HOURS, sales_since, settle};
pub use seller::Seller;
pub use seller_stock::{MAX_SIZES, SellerLevel, SellerStock, SellerWarehouse};
pub use snapshot::SnapshotBuilder;
pub use stock::{STOCK_PAGE, StockPage};

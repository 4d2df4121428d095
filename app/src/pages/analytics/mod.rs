//! The shop over a period: money, orders, turnover, classes of products, what was missed.

mod chart;
mod classes;
mod page;

pub use page::AnalyticsRoute as Analytics;
